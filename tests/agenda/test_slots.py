"""Slots: what hours give on each day, the change of clocks included, and what looking for them costs."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account.models import Role, User
from sandbox.agenda import service, slots
from sandbox.agenda.models import Availability
from sandbox.db import db
from sandbox.errors import Refused
from tests.asking import asked
from tests.room import Room

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the nights when clocks change


def told(day: date, opens: str, closes: str, minutes: int = 20) -> list[str]:
    return [f"{slot:%H:%M}" for slot, _ in slots.slots_of(day, opens, closes, minutes)]


def test_an_hour_that_the_change_of_clocks_skips_gives_no_slot() -> None:
    assert told(SPRING, "02:00", "04:00") == ["03:00", "03:20", "03:40"]
    assert told(SPRING, "02:00", "03:00") == []


def test_an_hour_that_comes_twice_gives_its_slots_once() -> None:
    assert told(AUTUMN, "02:00", "04:00") == ["02:00", "02:20", "02:40", "03:00", "03:20", "03:40"]


def test_a_slot_across_the_change_leaves_no_room_for_one_before_it_is_over() -> None:
    assert told(SPRING, "00:45", "05:00", 45) == ["00:45", "01:30", "03:45"]


def test_an_ordinary_day_gives_whole_slots_only() -> None:
    assert told(date(2027, 3, 29), "09:00", "10:10", 20) == ["09:00", "09:20", "09:40"]


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)) | st.sampled_from([SPRING, AUTUMN]), opens=st.integers(0, 20), minutes=st.integers(5, 180))
def test_whatever_the_day_slots_follow_each_other_and_exist(day: date, opens: int, minutes: int) -> None:
    found = slots.slots_of(day, f"{opens:02d}:00", f"{opens + 3:02d}:30", minutes)
    assert all(later - earlier >= minutes for (_, earlier), (_, later) in pairwise(found))
    for slot, minute in found:
        assert slot.timestamp() == minute * 60
        assert datetime.fromtimestamp(minute * 60, clock.PARIS).time() == slot.time()


def test_only_openings_to_come_are_offered_and_never_a_sunday(room: Room) -> None:
    with room.inside():
        doctor = room.user("dr-lemoine")
        db.session.add(Availability(professional=doctor, weekday=7, opens="09:00", closes="12:00", minutes=20))
        found = slots.free_slots(doctor, clock.today())
    assert found == sorted(set(found))
    assert clock.now() < found[0]
    assert found[-1] < clock.now() + timedelta(weeks=4, days=2)
    assert {slot.isoweekday() for slot in found} == {1, 2, 3, 4, 5}
    assert {slot.hour for slot in found if slot.isoweekday() == 1} <= {9, 10, 11}
    assert max(slot.strftime("%H:%M") for slot in found if slot.isoweekday() == 2) == "17:40"


@pytest.mark.parametrize("hours", [-24 * 7, 24 * 7 * 20, 12])
def test_a_slot_past_too_far_or_outside_the_hours_cannot_be_forged(room: Room, hours: int) -> None:
    with room.inside():
        doctor, record = room.user("dr-lemoine"), room.record(1)
        forged = slots.free_slots(doctor, clock.today())[0] + timedelta(hours=hours)
        with pytest.raises(Refused, match="n’est pas proposé"):
            service.book(record.owner, record, doctor, forged, "", service="rdv-valbrune")


def busy_practice() -> list[User]:
    """Only inside: ten professionals who receive every day."""
    found = list(db.session.scalars(sa.select(User).where(User.role == Role.PROFESSIONAL).order_by(User.id).limit(10)))
    db.session.execute(sa.delete(Availability))
    for who in found:
        for weekday in range(1, 6):
            for opens, closes in (("09:00", "12:00"), ("14:00", "18:00")):
                db.session.add(Availability(professional=who, weekday=weekday, opens=opens, closes=closes, minutes=20))
    db.session.flush()
    return found


def test_eight_weeks_of_ten_professionals_cost_two_questions_and_fifteen_milliseconds(room: Room) -> None:
    with room.inside():
        people, costs = busy_practice(), []
        for _ in range(5):
            slots.slots_of.cache_clear()
            with asked(room.app) as questions:
                began = time.process_time()
                found = slots.search(people, clock.today(), slots.SEARCHED)
                costs.append(time.process_time() - began)
            assert len(questions) == 2
        db.session.rollback()
    assert min(costs) < 0.015
    assert len(found) == 10
    assert all(len(free) > 700 for free in found.values())
