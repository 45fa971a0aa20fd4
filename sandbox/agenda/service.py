"""Appointments taken at a booking service, which tells the agenda if it may."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from sandbox import french, texts
from sandbox.account.models import Record, User
from sandbox.acts import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
    publish,
)
from sandbox.agenda import own, slots
from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.agenda.slots import TAKEN, SlotTaken
from sandbox.db import db
from sandbox.errors import Refused

NOT_CANCELLABLE = "Ce rendez-vous ne peut plus être annulé : il est passé ou déjà annulé."
NOT_MOVABLE = "Ce rendez-vous ne peut plus être déplacé : il est passé ou annulé. Prenez-en un autre."
SAME_HOUR = "C’est déjà l’heure de ce rendez-vous : rien n’a changé. Pour le déplacer, choisissez une autre heure."
MEETS = "Vous avez déjà rendez-vous avec {}, de {} à {}. Choisissez une autre heure, ou déplacez d’abord ce rendez-vous."


def book(user: User, record: Record, professional: User, starts_at: datetime, reason: str, *, service: str) -> Appointment:
    """Take a slot at a booking service of the catalogue: the agenda does not know of it yet. The store decides who gets it.
    Raises SlotTaken, Refused.
    """
    slots.reserve(professional)
    minutes = slots.need_free(professional, starts_at)
    _need_time(record, service, starts_at, minutes)
    appointment = Appointment(
        record=record, professional=professional, title=f"Consultation avec {professional.name}"[:100],
        with_name=professional.name, place=place_of(professional), starts_at=starts_at, minutes=minutes,
        origin=Origin.SYNCED, note=texts.without_marks(reason).strip(), held=True, service=service, in_agenda=False,
    )
    slots.hold(appointment)
    publish(AppointmentBooked(actor=user, record=record, appointment=appointment))
    return appointment


def move(user: User, appointment: Appointment, starts_at: datetime, *, is_told: bool = True) -> None:
    """Take another slot of the same professional instead; the former is free once this one is held.
    `is_told`: whether the agenda may be. Raises SlotTaken, Refused.
    """
    professional = appointment.professional
    if professional is None:
        raise Refused(NOT_MOVABLE)
    slots.reserve(professional)
    refresh(appointment)
    if not appointment.can_be_cancelled:
        raise Refused(NOT_MOVABLE)
    if starts_at == appointment.starts_at:
        raise Refused(SAME_HOUR)
    minutes = slots.need_free(professional, starts_at, but=appointment)
    _need_time(appointment.record, appointment.service, starts_at, minutes, but=appointment)
    if not is_told:
        leave_behind(appointment)
    try:
        with db.session.begin_nested():
            appointment.starts_at, appointment.minutes = starts_at, minutes
            appointment.confirmed_at = appointment.told_at = None
    except IntegrityError:
        raise SlotTaken(TAKEN) from None
    publish(AppointmentMoved(actor=user, record=appointment.record, appointment=appointment))


def cancel(user: User, appointment: Appointment, *, is_told: bool = True) -> None:
    """Cancel at the booking service: the slot is free again. `is_told`: whether the agenda may be. Raises Refused."""
    refresh(appointment)
    if not appointment.can_be_cancelled:
        raise Refused(NOT_CANCELLABLE)
    if not is_told:
        leave_behind(appointment)
    appointment.status, appointment.held = Status.CANCELLED, False
    publish(AppointmentCancelled(actor=user, record=appointment.record, appointment=appointment))


def _need_time(record: Record, service: str, starts_at: datetime, minutes: int, but: Appointment | None = None) -> None:
    """The service knows what it booked for this person: nobody is at two places at once. Raises Refused."""
    own.hold(record)
    query = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.service == service, Appointment.held, Appointment.status == Status.CONFIRMED,
        Appointment.starts_at < starts_at + timedelta(minutes=minutes), Appointment.starts_at > starts_at - timedelta(days=1),
    )
    for other in db.session.scalars(query):
        if other is not but and other.ends_at > starts_at:
            raise Refused(MEETS.format(other.with_name, french.hour(other.starts_at), french.hour(other.ends_at)))


def leave_behind(appointment: Appointment) -> None:
    """It is about to change and the agenda may not be told: what the agenda knew stays there as a copy, and holds nothing."""
    if not appointment.in_agenda:
        return
    known = ("record", "title", "with_name", "place", "starts_at", "minutes", "origin", "status", "note", "service", "confirmed_at", "told_at")
    copy = {name: getattr(appointment, name) for name in known}
    db.session.add(Appointment(**copy, professional_id=None, stale_of=appointment.ref))
    appointment.in_agenda = False


def bring_in(appointment: Appointment) -> bool:
    """The agenda knows it as it is now; False when it knew it already. What it had kept instead goes away."""
    was_known = appointment.in_agenda
    stale = sa.select(Appointment).where(Appointment.record_id == appointment.record_id, Appointment.stale_of == appointment.ref)
    for copy in db.session.scalars(stale):
        db.session.delete(copy)
        was_known = True
    appointment.in_agenda = True
    return not was_known


def refresh(appointment: Appointment) -> None:
    """The appointment as it is now, whatever somebody did to it a second before; nobody else changes it meanwhile."""
    db.session.refresh(appointment, ["status", "held", "starts_at", "minutes", "confirmed_at", "note", "in_agenda"], with_for_update=True)


def place_of(professional: User) -> str:
    card = professional.professional
    return f"{card.place}, {card.address}"[:200] if card else ""
