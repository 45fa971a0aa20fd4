"""What the stories of the agenda share: an appointment, a reminder, a child, and where things stand in a page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Life, Record, Role, User
from sandbox.agenda import own, reminders
from sandbox.agenda.models import Appointment, Reminder
from sandbox.agenda.own import Details
from sandbox.agenda.reminders import Wish
from sandbox.db import db
from tests.browser import Browser, text_of
from tests.room import Room

DENTIST = {"with_name": "Dr Petit", "title": "Dentiste", "hour": "14:30", "place": "6 rue de la Fontaine", "note": "Apporter la radio"}


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def typed(days: int = 3, **other: str) -> dict[str, str]:
    """What Marie types to note an appointment."""
    return DENTIST | {"day": in_days(days).isoformat()} | other


def noted(room: Room, moment: datetime, title: str = "Ostéopathe", minutes: int = 30, record: Record | None = None) -> str:
    """The ref of an appointment that a person noted, from inside."""
    with room.inside():
        record = record or room.record(1)
        return own.add(room.record(1).owner, record, Details(title, moment, minutes=minutes)).ref


def wished(room: Room, day: date, title: str = "Ramener le plateau") -> str:
    """The ref of a reminder that a person added, from inside."""
    with room.inside():
        record = room.record(1)
        return reminders.add(record.owner, record, Wish(title, day)).ref


def child_of(room: Room, seat: int = 1) -> Record:
    """Only inside: the record of the seat's child whose profile is activated."""
    query = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.DEPENDANT, Record.life == Life.ACTIVE)
    return db.session.scalars(query).one()


def appointment_of(slug: str, seat: int = 1) -> Appointment:
    """Only inside: the appointment of a seat by the pack's name."""
    query = sa.select(Appointment).where(Appointment.slug == slug, Appointment.seat == seat)
    return db.session.scalars(query).one()


def told(model: type[Appointment] | type[Reminder], ref: str) -> Any:
    """Only inside: the appointment or the reminder of that name, if it is there."""
    return db.session.scalars(sa.select(model).where(model.ref == ref)).first()


def how_many(room: Room, model: type[Appointment] | type[Reminder], **equal: Any) -> int:
    with room.inside():
        query = sa.select(sa.func.count(model.id)).where(model.seat == 1)
        return db.session.scalar(query.filter_by(**equal)) or 0


def ref_of(browser: Browser) -> str:
    """The name of the thing whose page is open."""
    return browser.path.rsplit("/", 1)[-1]


def part(browser: Browser, name: str) -> str:
    """The words of a part of the page; none when it is not there."""
    found = browser.page.find(id=name)
    return text_of(found.parent) if found else ""


def line_of(browser: Browser, day: date) -> str:
    """The words of a day's line in the week."""
    number = f"{day.day}er" if day.day == 1 else str(day.day)
    rows = [text_of(row) for row in browser.page.select(".days tbody tr")]
    return next(row for row in rows if f" {number} " in row)


def csrf(browser: Browser) -> dict[str, str]:
    return {"csrf_token": browser.page.find("input", attrs={"name": "csrf_token"})["value"]}
