"""What a trainer's pages know of a workshop: its seats, its professionals."""

from __future__ import annotations

from sandbox.workshops import service
from sandbox.workshops.models import Workshop
from sandbox.workshops.service import bound_of

__all__ = ["bound_of", "professionals", "seat_names"]


def seat_names(workshop: Workshop) -> list[tuple[int, str]]:
    """The seats as choices of a form."""
    return [(c.seat, f"{c.seat} · {c.name}") for c in service.credentials(workshop) if c.seat]


def professionals(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Whom one can play: ref, identifier, name."""
    return [(c.ref, c.identifier, c.name) for c in service.credentials(workshop) if not c.seat]
