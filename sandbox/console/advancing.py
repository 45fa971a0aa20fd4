"""Moving the clock of a workshop: forward only, and all that would have happened meanwhile happens, each at its hour.

Nothing is un-done by a clock that goes back: whoever wants today again puts the whole room back to its start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from sandbox import acts, clock, french, live, tenancy
from sandbox.account.models import OneTimeCode
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.prescriptions.models import Line, Prescription, PrescriptionState
from sandbox.workshops import due, planned, spares
from sandbox.workshops.models import Trainer, Workshop, World
from sandbox.workshops.planned import Stage, Wish

MORNING = 8  # o'clock
FARTHEST = timedelta(days=3 * 366)  # from today
MOST_STOPS = 500
MOVED = "L’horloge vient d’être déplacée par quelqu’un d’autre, ou les dossiers remis à zéro : regardez l’heure, puis recommencez."
TOO_FAR = "L’horloge de l’atelier ne va pas plus loin que trois ans. Remettez l’atelier à zéro pour revenir à aujourd’hui."
TOPICS = ("clock", "due", "agenda", "documents", "prescriptions")
SAID: tuple[tuple[tuple[type[acts.Act], ...], str, str], ...] = (
    ((acts.AppointmentNear, acts.ReminderNear), "rappel envoyé", "rappels envoyés"),
    ((acts.AnnouncementAwaited,), "patient prévenu qu’un résultat l’attend", "patients prévenus qu’un résultat les attend"),
    ((acts.DocumentReleased,), "résultat devenu visible", "résultats devenus visibles"),
    ((acts.TicketAnswered,), "réponse du support", "réponses du support"),
    ((acts.ServicesListed,), "liste de services envoyée", "listes de services envoyées"),
    ((acts.SpaceErased,), "espace effacé", "espaces effacés"),
)
_counted: ContextVar[Counter[str] | None] = ContextVar("counted", default=None)


class Move(StrEnum):
    MORNING = "matin"
    WEEK = "semaine"
    SIX_WEEKS = "six"


@dataclass(frozen=True)
class Face:
    """What the workshop's clock shows; `seen` says later whether it is still that."""

    now: datetime
    is_moved: bool
    seen: str


def face(workshop: Workshop) -> Face:
    world = db.session.get_one(World, workshop.world_id)
    shift = timedelta(seconds=world.shift_seconds)
    return Face(clock.real_now() + shift, bool(shift), f"{world.id}-{world.shift_seconds}")


def goal(now: datetime, move: Move) -> datetime:
    """Where a press puts the hands, from that hour."""
    if move is Move.MORNING:
        return clock.at(now.date() + timedelta(days=1), MORNING)
    return now + timedelta(weeks=1 if move is Move.WEEK else 6)


def advance(trainer: Trainer, workshop: Workshop, to: datetime, seen: str) -> list[str]:
    """Put the hands there; returns what happened on the way, in figures. Raises Refused, MOVED when they were elsewhere."""
    workshop = spares.lock(workshop.id)
    shown, where, trainer_id, workshop_id = face(workshop), bound_of(workshop), trainer.id, workshop.id
    if shown.seen != seen or to <= shown.now:
        raise Refused(MOVED)
    if to > clock.real_now() + FARTHEST:
        raise Refused(TOO_FAR)
    seats = list(range(1, workshop.seats + 1))
    with tenancy.world(where):
        told = _lived_through(where.world_id, to)
    label = f"L’horloge de l’atelier avance jusqu’au {french.full_moment(to)}"
    now = clock.real_now()
    planned.add(
        workshop_id, Wish(label, {"act": "clock"}, seats), now, trainer_id=trainer_id, done_at=now, stage=Stage.DONE,
        reached=seats, note=french.listed(told)[:300],
    )
    for topic in TOPICS:
        live.tell(live.audience_of_workshop(workshop_id), topic)
    return told


def _lived_through(world_id: int, to: datetime) -> list[str]:
    """Stop at each hour when something is due, in order, until that one; says what happened."""
    lapsed, renewed, begun = _lapsed(), _renewed(), clock.now()
    with _counting() as counted, clock.shifted(to - clock.real_now()):
        _stop_on_the_way(begun, to)
        shift = timedelta(seconds=math.ceil((to - clock.real_now()).total_seconds()))
        clock.shift(shift)
        due.look(world_id, anyway=True)
        db.session.execute(sa.update(World).where(World.id == world_id).values(shift_seconds=shift.total_seconds()))
        figures = [(sum(counted[kind.__name__] for kind in kinds), one, many) for kinds, one, many in SAID]
        figures += [
            (_codes_over(begun, to), "code expiré", "codes expirés"),
            (len(_lapsed() - lapsed), "ordonnance expirée", "ordonnances expirées"),
            (len(_renewed() - renewed), "renouvellement ouvert", "renouvellements ouverts"),
        ]
    return [french.several(count, one, many) for count, one, many in figures if count]


def _stop_on_the_way(begun: datetime, to: datetime) -> None:
    """Each thing finds the clock at its own hour."""
    at: datetime | None = begun
    for _ in range(MOST_STOPS):
        if at is None or at >= to:
            return
        clock.shift(max(at, begun) - clock.real_now())
        at = due.step()


@contextmanager
def _counting() -> Iterator[Counter[str]]:
    """What happens inside, by the names of the acts."""
    counter: Counter[str] = Counter()
    token = _counted.set(counter)
    try:
        yield counter
    finally:
        _counted.reset(token)


@acts.after
def _count(act: acts.Act) -> None:
    if (counter := _counted.get()) is not None:
        counter[type(act).__name__] += 1


def _codes_over(begun: datetime, to: datetime) -> int:
    """Codes that could still be typed, and cannot any more."""
    over = OneTimeCode.used_at.is_(None), ~OneTimeCode.replaced, OneTimeCode.expires_at > begun, OneTimeCode.expires_at <= to
    return db.session.scalar(sa.select(sa.func.count(OneTimeCode.id)).where(*over)) or 0


def _lapsed() -> set[int]:
    """The prescriptions that can no longer be presented, at this hour."""
    return {signed.id for signed in _signed() if signed.state is PrescriptionState.EXPIRED}


def _renewed() -> set[int]:
    """The lines that are to be delivered again, at this hour."""
    return {
        line.id for signed in _signed() if signed.is_presentable for line in signed.lines if line.begun_on and line.available
    }


def _signed() -> list[Prescription]:
    query = sa.select(Prescription).where(Prescription.cancelled_at.is_(None))
    return list(db.session.scalars(query.options(selectinload(Prescription.lines).selectinload(Line.deliveries))))
