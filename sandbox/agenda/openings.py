"""The weekly hours that a professional publishes: booking pages offer their slots at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock
from sandbox.account.models import User
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Availability, Status
from sandbox.agenda.slots import SUNDAY
from sandbox.db import db
from sandbox.errors import Refused

DAYS = {1: "lundi", 2: "mardi", 3: "mercredi", 4: "jeudi", 5: "vendredi", 6: "samedi", 7: "dimanche"}
SHORTEST, USUAL, LONGEST = 5, 20, 180
NO_SUNDAY = "Les sites de rendez-vous ne proposent rien le dimanche. Choisissez un jour du lundi au samedi."
BACKWARDS = "La fin est avant le début. Vérifiez les deux heures, par exemple de 09:00 à 12:00."
LENGTH = f"Un rendez-vous dure de {SHORTEST} minutes à trois heures. Écrivez par exemple 20."
OVERLAPS = "Vous recevez déjà {}. Choisissez d’autres heures, ou changez celles-là au lieu d’en ajouter."
TOO_SHORT = "Ces heures sont plus courtes qu’un seul rendez-vous. Allongez-les, ou raccourcissez la durée d’un rendez-vous."


@dataclass(frozen=True)
class Hours:
    """One weekly opening: 1 is Monday; times are « HH:MM »."""

    weekday: int
    opens: str
    closes: str
    minutes: int

    @property
    def words(self) -> str:
        return f"le {DAYS[self.weekday]} de {spoken(self.opens)} à {spoken(self.closes)}"


def told(opening: Availability) -> Hours:
    return Hours(opening.weekday, opening.opens, opening.closes, opening.minutes)


def spoken(told: str) -> str:
    """« 9 h », « 14 h 30 »."""
    hours, minutes = told.split(":")
    return f"{int(hours)}\u00a0h\u00a0{minutes}" if int(minutes) else f"{int(hours)}\u00a0h"


def of(professional: User) -> list[Availability]:
    """What is published, Monday first."""
    query = sa.select(Availability).where(Availability.professional_id == professional.id)
    return list(db.session.scalars(query.order_by(Availability.weekday, Availability.opens)))


def find(professional: User, when: str) -> Availability | None:
    """By its day and its first hour, « 1-09:00 »: no two begin together."""
    return next((one for one in of(professional) if f"{one.weekday}-{one.opens}" == when), None)


def minutes_at(professional: User, starts_at: datetime) -> int:
    """How long an appointment usually lasts at that hour."""
    local = starts_at.astimezone(clock.PARIS)
    weekday, hour = local.isoweekday(), f"{local:%H:%M}"
    return next((one.minutes for one in of(professional) if one.weekday == weekday and one.opens <= hour < one.closes), USUAL)


def add(professional: User, hours: Hours) -> Availability:
    """Publish an opening. Raises Refused."""
    slots.reserve(professional)
    _check(professional, hours)
    opening = Availability(
        professional=professional, weekday=hours.weekday, opens=hours.opens, closes=hours.closes, minutes=hours.minutes
    )
    db.session.add(opening)
    db.session.flush()
    return opening


def change(professional: User, opening: Availability, hours: Hours) -> list[Appointment]:
    """Other hours; the bookings that these no longer hold stay, and are returned. Raises Refused."""
    slots.reserve(professional)
    _check(professional, hours, opening)
    left = {one.id for one in outside(professional)}
    opening.weekday, opening.opens, opening.closes, opening.minutes = hours.weekday, hours.opens, hours.closes, hours.minutes
    db.session.flush()
    return [one for one in outside(professional) if one.id not in left]


def remove(professional: User, opening: Availability) -> list[Appointment]:
    """No slot is offered there any more; what was booked stays, and is returned."""
    slots.reserve(professional)
    left = {one.id for one in outside(professional)}
    db.session.delete(opening)
    db.session.flush()
    return [one for one in outside(professional) if one.id not in left]


def outside(professional: User) -> list[Appointment]:
    """The appointments to come that hold an hour which is not published."""
    query = sa.select(Appointment).where(
        Appointment.professional_id == professional.id, Appointment.held, Appointment.starts_at > clock.now(),
        Appointment.status == Status.CONFIRMED,
    )
    coming = db.session.scalars(query.order_by(Appointment.starts_at).options(joinedload(Appointment.record)))
    published = of(professional)
    return [one for one in coming if not any(_holds(opening, one) for opening in published)]


def _holds(opening: Availability, appointment: Appointment) -> bool:
    begins = appointment.starts_at.astimezone(clock.PARIS)
    ends = begins + timedelta(minutes=appointment.minutes)
    inside = opening.opens <= f"{begins:%H:%M}" and f"{ends:%H:%M}" <= opening.closes
    return opening.weekday == begins.isoweekday() and inside


def _check(professional: User, hours: Hours, but: Availability | None = None) -> None:
    """Raises Refused for hours that cannot be published."""
    if not 1 <= hours.weekday < SUNDAY:
        raise Refused(NO_SUNDAY)
    if hours.opens >= hours.closes:
        raise Refused(BACKWARDS)
    if not SHORTEST <= hours.minutes <= LONGEST:
        raise Refused(LENGTH)
    if slots.minute_of(hours.closes) - slots.minute_of(hours.opens) < hours.minutes:
        raise Refused(TOO_SHORT)
    for other in of(professional):
        if other is not but and other.weekday == hours.weekday and other.opens < hours.closes and hours.opens < other.closes:
            raise Refused(OVERLAPS.format(told(other).words))
