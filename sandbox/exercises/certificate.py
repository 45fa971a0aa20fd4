"""A certificate of what was practised: it names the workshop and the gestures, and leaves the person's name to a pen."""

from __future__ import annotations

from typing import Any

from sandbox import french, typesetting
from sandbox.workshops.cards import BANNER
from sandbox.workshops.models import Workshop

TITLE = "Attestation d’entraînement à « Mon espace santé »"


def told(workshop: Workshop, done: list[str]) -> dict[str, Any]:
    """Everything that it says. `done`: the titles of the exercises, in order."""
    lines = [("Atelier", workshop.name), ("Date", french.full_date(workshop.held_on))]
    if workshop.place:
        lines.append(("Lieu", workshop.place))
    return {"title": TITLE, "banner": BANNER, "lines": lines, "done": done, "count": french.several(len(done), "geste pratiqué", "gestes pratiqués")}


def pdf(workshop: Workshop, done: list[str]) -> bytes:
    """One or two A4 pages, tagged."""
    return typesetting.pdf("exercises/certificate.typ", told(workshop, done))
