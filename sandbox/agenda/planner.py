"""What stands in an agenda: appointments and reminders together, as a list or laid out in a month."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Record
from sandbox.agenda.models import Appointment, Reminder
from sandbox.db import db


@dataclass(frozen=True)
class Item:
    """An appointment, or a reminder, which has no hour."""

    day: date
    starts_at: datetime
    appointment: Appointment | None = None
    reminder: Reminder | None = None

    @property
    def is_past(self) -> bool:
        return self.appointment.is_over if self.appointment else self.day < clock.today()


@dataclass
class Cell:
    """One day of a month's page."""

    day: date
    inside: bool
    today: bool
    items: list[Item] = field(default_factory=list)


def items(record: Record) -> list[Item]:
    """Everything in the agenda, in the order of time."""
    appointments = db.session.scalars(sa.select(Appointment).where(Appointment.record_id == record.id))
    reminders = db.session.scalars(sa.select(Reminder).where(Reminder.record_id == record.id))
    found = [Item(each.day, each.starts_at, appointment=each) for each in appointments]
    found += [Item(each.due_on, clock.at(each.due_on), reminder=each) for each in reminders]
    return sorted(found, key=lambda item: item.starts_at)


def split(found: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What is to come, soonest first, and what is past, latest first."""
    coming = [item for item in found if not item.is_past]
    return coming, [item for item in reversed(found) if item.is_past]


def weeks(found: Sequence[Item], month: date) -> list[list[Cell]]:
    """The weeks of a month, Monday first, each day with what stands in it."""
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in found:
        by_day[item.day].append(item)
    today = clock.today()
    return [
        [Cell(day, day.month == month.month, day == today, by_day[day] if day.month == month.month else []) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def month_of(told: str) -> date:
    """The first day of « 2026-03 »; of the present month when it is nonsense or far away."""
    today = clock.today()
    try:
        wanted = date.fromisoformat(f"{told}-01")
    except ValueError:
        wanted = today
    near = abs(wanted.year - today.year) <= 10
    return (wanted if near else today).replace(day=1)


def beside(month: date) -> tuple[date, date]:
    """The first days of the months before and after."""
    return (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=31)).replace(day=1)
