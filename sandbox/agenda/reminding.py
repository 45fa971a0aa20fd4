"""What stands in the agenda is reminded of, once, by the world's clock: in the centre, and by an e-mail that says nothing of it.

An appointment the day before; a reminder the day before, or the day itself, as the person asked (reference §1.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock, french
from sandbox.account.models import Life, Record
from sandbox.account.service import institution
from sandbox.acts import (
    Act,
    AppointmentAdded,
    AppointmentBooked,
    AppointmentChanged,
    AppointmentGiven,
    AppointmentMoved,
    AppointmentNear,
    AppointmentRewritten,
    AppointmentWritten,
    ReminderAdded,
    ReminderChanged,
    ReminderNear,
    ReminderWritten,
    on,
    publish,
)
from sandbox.agenda.models import Appointment, Reminder, Status
from sandbox.db import db
from sandbox.workshops import due

Thing = Appointment | Reminder
EVE_AT, DAY_AT = 9, 8  # o'clock in Paris
SHUT = (Life.OPPOSED, Life.CLOSED)


def moment_of(thing: Thing) -> datetime:
    """When it is to be reminded of."""
    return _moment(thing.day, eve=True) if isinstance(thing, Appointment) else _moment(thing.due_on, eve=thing.eve)


def _moment(day: Any, *, eve: bool) -> datetime:
    return clock.at(day - timedelta(days=1), EVE_AT) if eve else clock.at(day, DAY_AT)


def expect(thing: Thing) -> None:
    """It was added, or its hour changed: told when its moment comes, and never when that is past already."""
    moment = moment_of(thing)
    if moment > clock.now():
        thing.told_at = None
        due.expect(moment)
    else:
        thing.told_at = thing.told_at or clock.now()


@on(
    AppointmentAdded, AppointmentChanged, AppointmentBooked, AppointmentMoved, AppointmentGiven, AppointmentWritten,
    AppointmentRewritten, ReminderAdded, ReminderChanged, ReminderWritten,
)
def _follow(act: Act) -> None:
    expect(getattr(act, act.about))


@due.on_time
def on_time() -> datetime | None:
    """Tell what has come near in this world and was not told; says when the next one will be."""
    wanted = [*_appointments(), *_reminders()]
    now = clock.now()
    for moment, kind, same in wanted:
        if moment <= now:
            _tell(kind, same)
    return min((moment for moment, _, _ in wanted if moment > now), default=None)


Wanted = tuple[datetime, type[Thing], Sequence[Any]]  # its moment; which row it is, as long as nobody changes it meanwhile


def _appointments() -> list[Wanted]:
    """What is to come and was not told: columns alone, this is asked at the first request of every world."""
    query = sa.select(Appointment.id, Appointment.starts_at).join(Appointment.record).where(
        Appointment.told_at.is_(None), Appointment.starts_at > clock.now(), Appointment.status == Status.CONFIRMED,
        Appointment.in_agenda, Appointment.stale_of == "", Record.life.not_in(SHUT),
    ).order_by(Appointment.starts_at, Appointment.id)
    return [
        (_moment(starts_at.date(), eve=True), Appointment, (
            Appointment.id == number, Appointment.told_at.is_(None), Appointment.starts_at == starts_at,
            Appointment.status == Status.CONFIRMED, Appointment.in_agenda,
        )) for number, starts_at in db.session.execute(query)
    ]


def _reminders() -> list[Wanted]:
    query = sa.select(Reminder.id, Reminder.due_on, Reminder.eve).join(Reminder.record).where(
        Reminder.told_at.is_(None), Reminder.due_on >= clock.today(), Record.life.not_in(SHUT),
    ).order_by(Reminder.due_on, Reminder.id)
    return [
        (_moment(day, eve=eve), Reminder, (Reminder.id == number, Reminder.told_at.is_(None), Reminder.due_on == day))
        for number, day, eve in db.session.execute(query)
    ]


def _tell(kind: type[Thing], same: Sequence[Any]) -> None:
    """Once, unless somebody has just changed it: then it has its own moment."""
    if not db.session.execute(sa.update(kind).where(*same).values(told_at=clock.now())).rowcount:  # type: ignore[attr-defined]
        return
    whose = joinedload(kind.record).options(joinedload(Record.owner), joinedload(Record.delegations))
    query = sa.select(kind).where(same[0]).options(whose).execution_options(populate_existing=True)
    thing: Any = db.session.scalars(query).unique().one()
    publish(_act(thing))


def _act(thing: Thing) -> Act:
    """What is said of it: « demain à 14 h 30 »."""
    portal, day = institution(), thing.day if isinstance(thing, Appointment) else thing.due_on
    when = "aujourd’hui" if day == clock.today() else "demain"
    if isinstance(thing, Appointment):
        return AppointmentNear(
            actor=portal, record=thing.record, appointment=thing, when=f"{when} à {french.hour(thing.starts_at)}"
        )
    return ReminderNear(actor=portal, record=thing.record, reminder=thing, when=when)
