"""What the archive says of the agenda, of the exams that the person marked, and of the services they let in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from sandbox.account.models import Record
from sandbox.agenda.models import Appointment, Reminder
from sandbox.catalogue.models import Synchronization
from sandbox.catalogue.service import services
from sandbox.db import db
from sandbox.prevention import calendar
from sandbox.prevention.models import Mark

Plain = dict[str, Any]


def appointments(record: Record) -> list[Plain]:
    """Those that the portal knows."""
    query = sa.select(Appointment).where(Appointment.record_id == record.id, Appointment.in_agenda)
    return [_appointment(one) for one in db.session.scalars(query.order_by(Appointment.id))]


def reminders(record: Record) -> list[Plain]:
    query = sa.select(Reminder).where(Reminder.record_id == record.id).order_by(Reminder.id)
    return [_reminder(one) for one in db.session.scalars(query)]


def marks(record: Record) -> list[Plain]:
    """What the person says of recommended exams."""
    titles = {window.thing.code: window.thing.title for window in calendar.windows(record.birth_date, record.sex)}
    query = sa.select(Mark).where(Mark.record_id == record.id).order_by(Mark.opens_on, Mark.id)
    return [
        {"title": titles.get(one.code, one.code), "window": one.opens_on.isoformat(), "status": one.state.value,
         "executionDate": one.done_on.isoformat() if one.done_on else None}
        for one in db.session.scalars(query)
    ]


def synchronizations(record: Record) -> list[Plain]:
    """The services, those of the past too, and each yes and no."""
    query = sa.select(Synchronization).where(Synchronization.record_id == record.id).order_by(Synchronization.id)
    return [
        {"service": name_of(one.service), "since": moment(one.since), "until": moment(one.ended_at) if one.ended_at else None,
         "finalities": [{"purpose": c.purpose.value, "granted": c.granted, "date": moment(c.at)} for c in one.consents]}
        for one in db.session.scalars(query.options(selectinload(Synchronization.consents)))
    ]


def name_of(slug: str) -> str:
    """The name of a service, as people read it."""
    sheet = services().get(slug)
    return sheet.name if sheet else slug


def moment(at: Any) -> str:
    return str(at.isoformat(timespec="seconds"))


def _appointment(one: Appointment) -> Plain:
    return {
        "title": one.title, "with": one.with_name, "address": one.place, "startsAt": moment(one.starts_at),
        "minutes": one.minutes, "author": one.origin.value, "service": name_of(one.service) or None,
        "status": one.status.value, "note": one.note,
    }


def _reminder(one: Reminder) -> Plain:
    return {"title": one.title, "date": one.due_on.isoformat(), "note": one.note, "service": name_of(one.service) or None}
