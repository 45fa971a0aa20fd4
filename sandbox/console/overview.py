"""What a trainer's pages know of a workshop: the world it is in, its seats, its professionals."""

from __future__ import annotations

from dataclasses import replace

from sandbox import tenancy
from sandbox.db import db
from sandbox.workshops import service
from sandbox.workshops.models import Workshop, World


def bound_of(workshop: Workshop) -> tenancy.Bound:
    """What one enters to be in the workshop's present world."""
    return replace(db.session.get_one(World, workshop.world_id).bound, matrix=workshop.matrix)


def seat_names(workshop: Workshop) -> list[tuple[int, str]]:
    """The seats as choices of a form."""
    return [(c.seat, f"{c.seat} · {c.name}") for c in service.credentials(workshop) if c.seat]


def professionals(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Whom one can play: ref, identifier, name."""
    return [(c.ref, c.identifier, c.name) for c in service.credentials(workshop) if not c.seat]
