"""What a trainer sees of a room, read inside its world and told in plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from sandbox import acts, french, tenancy
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.journal.models import Entry
from sandbox.workshops import resets, service
from sandbox.workshops.models import Step, StepKind, Workshop, World

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


def bound_of(workshop: Workshop) -> tenancy.Bound:
    """What one enters to be in the workshop's present world."""
    return replace(db.session.get_one(World, workshop.world_id).bound, matrix=workshop.matrix)


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
    """What was done last, which can still be gone back on."""

    kind: StepKind
    seats: list[int]  # none: all of them at once
    at: datetime

    @property
    def what(self) -> str:
        if not self.seats:
            return "Tous les dossiers sont revenus au point de départ"
        one, who = len(self.seats) == 1, french.places(self.seats)
        if self.kind is StepKind.STATE:
            return f"{who} {'a' if one else 'ont'} changé d’état"
        return f"{who} {'est revenue' if one else 'sont revenues'} au point de départ"

    @property
    def name(self) -> str:
        return "ce changement d’état" if self.kind is StepKind.STATE else "cette remise à zéro"

    @property
    def undone(self) -> str:
        """Once it is gone back on."""
        gone = "Le changement d’état est annulé" if self.kind is StepKind.STATE else "La remise à zéro est annulée"
        if not self.seats:
            return f"{gone}. Les dossiers sont revenus à l’état d’avant."
        back = "est revenue" if len(self.seats) == 1 else "sont revenues"
        return f"{gone}. {french.places(self.seats)} {back} à l’état d’avant."


def undoable(workshop: Workshop) -> Undoable | None:
    """What the button « Annuler » would go back on."""
    steps = resets.latest_steps(workshop)
    return None if workshop.is_closed or not steps else told(steps)


def told(steps: list[Step]) -> Undoable:
    """What was done in one press."""
    return Undoable(steps[0].kind, [step.seat for step in steps if step.seat], steps[0].at)


def seat_names(workshop: Workshop) -> list[tuple[int, str]]:
    """The seats as choices of a form."""
    return [(c.seat, f"{c.seat} · {c.name}") for c in service.credentials(workshop) if c.seat]


def professionals(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Whom one can play: ref, identifier, name."""
    return [(c.ref, c.identifier, c.name) for c in service.credentials(workshop) if not c.seat]
