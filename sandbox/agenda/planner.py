"""What stands in an agenda: appointments, reminders and recommended exams together, as a list or laid out in days."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Record
from sandbox.agenda.models import Appointment, Reminder
from sandbox.db import db
from sandbox.prevention import recommended

NEAR = 10  # years around the present that an address may name
WEEK = timedelta(weeks=1)


class Kind(StrEnum):
    """What may stand in an agenda, under the name that addresses give it."""

    APPOINTMENTS = "rendez-vous"
    REMINDERS = "rappels"
    EXAMS = "examens"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {Kind.APPOINTMENTS: "Rendez-vous", Kind.REMINDERS: "Rappels", Kind.EXAMS: "Examens"}


@dataclass(frozen=True)
class Item:
    """An appointment; or a reminder, which has no hour; or an exam, which stands on the first day of its window."""

    starts_at: datetime
    appointment: Appointment | None = None
    reminder: Reminder | None = None
    exam: recommended.Item | None = None

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(clock.PARIS).date()

    @property
    def is_past(self) -> bool:
        if self.exam:
            return self.exam.is_past
        return self.appointment.is_over if self.appointment else self.day < clock.today()

    @property
    def is_open(self) -> bool:
        """An exam whose time has come."""
        return self.exam is not None and self.exam.is_open


@dataclass
class Cell:
    """One day of a week or of a month's page."""

    day: date
    inside: bool
    today: bool
    items: list[Item] = field(default_factory=list)


def items(record: Record, kind: Kind | None = None) -> list[Item]:
    """What is in the agenda, all or of one kind, in the order of time."""
    found: list[Item] = []
    if kind in {None, Kind.APPOINTMENTS}:
        query = sa.select(Appointment).where(Appointment.record_id == record.id, Appointment.in_agenda)
        found += [Item(each.starts_at, appointment=each) for each in db.session.scalars(query)]
    if kind in {None, Kind.REMINDERS}:
        reminders = db.session.scalars(sa.select(Reminder).where(Reminder.record_id == record.id))
        found += [Item(clock.at(each.due_on), reminder=each) for each in reminders]
    if kind in {None, Kind.EXAMS}:
        found += [Item(clock.at(each.opens_on), exam=each) for each in recommended.dated(record)]
    return sorted(found, key=lambda item: item.starts_at)


def split(found: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What is to come, soonest first, and what is past, latest first; exams to be done now are in neither."""
    rest = [item for item in found if not item.is_open]
    return [item for item in rest if not item.is_past], [item for item in reversed(rest) if item.is_past]


def going_on(found: Iterable[Item], first: date, last: date) -> list[Item]:
    """The exams whose window opened before these days and is not over when they begin."""
    return [
        item for item in found
        if item.exam and item.day < first <= last and (item.exam.closes_on is None or item.exam.closes_on >= first)
    ]


def weeks(found: Iterable[Item], month: date) -> list[list[Cell]]:
    """The weeks of a month, Monday first, each day with what stands in it."""
    by_day, today = _by_day(found), clock.today()
    return [
        [Cell(day, day.month == month.month, day == today, by_day[day] if day.month == month.month else []) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def days(found: Iterable[Item], monday: date) -> list[Cell]:
    """The seven days of a week, each with what stands in it."""
    by_day, today = _by_day(found), clock.today()
    return [Cell(day, True, day == today, by_day[day]) for day in (monday + timedelta(days=n) for n in range(7))]


def _by_day(found: Iterable[Item]) -> dict[date, list[Item]]:
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in found:
        by_day[item.day].append(item)
    return by_day


def month_of(told: str) -> date:
    """The first day of « 2026-03 »; of the present month when it is nonsense or far away."""
    return _near(f"{told}-01").replace(day=1) if re.fullmatch(r"\d{4}-\d\d", told) else clock.today().replace(day=1)


def week_of(told: str) -> date:
    """The Monday of « 2026-W09 », or of the week of a date; of the present week when it is nonsense or far away."""
    day = _near(told)
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """« 2026-W09 »."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _near(told: str) -> date:
    today = clock.today()
    try:
        wanted = date.fromisoformat(told)
    except ValueError:
        return today
    return wanted if abs(wanted.year - today.year) <= NEAR else today


def beside(month: date) -> tuple[date, date]:
    """The first days of the months before and after."""
    return (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=31)).replace(day=1)
