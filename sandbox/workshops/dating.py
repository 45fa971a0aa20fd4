"""From which day the dates of a starting point are told again, so that what was past when it was frozen is past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sandbox import clock
from sandbox.distances import read_moment, tell_moment
from sandbox.workshops.models import Snapshot, World

DAY = timedelta(days=1)


def moment_of(world: World) -> str:
    """The present moment of a world, told from its day."""
    return tell_moment(clock.real_now() + timedelta(seconds=world.shift_seconds), world.day)


def first_day(point: Snapshot, at: datetime) -> date:
    """The day of a world filled from the point at that moment: the latest from which the freeze is not to come.

    Frozen at 4 p.m. and gone back to in the morning: it was frozen the day before.
    """
    if not point.moment:
        return at.date()
    there = at + timedelta(seconds=point.shift_seconds)
    day = there.date() - (read_moment(point.moment, there.date()).date() - there.date()) + 7 * DAY
    while read_moment(point.moment, day) > there:
        day -= DAY
    return day


def days_today(point: Snapshot) -> set[date]:
    """The days of the worlds that are of today: those filled this morning too, before the hour of the freeze."""
    now = clock.real_now()
    return {first_day(point, now), first_day(point, clock.at(now.date()))}
