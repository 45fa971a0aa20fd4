"""A person's reminders: what they want to be told, the day before or the day itself (reference §1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from sandbox import french, texts
from sandbox.account.models import Record, User
from sandbox.acts import ReminderAdded, ReminderChanged, ReminderRemoved, publish
from sandbox.agenda import kept, own
from sandbox.agenda.models import Reminder
from sandbox.db import db
from sandbox.errors import Refused

A_DAY = 10  # at most, for one date
FULL = "Il y a déjà dix rappels pour le {}, le plus possible. Choisissez un autre jour, ou supprimez d’abord un rappel de ce jour."


@dataclass(frozen=True)
class Wish:
    """What a person writes of a reminder."""

    title: str
    due_on: date
    note: str = ""
    eve: bool = True


def add(user: User, record: Record, wish: Wish) -> Reminder:
    """Raises Refused when that date has as many as it may hold."""
    leave_room(record, wish.due_on)
    reminder = Reminder(record=record)
    _fill(reminder, wish)
    db.session.add(reminder)
    publish(ReminderAdded(actor=user, record=record, reminder=reminder))
    return reminder


def change(user: User, reminder: Reminder, wish: Wish) -> Reminder:
    """Raises Refused when another date has as many as it may hold."""
    if wish.due_on != reminder.due_on:
        leave_room(reminder.record, wish.due_on)
    _fill(reminder, wish)
    publish(ReminderChanged(actor=user, record=reminder.record, reminder=reminder))
    return reminder


def remove(user: User, reminder: Reminder) -> kept.Kept:
    """Take it out of the agenda; gives what it said, to put it back."""
    was = kept.of(reminder)
    publish(ReminderRemoved(actor=user, record=reminder.record, reminder=reminder))
    db.session.delete(reminder)
    return was


def put_back(user: User, record: Record, was: kept.Kept) -> Reminder:
    """Undo a deletion. Raises Refused when its date was filled since."""
    if there := find(was["ref"]):
        return there
    leave_room(record, date.fromisoformat(was["due_on"]))
    reminder = kept.again(was, record, Reminder)
    db.session.add(reminder)
    publish(ReminderAdded(actor=user, record=record, reminder=reminder))
    return reminder


def find(ref: str) -> Reminder | None:
    return db.session.scalars(sa.select(Reminder).where(Reminder.ref == ref)).first()


def leave_room(record: Record, day: date) -> None:
    own.hold(record)
    query = sa.select(sa.func.count(Reminder.id)).where(Reminder.record_id == record.id, Reminder.due_on == day)
    if (db.session.scalar(query) or 0) >= A_DAY:
        raise Refused(FULL.format(french.full_date(day)))


def _fill(reminder: Reminder, wish: Wish) -> None:
    reminder.title = texts.without_marks(wish.title).strip()
    reminder.note = texts.without_marks(wish.note).strip()
    reminder.due_on, reminder.eve = wish.due_on, wish.eve
