"""Two windows, two presses, one second: what is asked twice at once stands once (PostgreSQL lets them run side by side)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.service import institution
from sandbox.agenda import service as agenda
from sandbox.agenda.models import Appointment, Availability, Reminder
from sandbox.agenda.slots import free_slots
from sandbox.catalogue import exchanges, halting
from sandbox.catalogue.models import Listing, Status
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners.models import Customer
from sandbox.profile.models import Measure
from tests.partners.pairing import tied
from tests.room import Room

TIMES = 6


def key_of(room: Room, slug: str) -> str:
    ref = tied(room, 1, slug)
    with room.inside():
        return db.session.scalars(sa.select(Customer.passkey).where(Customer.ref == ref)).one()


def twice(room: Room, do: Callable[[int], object]) -> int:
    """Done by two at once; how many were not refused."""

    def once(number: int) -> int:
        try:
            with room.inside():
                do(number)
        except Refused:
            return 0
        return 1

    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(once, range(2)))


def test_a_measure_sent_from_two_windows_at_once_stands_once(room: Room) -> None:
    passkey = key_of(room, "glyco-suivi")
    for number in range(TIMES):
        at = clock.now() - timedelta(hours=number)
        twice(room, lambda _, at=at: exchanges.push_measure(passkey, "glycemie", "1.05", at))  # type: ignore[misc]
    with room.inside():
        mine = sa.select(sa.func.count(Measure.id)).where(Measure.service == "glyco-suivi", Measure.seat == 1)
        assert db.session.scalar(mine) == TIMES


def test_a_reminder_sent_from_two_windows_at_once_stands_once(room: Room) -> None:
    passkey = key_of(room, "rappel-vaccins")
    for number in range(TIMES):
        day = clock.today() + timedelta(days=20 + number)
        twice(room, lambda _, day=day: exchanges.write_reminder(passkey, "Grippe", day))  # type: ignore[misc]
    with room.inside():
        mine = sa.select(sa.func.count(Reminder.id)).where(Reminder.service == "rappel-vaccins", Reminder.seat == 1)
        assert db.session.scalar(mine) == TIMES


def test_a_service_stopped_by_two_presses_at_once_is_stopped(room: Room) -> None:
    for slug in ("glyco-suivi", "rdv-valbrune", "rappel-vaccins", "pre-admission-valbrune"):
        assert twice(room, lambda _, slug=slug: halting.halt(institution(), room.record(1), slug, Status.SUSPENDED)) == 2  # type: ignore[misc]
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Listing.id)).where(Listing.seat == 1)) == 4


def test_nobody_books_two_professionals_at_the_same_hour_in_the_same_second(room: Room) -> None:
    with room.inside():
        names = {"dr-lemoine", "dr-perrin"}
        for one in db.session.scalars(sa.select(Availability).where(Availability.professional_id == room.user("dr-lemoine").id)).all():
            db.session.add(Availability(
                professional=room.user("dr-perrin"), weekday=one.weekday, opens=one.opens, closes=one.closes, minutes=one.minutes,
            ))
    doctors = sorted(names)
    with room.inside():
        hours = free_slots(room.user("dr-lemoine"), clock.today())[:TIMES]

    def book(number: int, hour: object) -> None:
        record = room.record(1)
        agenda.book(record.owner, record, room.user(doctors[number]), hour, "", service="rdv-valbrune")  # type: ignore[arg-type]

    taken = [twice(room, lambda number, hour=hour: book(number, hour)) for hour in hours]  # type: ignore[misc]
    assert taken == [1] * TIMES
    with room.inside():
        held = sa.select(Appointment.starts_at).where(Appointment.seat == 1, Appointment.service == "rdv-valbrune", Appointment.held)
        assert sorted(db.session.scalars(held)) == hours
