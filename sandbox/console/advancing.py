"""Moving the clock of a workshop: forward only, and all that would have happened meanwhile happens, each at its hour.

Nothing is un-done by a clock that goes back: whoever wants today again puts the whole room back to its start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
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
Standing = tuple[set[int], set[int]]  # prescriptions that lapsed, lines to be delivered again
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
    world = db.session.get_one(World, workshop.world_id, populate_existing=True)
    shift = timedelta(seconds=world.shift_seconds)
    return Face(clock.real_now() + shift, bool(shift), _seen(world.id, world.shift_seconds))


def _seen(world_id: int, shift_seconds: int) -> str:
    return f"{world_id}-{shift_seconds}"


def goal(now: datetime, move: Move) -> datetime:
    """Where a press puts the hands, from that hour."""
    if move is Move.MORNING:
        return clock.at(now.date() + timedelta(days=1), MORNING)
    return now + timedelta(weeks=1 if move is Move.WEEK else 6)


@dataclass
class _Way:
    """On the way to an hour: the world it is walked in, and where the hands were left at the last stop."""

    where: tenancy.Bound
    to: datetime
    seen: str

    def walk_in(self, at: datetime) -> AbstractContextManager[None]:
        """Be in the world at that hour, its workshop held. Raises Refused when somebody else has moved the hands."""
        workshop = spares.lock(self.where.workshop_id)
        if face(workshop).seen != self.seen:
            raise Refused(MOVED)
        shift = math.ceil((at - clock.real_now()).total_seconds())
        self.seen = _seen(self.where.world_id, shift)
        world = sa.update(World).where(World.id == self.where.world_id)
        db.session.execute(world.values(shift_seconds=shift, due_at=None))
        return tenancy.world(replace(self.where, shift=timedelta(seconds=shift)))


def advance(trainer: Trainer, workshop: Workshop, to: datetime, seen: str) -> list[str]:
    """Put the hands there; returns what happened on the way, in figures. Raises Refused, MOVED when they were elsewhere.

    Commits at each hour where something is due: a whole room lives six weeks in seconds, and nobody waits behind it.
    """
    shown, trainer_id = face(spares.lock(workshop.id)), trainer.id
    if shown.seen != seen or to <= shown.now:
        raise Refused(MOVED)
    if to > clock.real_now() + FARTHEST:
        raise Refused(TOO_FAR)
    way = _Way(bound_of(workshop), to, seen)
    with _counting() as counted:
        before = _stop_on_the_way(way, shown.now)
        told = _arrive(way, before, shown.now, counted)
    _write_down(way, trainer_id, told)
    return told


def _stop_on_the_way(way: _Way, begun: datetime) -> Standing:
    """Each thing finds the clock at its own hour; says what stood at the start."""
    at: datetime | None = begun
    standing: Standing | None = None
    for _ in range(MOST_STOPS):
        if standing and (at is None or at >= way.to):
            break
        with way.walk_in(max(at or begun, begun)):
            standing = standing or _standing()
            at = due.step()
        db.session.commit()
        spares.breathe()
    return standing or (set(), set())


def _arrive(way: _Way, before: Standing, begun: datetime, counted: Counter[str]) -> list[str]:
    """The last stop, at the hour that was asked for; says what happened since the first."""
    with way.walk_in(way.to):
        due.look(way.where.world_id, anyway=True)
        lapsed, renewed = _standing()
        figures = [(sum(counted[kind.__name__] for kind in kinds), one, many) for kinds, one, many in SAID]
        figures += [
            (_codes_over(begun, way.to), "code expiré", "codes expirés"),
            (len(lapsed - before[0]), "ordonnance expirée", "ordonnances expirées"),
            (len(renewed - before[1]), "renouvellement ouvert", "renouvellements ouverts"),
        ]
    return [french.several(count, one, many) for count, one, many in figures if count]


def _write_down(way: _Way, trainer_id: int, told: list[str]) -> None:
    """In the log of what happened, and for the open pages."""
    workshop = db.session.get_one(Workshop, way.where.workshop_id)
    seats, now = list(range(1, workshop.seats + 1)), clock.real_now()
    label = f"L’horloge de l’atelier avance jusqu’au {french.full_moment(way.to)}"
    planned.add(
        workshop.id, Wish(label, {"act": "clock"}, seats), now, trainer_id=trainer_id, done_at=now, stage=Stage.DONE,
        reached=seats, note=french.listed(told)[:300],
    )
    for topic in TOPICS:
        live.tell(live.audience_of_workshop(workshop.id), topic)


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


def _standing() -> Standing:
    """At this hour: the prescriptions that can no longer be presented, the lines that are to be delivered again."""
    query = sa.select(Prescription).where(Prescription.cancelled_at.is_(None))
    signed = db.session.scalars(query.options(selectinload(Prescription.lines).selectinload(Line.deliveries))).all()
    again = {line.id for one in signed if one.is_presentable for line in one.lines if line.begun_on and line.available}
    return {one.id for one in signed if one.state is PrescriptionState.EXPIRED}, again
