"""Dates told as distances from a day: what lets a record be as fresh in a year as today.

A date that is not a Sunday is told in working days (Monday to Saturday) from the world's day, so that a
medical appointment never falls on a Sunday whatever the day the world is filled; a Sunday is told in
plain days. Each telling leads back to the same date on the same day: freezing loses nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sandbox.clock import PARIS, age_on

SUNDAY = 6
_PARTIAL = re.compile(r"([+-]?\d+)([ymd])")


def _work_index(day: date) -> int:
    """How many days that are not Sundays since the year 1; a Sunday counts as the Saturday before it."""
    weeks, rest = divmod(day.toordinal() - 1, 7)  # 1 January of the year 1 was a Monday
    return weeks * 6 + min(rest, SUNDAY - 1)


def _work_date(index: int) -> date:
    weeks, rest = divmod(index, 6)
    return date.fromordinal(weeks * 7 + rest + 1)


def tell_date(value: date, day: date) -> str:
    """« w-18 » (working days) or, for a Sunday, « -21 » (days)."""
    if value.weekday() == SUNDAY:
        return f"{(value - day).days:+d}"
    return f"w{_work_index(value) - _work_index(day):+d}"


def read_date(told: str, day: date) -> date:
    if told.startswith("w"):
        return _work_date(_work_index(day) + int(told[1:]))
    return day + timedelta(days=int(told))


@lru_cache(maxsize=4096)
def tell_moment(value: datetime, day: date) -> str:
    local = value.astimezone(PARIS)
    return f"{tell_date(local.date(), day)}T{local.time().isoformat()}"


def read_moment(told: str, day: date) -> datetime:
    offset, _, hour = told.partition("T")
    return datetime.combine(read_date(offset, day), time.fromisoformat(hour), PARIS)


def tell_delay(value: datetime, day: date) -> str:
    """« +17T09:30:00 »: a legal delay runs on Sundays too."""
    local = value.astimezone(PARIS)
    return f"{(local.date() - day).days:+d}T{local.time().isoformat()}"


def working_days(days: int) -> int:
    """The distance in working days that an author's distance in days stands for."""
    return round(days * 6 / 7)


def tell_birth(value: date, day: date) -> str:
    """« 67:03-12 »: an age stays an age."""
    return f"{age_on(value, day)}:{value:%m-%d}"


def read_birth(told: str, day: date) -> date:
    age, _, month_day = told.partition(":")
    month, number = map(int, month_day.split("-"))
    year = day.year - int(age) - ((day.month, day.day) < (month, number))
    return date(year, month, number)


def tell_partial(value: str, day: date) -> str:
    """A partial date: « 2014 » is « -12y », « 2014-03 » « -140m », a full date « -4280d »."""
    if not value:
        return ""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return f"{parts[0] - day.year:+d}y"
    if len(parts) == 2:
        return f"{(parts[0] - day.year) * 12 + parts[1] - day.month:+d}m"
    return f"{(date(*parts) - day).days:+d}d"


def read_partial(told: str, day: date) -> str:
    """Raises ValueError when the offset is neither empty nor of the form -12y, -140m, -21d."""
    if not told:
        return ""
    if not (match := _PARTIAL.fullmatch(told)):
        raise ValueError(f"« {told} » n’est pas une date partielle : écrivez -12y, -30m ou -240d")
    offset, unit = int(match[1]), match[2]
    if unit == "y":
        return f"{day.year + offset:04d}"
    if unit == "m":
        year, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
        return f"{year:04d}-{month + 1:02d}"
    return (day + timedelta(days=offset)).isoformat()
