"""What a trainer sees of a room, read inside its world and told in plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from sandbox import acts, clock, french, numbers, tenancy
from sandbox.account.models import Professional, Record, Role, User
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.exercises.service import Exercise
from sandbox.journal.models import Entry
from sandbox.workshops import resets, service
from sandbox.workshops.cards import Card
from sandbox.workshops.models import StepKind, Workshop, World

LOST: tuple[tuple[str, str, tuple[type[acts.Act], ...]], ...] = (
    ("document ajouté ou déposé", "documents ajoutés ou déposés", (acts.DocumentAdded, acts.DocumentDeposited)),
    ("document masqué", "documents masqués", (acts.DocumentMasked,)),
    ("document supprimé", "documents supprimés", (acts.DocumentDeleted,)),
    ("message écrit", "messages écrits", (acts.MessageReplied, acts.MessageReceived)),
    ("rendez-vous pris ou ajouté", "rendez-vous pris ou ajoutés", (acts.AppointmentBooked, acts.AppointmentAdded)),
    ("rendez-vous annulé", "rendez-vous annulés", (acts.AppointmentCancelled,)),
    ("ordonnance établie", "ordonnances établies", (acts.PrescriptionSigned,)),
    ("médicament délivré", "médicaments délivrés", (acts.LineDelivered,)),
)


@dataclass(frozen=True)
class Seat:
    """One line of the board."""

    number: int
    name: str
    seen_at: datetime | None
    done: frozenset[str]

    @property
    def seen(self) -> str:
        """When the person was last seen opening a section."""
        if self.seen_at is None:
            return ""
        day = "" if self.seen_at.date() == clock.now().date() else f"le {french.short_date(self.seen_at.date())} "
        return f"{day}à {french.hour(self.seen_at)}"


@dataclass(frozen=True)
class Board:
    exercises: list[Exercise]
    seats: list[Seat]

    def count(self, slug: str) -> int:
        return sum(slug in seat.done for seat in self.seats)

    @property
    def present(self) -> int:
        return sum(seat.seen_at is not None for seat in self.seats)

    @property
    def done(self) -> int:
        return sum(len(seat.done) for seat in self.seats)

    @property
    def total(self) -> int:
        return len(self.seats) * len(self.exercises)


def bound_of(workshop: Workshop) -> tenancy.Bound:
    """What one enters to be in the workshop's present world."""
    return replace(db.session.get_one(World, workshop.world_id).bound, matrix=workshop.matrix)


def board(workshop: Workshop) -> Board:
    """Each seat and each exercise, as they are now."""
    asked = exercises.of_workshop(workshop.id)
    people = sa.select(User.seat, User.name, User.seen_at).where(User.role == Role.LEARNER).order_by(User.seat)
    with tenancy.world(bound_of(workshop)):
        done = exercises.done(asked)
        rows = db.session.execute(people).all()
    return Board(asked, [Seat(*row, frozenset(e for e, seats in done.items() if row.seat in seats)) for row in rows])


def losses(workshop: Workshop, seats: list[int] | None = None) -> list[str]:
    """What a reset would take back, in figures: of these seats, or of all of them."""
    query = sa.select(Entry.act, sa.func.count()).where(~Entry.from_pack).group_by(Entry.act)
    if seats is not None:
        query = query.where(Entry.seat.in_(seats))
    asked = exercises.of_workshop(workshop.id)
    with tenancy.world(bound_of(workshop)):
        found = {act: count for act, count in db.session.execute(query)}
        done = exercises.done(asked)
    made = sum(len(who if seats is None else who & set(seats)) for who in done.values())
    counted = [(sum(found.get(act.__name__, 0) for act in kinds), one, many) for one, many, kinds in LOST]
    counted.append((made, "exercice fait", "exercices faits"))
    return [french.several(count, one, many) for count, one, many in counted if count]


@dataclass(frozen=True)
class Undoable:
    """The latest reset, which can still be gone back on."""

    what: str
    at: datetime


def undoable(workshop: Workshop) -> Undoable | None:
    step = resets.latest_step(workshop)
    if step is None or workshop.is_closed:
        return None
    whole = step.kind is StepKind.WORKSHOP
    return Undoable("Tous les dossiers sont revenus" if whole else f"La place {step.seat} est revenue", step.at)


def seat_names(workshop: Workshop) -> list[tuple[int, str]]:
    """The seats as choices of a form."""
    return [(c.seat, f"{c.seat} · {c.name}") for c in service.credentials(workshop) if c.seat]


def professionals(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Whom one can play: ref, identifier, name."""
    return [(c.ref, c.identifier, c.name) for c in service.credentials(workshop) if not c.seat]


def cards(workshop: Workshop, address: str) -> list[Card]:
    """What is printed, seats first; `address` is where the QR codes lead."""
    credentials = service.credentials(workshop)
    with tenancy.world(bound_of(workshop)):
        told = _records() | _trades()
    return [
        Card(
            seat=c.seat, name=c.name, identifier=c.identifier, password=c.password,
            url=f"{address.rstrip('/')}/{'carte' if c.seat else 'pro/carte'}/{c.token}", **told.get(c.ref, {}),
        )
        for c in credentials
    ]


def _records() -> dict[str, dict[str, str]]:
    query = sa.select(Record, User.ref).join(User, User.id == Record.owner_id).where(User.role == Role.LEARNER)
    return {
        ref: {"nir": numbers.spaced_nir(record.nir), "serial": record.vitale_serial}
        for record, ref in db.session.execute(query)
    }


def _trades() -> dict[str, dict[str, str]]:
    query = sa.select(User.ref, Professional.specialty, Professional.place).join(Professional, Professional.user_id == User.id)
    return {ref: {"trade": specialty, "place": place} for ref, specialty, place in db.session.execute(query)}
