"""In whatever order hours are published and removed, slots booked, given, cancelled, honoured: none held twice, none lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import clock
from sandbox.agenda import managing, openings, service
from sandbox.agenda.managing import Gift, Verb
from sandbox.agenda.models import Appointment, Status
from sandbox.agenda.openings import Hours
from sandbox.db import db
from sandbox.errors import Refused
from tests.room import Room

HOURS = st.builds(
    lambda day, begins, length, minutes: Hours(day, f"{begins:02d}:00", f"{min(begins + length, 23):02d}:30", minutes),
    st.integers(1, 7), st.integers(8, 19), st.integers(0, 4), st.sampled_from([10, 20, 30, 45]),
)
NUMBER = st.integers(0, 40)
DEEDS = st.one_of(
    st.tuples(st.just("publish"), HOURS),
    st.tuples(st.just("change"), st.tuples(NUMBER, HOURS)),
    st.tuples(st.just("remove"), NUMBER),
    st.tuples(st.just("book"), st.tuples(st.integers(1, 2), NUMBER)),
    st.tuples(st.just("give"), st.tuples(st.integers(1, 2), NUMBER, st.sampled_from([0, 5, 10, 15]))),
    st.tuples(st.just("cancel"), NUMBER),
    *(st.tuples(st.just("settle"), st.tuples(NUMBER, st.just(verb))) for verb in Verb),
    st.tuples(st.just("wait"), st.integers(1, 72)),
)


def held() -> list[Appointment]:
    """Only inside: what holds a slot, in order of time."""
    query = sa.select(Appointment).where(Appointment.held).order_by(Appointment.starts_at)
    return list(db.session.scalars(query))


def ours(number: int) -> Appointment | None:
    found = list(db.session.scalars(sa.select(Appointment).where(Appointment.slug == "").order_by(Appointment.id)))
    return found[number % len(found)] if found else None


def publish(room: Room, hours: Hours) -> None:
    openings.add(room.user("dr-lemoine"), hours)


def change(room: Room, told: tuple[int, Hours]) -> None:
    if found := openings.of(room.user("dr-lemoine")):
        openings.change(room.user("dr-lemoine"), found[told[0] % len(found)], told[1])


def remove(room: Room, number: int) -> None:
    if found := openings.of(room.user("dr-lemoine")):
        openings.remove(room.user("dr-lemoine"), found[number % len(found)])


def book(room: Room, told: tuple[int, int]) -> None:
    """A slot of the list: the service itself never refuses what it offers."""
    doctor, record = room.user("dr-lemoine"), room.record(told[0])
    if free := service.free_slots(doctor, clock.today()):
        try:
            service.book(record.owner, doctor, free[told[1] % len(free)], "", record=record)
        except Refused as refused:
            raise AssertionError("a slot that was offered is refused") from refused


def give(room: Room, told: tuple[int, int, int]) -> None:
    day = clock.today() + timedelta(days=1 + told[1] % 4)
    at = clock.at(day, 8 + told[1] % 11, told[2])
    managing.give(room.user("dr-lemoine"), room.record(told[0]), Gift("Contrôle", at))


def cancel(room: Room, number: int) -> None:
    if one := ours(number):
        service.cancel(one.record.owner, one)


def settle(room: Room, told: tuple[int, Verb]) -> None:
    if one := ours(told[0]):
        was = one.status
        managing.settle(room.user("dr-lemoine"), one, told[1])
        assert was not in {Status.CANCELLED, Status.ERROR}, "what is gone came back"


def wait(room: Room, hours: int) -> None:
    room.world().shift_seconds += hours * 3600


VERBS: dict[str, Callable[..., None]] = {
    "publish": publish, "change": change, "remove": remove, "book": book, "give": give, "cancel": cancel,
    "settle": settle, "wait": wait,
}


def do(room: Room, deed: str, told: object) -> None:
    """One deed; what the domain refuses changes nothing."""
    with room.inside():
        before = {(one.id, one.held, one.status) for one in db.session.scalars(sa.select(Appointment))}
        try:
            with db.session.begin_nested():
                VERBS[deed](room, told)
        except Refused:
            db.session.expire_all()
            assert before == {(one.id, one.held, one.status) for one in db.session.scalars(sa.select(Appointment))}


def check(room: Room) -> None:
    """No two held appointments meet; each slot published is free, or something held stands there; cancelled holds nothing."""
    with room.inside():
        doctor, standing = room.user("dr-lemoine"), held()
        assert all(one.ends_at <= other.starts_at for one, other in zip(standing, standing[1:], strict=False))
        assert all(one.status in {Status.CONFIRMED, Status.HONOURED, Status.MISSED} for one in standing)
        free = set(service.free_slots(doctor, clock.today()))
        for starts_at, minutes in service._offered(doctor, clock.today(), service.AHEAD):
            ends_at = starts_at + timedelta(minutes=minutes)
            taken = any(one.starts_at < ends_at and starts_at < one.ends_at for one in standing)
            assert (starts_at in free) != taken, starts_at
        published = openings.of(doctor)
        assert all(
            one.closes <= other.opens for one, other in zip(published, published[1:], strict=False) if one.weekday == other.weekday
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, min_size=3, max_size=12))
def test_no_slot_is_held_twice_and_none_is_lost(room: Room, deeds: list[tuple[str, object]]) -> None:
    room.renew()
    for deed, told in deeds:
        do(room, deed, told)
        check(room)
