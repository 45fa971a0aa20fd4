"""The only clock: real time in Europe/Paris plus the shift of the world one is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta())


def real_now() -> datetime:
    """The machine's time, aware, in Europe/Paris: for what belongs to no world."""
    return datetime.now(UTC).astimezone(PARIS)


def seconds_until(moment: datetime | None) -> int:
    """How long to wait for a moment of the machine's, rounded up; nothing when there is none, or when it is past."""
    return max(0, ceil((moment - real_now()).total_seconds())) if moment else 0


def now() -> datetime:
    """The time of the world one is in, aware, in Europe/Paris."""
    return real_now() + _shift.get()


def today() -> date:
    return now().date()


def later(moment: datetime, by: timedelta) -> datetime:
    """So long after a moment, in hours that pass: a night when the clocks change has one more, or one less."""
    return (moment.astimezone(UTC) + by).astimezone(PARIS)


def in_world(moment: datetime) -> datetime:
    """What the clock of the world one is in will show when the machine's shows that."""
    return moment.astimezone(PARIS) + _shift.get()


def age_on(born: date, day: date) -> int:
    """The completed years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def at(day: date, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0) -> datetime:
    """A wall-clock time in Paris on that day, daylight saving right."""
    return datetime(day.year, day.month, day.day, hour, minute, second, microsecond, tzinfo=PARIS)


def shift(by: timedelta) -> None:
    """Set the shift for the rest of this request or command."""
    _shift.set(by)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)
