"""What a professional does with appointments: give, confirm, note who came, call off (reference §1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock, french, texts
from sandbox.account.models import Record, User
from sandbox.acts import (
    AppointmentCalledOff,
    AppointmentConfirmed,
    AppointmentGiven,
    AppointmentHonoured,
    AppointmentManaged,
    AppointmentMissed,
    AppointmentVoided,
    BookingAct,
    every_act,
    publish,
)
from sandbox.agenda import openings, service, slots
from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.agenda.slots import SlotTaken
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.journal.models import Entry

NOTE = 1000
LATEST = timedelta(days=2 * 366)
NOT_THEN = "Choisissez une heure à venir, dans les deux ans au plus."
NOT_YET = "L’heure du rendez-vous n’est pas encore venue : vous noterez alors si le patient est venu."
TOO_LATE = "L’heure du rendez-vous est passée : notez plutôt si le patient est venu ou non."
CONFIRMED_BEFORE = "Ce rendez-vous est déjà confirmé : le patient en est averti."
SETTLED = "Ce rendez-vous est noté « {} » depuis un autre jour : il ne change plus."
GONE = "Ce rendez-vous a été {}{}. Il ne revient pas : donnez-en un autre si le patient doit venir."
GONE_HOW = {Status.CANCELLED: "annulé", Status.ERROR: "retiré, car saisi par erreur"}


class Verb(StrEnum):
    """What may be done with an appointment, under the name that addresses give it."""

    CONFIRM = "confirmer"
    HONOUR = "venu"
    MISS = "absent"
    CALL_OFF = "annuler"
    VOID = "erreur"


ACTS: dict[Verb, type[AppointmentManaged]] = {
    Verb.CONFIRM: AppointmentConfirmed, Verb.HONOUR: AppointmentHonoured, Verb.MISS: AppointmentMissed,
    Verb.CALL_OFF: AppointmentCalledOff, Verb.VOID: AppointmentVoided,
}
BECOMES = {
    Verb.HONOUR: Status.HONOURED, Verb.MISS: Status.MISSED, Verb.CALL_OFF: Status.CANCELLED, Verb.VOID: Status.ERROR,
}
DEEDS = [kind.__name__ for kind in every_act() if issubclass(kind, BookingAct | AppointmentManaged)]  # of people, not of services
CORRECTIONS = {Status.HONOURED: [Verb.MISS, Verb.VOID], Status.MISSED: [Verb.HONOUR, Verb.VOID]}


@dataclass(frozen=True)
class Gift:
    """What the professional writes of an appointment that they give."""

    title: str
    starts_at: datetime
    minutes: int | None = None  # as long as usual at that hour
    note: str = ""


def find(ref: str) -> Appointment | None:
    whose = joinedload(Appointment.record).joinedload(Record.owner), joinedload(Appointment.professional)
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref).options(*whose)).first()


def between(professional: User, first: date, last: date) -> list[Appointment]:
    """The professional's appointments of these days, both included, in their order; every status."""
    query = sa.select(Appointment).where(
        Appointment.professional_id == professional.id, Appointment.starts_at >= clock.at(first),
        Appointment.starts_at < clock.at(last + timedelta(days=1)),
    )
    return list(db.session.scalars(query.order_by(Appointment.starts_at, Appointment.id).options(joinedload(Appointment.record))))


def possible(appointment: Appointment) -> list[Verb]:
    """What may be done now; what was noted today may still be corrected, what is cancelled does not come back."""
    if appointment.status is Status.CONFIRMED:
        if appointment.is_over:
            return [Verb.HONOUR, Verb.MISS, Verb.VOID]
        return [Verb.CALL_OFF, Verb.VOID] if appointment.confirmed_at else [Verb.CONFIRM, Verb.CALL_OFF, Verb.VOID]
    return CORRECTIONS.get(appointment.status, []) if _was_today(appointment) else []


def settle(professional: User, appointment: Appointment, verb: Verb, reason: str = "", *, is_told: bool = True) -> None:
    """Do one of them; the patient's agenda follows, when it may be told. Raises Refused."""
    service.refresh(appointment)
    if verb not in possible(appointment):
        raise Refused(_why_not(appointment, verb))
    if not is_told:
        service.leave_behind(appointment)
    if verb is Verb.CONFIRM:
        appointment.confirmed_at = clock.now()
    else:
        appointment.status = BECOMES[verb]
        appointment.held = appointment.held and verb not in {Verb.CALL_OFF, Verb.VOID}
    if reason:
        told = f"Annulé par {professional.name} : {texts.without_marks(reason).strip()}"
        appointment.note = f"{appointment.note[: NOTE - len(told) - 1]}\n{told}".strip()
    publish(ACTS[verb](actor=professional, record=appointment.record, appointment=appointment))


def give(professional: User, record: Record, gift: Gift) -> Appointment:
    """Write an appointment for a patient, on a free slot or at any hour that is free. Raises Refused, SlotTaken."""
    if not clock.now() < gift.starts_at <= clock.now() + LATEST:
        raise Refused(NOT_THEN)
    slots.reserve(professional)
    minutes = gift.minutes or openings.minutes_at(professional, gift.starts_at)
    if other := holding(professional, gift.starts_at, minutes):
        whom = "ce patient" if other.record_id == record.id else other.record.name
        raise SlotTaken(
            f"Vous attendez déjà {whom} de {french.hour(other.starts_at)} à {french.hour(other.ends_at)}. Choisissez une autre heure."
        )
    appointment = Appointment(
        record=record, professional=professional, title=texts.without_marks(gift.title).strip(), with_name=professional.name,
        place=service.place_of(professional), starts_at=gift.starts_at, minutes=minutes, origin=Origin.GIVEN,
        note=texts.without_marks(gift.note).strip(), held=True, confirmed_at=clock.now(),
    )
    slots.hold(appointment)
    publish(AppointmentGiven(actor=professional, record=record, appointment=appointment))
    return appointment


def holding(professional: User, starts_at: datetime, minutes: int) -> Appointment | None:
    """What holds some of these minutes already."""
    ends_at = starts_at + timedelta(minutes=minutes)
    query = sa.select(Appointment).where(
        Appointment.professional_id == professional.id, Appointment.held, Appointment.starts_at < ends_at,
        Appointment.starts_at > starts_at - timedelta(days=1),
    )
    found = db.session.scalars(query.order_by(Appointment.starts_at).options(joinedload(Appointment.record)))
    return next((one for one in found if one.ends_at > starts_at), None)


def _why_not(appointment: Appointment, verb: Verb) -> str:
    """Why this cannot be done, and what can."""
    if appointment.status in GONE_HOW:
        last = _last(appointment)
        by = f" par {last.actor.name}, {french.full_moment(last.at)}" if last else ""
        return GONE.format(GONE_HOW[appointment.status], by)
    if appointment.status is not Status.CONFIRMED:
        return SETTLED.format(appointment.status.label)
    if verb is Verb.CONFIRM and not appointment.is_over:
        return CONFIRMED_BEFORE
    return TOO_LATE if appointment.is_over else NOT_YET


def _was_today(appointment: Appointment) -> bool:
    last = _last(appointment)
    return last is not None and last.at.date() == clock.today()


def _last(appointment: Appointment) -> Entry | None:
    """The last thing that was done to it during the workshop."""
    query = sa.select(Entry).where(
        Entry.record_id == appointment.record_id, Entry.subject_ref == appointment.ref, Entry.act.in_(DEEDS),
    )
    newest = query.order_by(Entry.at.desc(), Entry.id.desc()).options(joinedload(Entry.actor)).limit(1)
    return db.session.scalars(newest).first()
