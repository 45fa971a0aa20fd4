"""A sheet for each exercise: the same steps as the tour on the page, numbered, with a drawing of where to look."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from heroicons.jinja import heroicon_outline

from sandbox import qr, typesetting
from sandbox.exercises.service import Exercise
from sandbox.exercises.steps import Step
from sandbox.landmarks import LANDMARKS
from sandbox.workshops.cards import BANNER

FIELDS = {"search", "field", "talk.text"}
ROWS = {"document", "talk", "contact", "first_row", "first_card", "booking.who", "booking.one", "mails"}
SQUARE = "prescription.square"


def printable(exercises: list[Exercise]) -> list[Exercise]:
    """Those that a sheet can lead through."""
    return [one for one in exercises if not one.is_situation and (one.steps or one.hints)]


def pdf(title: str, exercises: list[Exercise]) -> bytes:
    """One A4 page each, tagged."""
    data = {"title": title, "banner": BANNER, "sheets": [_told(one) for one in exercises]}
    return typesetting.pdf("exercises/sheet.typ", data)


def _told(exercise: Exercise) -> dict[str, Any]:
    steps = [{"say": step.say} | _drawing(step) for step in exercise.steps]
    return {
        "title": exercise.title, "todo": exercise.instruction, "why": exercise.why,
        "steps": steps or [{"say": " ".join(hint.split()), "shape": "", "label": "", "picture": ""} for hint in exercise.hints],
    }


def _drawing(step: Step) -> dict[str, str]:
    """What to look for on the screen: a button, a line of a list, a box to fill, the square."""
    place = LANDMARKS[step.at]
    if step.at == SQUARE:
        return {"shape": "square", "label": "Le carré à montrer", "picture": qr.square("Exemple").svg}
    shape = "field" if step.at in FIELDS else "row" if step.at in ROWS else "button"
    return {"shape": shape, "label": place.label[0].upper() + place.label[1:], "picture": _picture(place.icon)}


@lru_cache(maxsize=64)
def _picture(name: str) -> str:
    """The same drawing as on the screen, as a file of its own."""
    return str(heroicon_outline(name, size=None)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if name else ""
