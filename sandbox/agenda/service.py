"""The agenda, and the slots that a booking service offers (reference §1.7): the portal itself books nothing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from sandbox import clock, texts
from sandbox.account.models import Record, User
from sandbox.acts import (
    AppointmentAdded,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentChanged,
    AppointmentRemoved,
    publish,
)
from sandbox.agenda.models import Appointment, Availability, Origin, Status
from sandbox.db import db
from sandbox.errors import Refused

AHEAD = timedelta(weeks=4)
SEARCHED = timedelta(weeks=8)
SUNDAY = 7
TAKEN = "Ce créneau vient d’être pris par une autre personne. Choisissez-en un autre."
NOT_OFFERED = "Ce créneau n’est pas proposé. Choisissez une heure dans la liste des créneaux libres."
NOT_CANCELLABLE = "Ce rendez-vous ne peut plus être annulé : il est passé ou déjà annulé."


class SlotTaken(Refused):
    """Somebody else took the slot a second before."""


@dataclass(frozen=True)
class Details:
    """What a person writes of their own appointment."""

    title: str
    starts_at: datetime
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class Busy:
    """What a professional holds, in order: nothing else may stand there, even when the hours changed since."""

    starts: list[datetime]
    ends: list[datetime]

    @classmethod
    def of(cls, professional: User, first: date) -> Busy:
        """From that day on."""
        query = sa.select(Appointment.starts_at, Appointment.minutes).where(
            Appointment.professional_id == professional.id, Appointment.held, Appointment.starts_at >= clock.at(first)
        )
        rows = db.session.execute(query.order_by(Appointment.starts_at)).all()
        return cls([starts_at for starts_at, _ in rows], [starts_at + timedelta(minutes=minutes) for starts_at, minutes in rows])

    def meets(self, starts_at: datetime, minutes: int) -> bool:
        """Whether something held overlaps these minutes."""
        before = bisect_left(self.starts, starts_at + timedelta(minutes=minutes))
        return before > 0 and self.ends[before - 1] > starts_at


# --- the person's own appointments -------------------------------------------------------------------

def add(user: User, record: Record, details: Details) -> Appointment:
    """The person notes an appointment that they made elsewhere."""
    appointment = Appointment(record=record, origin=Origin.OWN)
    _fill(appointment, details)
    db.session.add(appointment)
    publish(AppointmentAdded(actor=user, record=record, appointment=appointment))
    return appointment


def change(user: User, appointment: Appointment, details: Details) -> None:
    _fill(appointment, details)
    publish(AppointmentChanged(actor=user, record=appointment.record, appointment=appointment))


def _fill(appointment: Appointment, details: Details) -> None:
    appointment.title = texts.without_marks(details.title).strip()
    appointment.place = texts.without_marks(details.place).strip()
    appointment.note = texts.without_marks(details.note).strip()
    appointment.starts_at = details.starts_at


def remove(user: User, appointment: Appointment) -> None:
    """The person takes their own appointment out of the agenda."""
    publish(AppointmentRemoved(actor=user, record=appointment.record, appointment=appointment))
    db.session.delete(appointment)


# --- the booking service -----------------------------------------------------------------------------

def book(
    user: User, professional: User, starts_at: datetime, reason: str, *, record: Record | None = None
) -> Appointment:
    """Take a slot for the user's own record, or the one given. The store decides who gets it. Raises SlotTaken, Refused."""
    reserve(professional)
    day = starts_at.astimezone(clock.PARIS).date()
    opening = next((o for o in _offered(professional, day, timedelta()) if o[0] == starts_at), None)
    record = record or user.record
    if record is None or opening is None:
        raise Refused(NOT_OFFERED)
    if Busy.of(professional, day).meets(*opening):
        raise SlotTaken(TAKEN)
    appointment = Appointment(
        record=record, professional=professional, title=f"Consultation avec {professional.name}"[:100],
        with_name=professional.name, place=place_of(professional), starts_at=starts_at,
        minutes=opening[1], origin=Origin.SYNCED, note=texts.without_marks(reason).strip(), held=True,
    )
    hold(appointment)
    publish(AppointmentBooked(actor=user, record=record, appointment=appointment))
    return appointment


def hold(appointment: Appointment) -> None:
    """Write it, and take its slot; the store has the last word. Raises SlotTaken."""
    try:
        with db.session.begin_nested():
            db.session.add(appointment)
    except IntegrityError:
        raise SlotTaken(TAKEN) from None


def reserve(professional: User) -> None:
    """Nobody else takes or publishes hours of this professional until the transaction is over."""
    db.session.scalars(sa.select(User.id).where(User.id == professional.id).with_for_update()).first()


def refresh(appointment: Appointment) -> None:
    """The appointment as it is now, whatever somebody did to it a second before; nobody else changes it meanwhile."""
    db.session.refresh(appointment, ["status", "held", "starts_at", "minutes", "confirmed_at", "note"], with_for_update=True)


def place_of(professional: User) -> str:
    card = professional.professional
    return f"{card.place}, {card.address}"[:200] if card else ""


def cancel(user: User, appointment: Appointment) -> None:
    """Cancel at the booking service: the slot is free again. Raises Refused."""
    refresh(appointment)
    if not appointment.can_be_cancelled:
        raise Refused(NOT_CANCELLABLE)
    appointment.status, appointment.held = Status.CANCELLED, False
    publish(AppointmentCancelled(actor=user, record=appointment.record, appointment=appointment))


def bookable() -> list[User]:
    """The professionals who publish openings."""
    query = sa.select(User).where(User.id.in_(sa.select(Availability.professional_id)))
    return list(db.session.scalars(query.order_by(User.name).options(joinedload(User.professional))))


def free_slots(professional: User, first: date, during: timedelta = AHEAD) -> list[datetime]:
    """What may still be booked from that day on: openings minus what is held; never the past nor a Sunday."""
    busy = Busy.of(professional, first)
    return [starts_at for starts_at, minutes in _offered(professional, first, during) if not busy.meets(starts_at, minutes)]


def nearest(professional: User, wanted: datetime, count: int = 3) -> list[datetime]:
    """The free slots closest to the one that was wanted, in their order."""
    free = free_slots(professional, clock.today(), SEARCHED)
    return sorted(sorted(free, key=lambda slot: abs(slot - wanted))[:count])


def _offered(professional: User, first: date, during: timedelta) -> list[tuple[datetime, int]]:
    """Every slot of the openings from a day on, taken or not, that is still to come; and its minutes."""
    query = sa.select(Availability.weekday, Availability.opens, Availability.closes, Availability.minutes)
    openings = db.session.execute(query.where(Availability.professional_id == professional.id)).all()
    last, now = clock.today() + SEARCHED, clock.now()
    days = [first + timedelta(days=n) for n in range(during.days + 1)]
    return sorted(
        (slot, minutes)
        for day in days if day <= last
        for weekday, opens, closes, minutes in openings if day.isoweekday() == weekday != SUNDAY
        for slot in _slots(day, opens, closes, minutes) if slot > now
    )


def _slots(day: date, opens: str, closes: str, minutes: int) -> list[datetime]:
    first, last = minute_of(opens), minute_of(closes) - minutes
    return [clock.at(day, *divmod(at, 60)) for at in range(first, last + 1, minutes)]


def minute_of(told: str) -> int:
    hours, minutes = told.split(":")
    return int(hours) * 60 + int(minutes)
