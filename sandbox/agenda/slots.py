"""Slots: what the published hours offer, what is held, and who gets one (the store decides).

They are compared in minutes since 1970: an hour that the change of clocks skips is no slot, one that it repeats is one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from sandbox import clock
from sandbox.account.models import User
from sandbox.agenda.models import Appointment, Availability
from sandbox.db import db
from sandbox.errors import Refused

AHEAD = timedelta(weeks=4)
SEARCHED = timedelta(weeks=8)
DAY = 24 * 60  # minutes
SUNDAY = 7
HOURS = tuple(time(*divmod(at, 60), tzinfo=clock.PARIS) for at in range(DAY))
TAKEN = "Cet horaire vient d’être pris par une autre personne. Choisissez-en un autre."
NOT_OFFERED = "Cet horaire n’est pas proposé. Choisissez une heure dans la liste des heures libres."


Slot = tuple[int, datetime, int, int]  # whose, when, its place in time, how many minutes
Times = tuple[tuple[datetime, int], ...]  # when, its place in time


class SlotTaken(Refused):
    """Somebody else took the slot a second before."""


class Opening(NamedTuple):
    professional: int
    opens: str
    closes: str
    minutes: int


@dataclass(frozen=True)
class Busy:
    """What a professional holds, in order: nothing else may stand there, even when the hours changed since."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, professional: User, first: date, but: Appointment | None = None) -> Busy:
        """From that day on; `but` counts for nothing."""
        return _held([professional.id], first, but)[professional.id]

    def meets(self, minute: int, minutes: int) -> bool:
        """Whether something held overlaps these minutes."""
        before = bisect_left(self.starts, minute + minutes)
        return before > 0 and self.ends[before - 1] > minute


def hold(appointment: Appointment) -> None:
    """Write it, and take its slot; the store has the last word. Raises SlotTaken."""
    try:
        with db.session.begin_nested():
            db.session.add(appointment)
    except IntegrityError:
        raise SlotTaken(TAKEN) from None


def reserve(professional: User) -> None:
    """Nobody else takes or publishes hours of this professional until the transaction is over. (Who locks an appointment
    too does so after; what only names the professional waits for nobody.)
    """
    db.session.scalars(sa.select(User.id).where(User.id == professional.id).with_for_update(key_share=True)).first()


def bookable() -> list[User]:
    """The professionals who publish openings."""
    query = sa.select(User).where(User.id.in_(sa.select(Availability.professional_id)))
    return list(db.session.scalars(query.order_by(User.name).options(joinedload(User.professional))))


def need_free(professional: User, starts_at: datetime, but: Appointment | None = None) -> int:
    """How many minutes the slot of that moment lasts, when it is offered and free; `but` may be in its way.
    Raises Refused, SlotTaken.
    """
    minutes = offered_at(professional, starts_at)
    if Busy.of(professional, starts_at.date(), but).meets(minute_in_time(starts_at), minutes):
        raise SlotTaken(TAKEN)
    return minutes


def offered_at(professional: User, starts_at: datetime) -> int:
    """How many minutes the slot of that moment lasts. Raises Refused when no such slot is offered."""
    day = starts_at.astimezone(clock.PARIS).date()
    for _, slot, _, minutes in offered([professional], day, timedelta()):
        if slot == starts_at:
            return minutes
    raise Refused(NOT_OFFERED)


def free_slots(professional: User, first: date, during: timedelta = AHEAD) -> list[datetime]:
    """What may still be booked from that day on: openings minus what is held; never the past nor a Sunday."""
    return search([professional], first, during)[professional.id]


def search(professionals: Collection[User], first: date, during: timedelta = AHEAD) -> dict[int, list[datetime]]:
    """The same for several of them, by their id."""
    busy = _held([user.id for user in professionals], first)
    free: dict[int, list[datetime]] = {user.id: [] for user in professionals}
    for whose, starts_at, minute, minutes in offered(professionals, first, during):
        if not busy[whose].meets(minute, minutes):
            free[whose].append(starts_at)
    return free


def nearest(professional: User, wanted: datetime, count: int = 3) -> list[datetime]:
    """The free slots closest to the one that was wanted, in their order."""
    return closest(free_slots(professional, clock.today(), SEARCHED), wanted, count)


def closest(free: list[datetime], wanted: datetime, count: int) -> list[datetime]:
    return sorted(sorted(free, key=lambda slot: abs(slot - wanted))[:count])


# --- what the hours offer -----------------------------------------------------------------------------

def offered(professionals: Collection[User], first: date, during: timedelta) -> Iterator[Slot]:
    """Every slot of the openings from a day on, taken or not, that is still to come."""
    weekly, now = _openings([user.id for user in professionals]), minute_in_time(clock.now())
    last = min(first + during, clock.today() + SEARCHED)
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        for whose, opens, closes, minutes in weekly[day.isoweekday()]:
            for starts_at, minute in slots_of(day, opens, closes, minutes):
                if minute > now:
                    yield whose, starts_at, minute, minutes


@lru_cache(maxsize=1000)
def slots_of(day: date, opens: str, closes: str, minutes: int) -> Times:
    """The slots of one opening, each with its place in time."""
    hours = range(minute_of(opens), minute_of(closes) - minutes + 1, minutes)
    midnight, following = _midnight(day), _midnight(day + timedelta(days=1))
    if following - midnight == DAY:
        return tuple((datetime.combine(day, HOURS[at]), midnight + at) for at in hours)
    return _while_clocks_change(day, hours, minutes)


def _while_clocks_change(day: date, hours: range, minutes: int) -> Times:
    """Neither an hour that does not exist, nor one before the former slot is over."""
    found: list[tuple[datetime, int]] = []
    for slot in (datetime.combine(day, HOURS[at]) for at in hours):
        minute, exists = minute_in_time(slot), slot.astimezone(UTC).astimezone(clock.PARIS) == slot
        if exists and (not found or minute >= found[-1][1] + minutes):
            found.append((slot, minute))
    return tuple(found)


def minute_of(told: str) -> int:
    """« 09:20 », in minutes of the day."""
    hours, minutes = told.split(":")
    return int(hours) * 60 + int(minutes)


def minute_in_time(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


@lru_cache(maxsize=1000)
def _midnight(day: date) -> int:
    return minute_in_time(clock.at(day))


def _openings(whose: list[int]) -> dict[int, list[Opening]]:
    """By day of the week, in their order; never on a Sunday."""
    query = sa.select(
        Availability.weekday, Availability.professional_id, Availability.opens, Availability.closes, Availability.minutes,
    ).where(Availability.professional_id.in_(whose), Availability.weekday != SUNDAY)
    found: dict[int, list[Opening]] = defaultdict(list)
    for weekday, *opening in db.session.execute(query.order_by(Availability.opens)):
        found[weekday].append(Opening._make(opening))
    return found


def _held(whose: list[int], first: date, but: Appointment | None = None) -> dict[int, Busy]:
    """What each of them holds from a day on (what began the day before may last)."""
    query = sa.select(Appointment.professional_id, Appointment.starts_at, Appointment.minutes).where(
        Appointment.professional_id.in_(whose), Appointment.held, Appointment.starts_at >= clock.at(first - timedelta(days=1)),
    )
    if but:
        query = query.where(Appointment.id != but.id)
    found: dict[int, Busy] = defaultdict(Busy)
    for professional, starts_at, minutes in db.session.execute(query.order_by(Appointment.starts_at)):
        busy = found[professional or 0]
        busy.starts.append(minute_in_time(starts_at))
        busy.ends.append(minute_in_time(starts_at) + minutes)
    return found
