"""What a person notes in the agenda themselves: an appointment that they made elsewhere (reference §1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import french, texts
from sandbox.account.models import Record, User
from sandbox.acts import AppointmentAdded, AppointmentChanged, AppointmentRemoved, publish
from sandbox.agenda import kept
from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.db import db
from sandbox.errors import Refused

USUAL = 30  # minutes: what an appointment lasts when nobody says otherwise
LONGEST = timedelta(days=1)
MEETS = "Vous avez déjà « {} » {}, de {} à {}. Choisissez une autre heure, ou une durée plus courte."
BACK_MEETS = "« {} » ne peut pas être remis : vous avez maintenant « {} » {}, de {} à {}. Changez d’abord l’heure de ce rendez-vous."


@dataclass(frozen=True)
class Details:
    """What a person writes of their own appointment."""

    title: str
    starts_at: datetime
    place: str = ""
    note: str = ""
    with_name: str = ""
    at_establishment: bool = False
    minutes: int = USUAL

    @property
    def called(self) -> str:
        """Its title, or one made of whom it is with."""
        told, whom = texts.without_marks(self.title).strip(), texts.without_marks(self.with_name).strip()
        return told or f"{'Rendez-vous :' if self.at_establishment else 'Rendez-vous avec'} {whom}"[:100]


def add(user: User, record: Record, details: Details) -> Appointment:
    """Raises Refused when it overlaps another appointment of the agenda."""
    hold(record)
    if other := meeting(record, details.starts_at, details.minutes):
        raise Refused(_told(MEETS, other))
    appointment = Appointment(record=record, origin=Origin.OWN)
    _fill(appointment, details)
    db.session.add(appointment)
    publish(AppointmentAdded(actor=user, record=record, appointment=appointment))
    return appointment


def change(user: User, appointment: Appointment, details: Details) -> Appointment:
    """Raises Refused when it now overlaps another; what already did may keep its hour."""
    hold(appointment.record)
    is_moved = (appointment.starts_at, appointment.minutes) != (details.starts_at, details.minutes)
    other = meeting(appointment.record, details.starts_at, details.minutes, but=appointment) if is_moved else None
    if other:
        raise Refused(_told(MEETS, other))
    _fill(appointment, details)
    publish(AppointmentChanged(actor=user, record=appointment.record, appointment=appointment))
    return appointment


def remove(user: User, appointment: Appointment) -> kept.Kept:
    """Take it out of the agenda; gives what it said, to put it back."""
    was = kept.of(appointment)
    publish(AppointmentRemoved(actor=user, record=appointment.record, appointment=appointment))
    db.session.delete(appointment)
    return was


def put_back(user: User, record: Record, was: kept.Kept) -> Appointment:
    """Undo a deletion. Raises Refused when its hour was given to another since."""
    hold(record)
    if there := find(was["ref"]):
        return there
    starts_at, minutes = datetime.fromisoformat(was["starts_at"]), was["minutes"]
    if other := meeting(record, starts_at, minutes):
        raise Refused(_told(BACK_MEETS, other, was["title"]))
    appointment = kept.again(was, record, Appointment)
    db.session.add(appointment)
    publish(AppointmentAdded(actor=user, record=record, appointment=appointment))
    return appointment


def find(ref: str) -> Appointment | None:
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).first()


def hold(record: Record) -> None:
    """Nobody else writes in this agenda until the transaction is over: what is counted stays true. (Who reserves a
    professional or locks an appointment too does so before.)
    """
    db.session.scalars(sa.select(Record.id).where(Record.id == record.id).with_for_update(key_share=True)).first()


def meeting(record: Record, starts_at: datetime, minutes: int, but: Appointment | None = None) -> Appointment | None:
    """The confirmed appointment of the agenda that overlaps these minutes, if any."""
    ends_at = starts_at + timedelta(minutes=minutes)
    query = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.in_agenda, Appointment.stale_of == "",
        Appointment.status == Status.CONFIRMED, Appointment.starts_at < ends_at, Appointment.starts_at > starts_at - LONGEST,
    )
    found = db.session.scalars(query.order_by(Appointment.starts_at))
    return next((one for one in found if one.ends_at > starts_at and one is not but), None)


def _told(phrase: str, other: Appointment, *first: str) -> str:
    day, begins, ends = french.full_date(other.day), french.hour(other.starts_at), french.hour(other.ends_at)
    return phrase.format(*first, other.title, f"le {day}", begins, ends)


def _fill(appointment: Appointment, details: Details) -> None:
    appointment.title = details.called
    appointment.with_name = texts.without_marks(details.with_name).strip()
    appointment.at_establishment = details.at_establishment
    appointment.place = texts.without_marks(details.place).strip()
    appointment.note = texts.without_marks(details.note).strip()
    appointment.starts_at, appointment.minutes = details.starts_at, details.minutes
