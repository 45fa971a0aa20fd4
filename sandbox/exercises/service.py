"""What a workshop asks its learners to do, and who has done it. Looking changes nothing and may be done again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.db import db
from sandbox.exercises import questions
from sandbox.workshops import worlds
from sandbox.workshops.fixtures import BrokenPack
from sandbox.workshops.models import Snapshot, Workshop


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One thing to do, in the pack's words; `question` says how the database knows that it is done."""

    slug: str
    title: str
    instruction: str
    why: str
    hints: list[str]
    question: str
    params: dict[str, Any] = field(default_factory=dict)


def of_workshop(workshop_id: int) -> list[Exercise]:
    """The exercises of a workshop, in the pack's order."""
    workshop = db.session.get_one(Workshop, workshop_id)
    start = db.session.get_one(Snapshot, workshop.start_id)
    head: dict[str, Any] = worlds.unpack(start.head)
    return [Exercise(**item) for item in head["exercises"]]


def done(exercises: list[Exercise], seat: int | None = None) -> dict[str, set[int]]:
    """For each exercise, the seats that have done it in the present world."""
    return {e.slug: questions.seats_where(e.question, e.params, seat) for e in exercises}


def done_at(exercises: list[Exercise], seat: int) -> set[str]:
    """The exercises that this seat has done."""
    return {slug for slug, seats in done(exercises, seat).items() if seats}


def problems(items: list[dict[str, Any]]) -> list[str]:
    """What is wrong with a pack's questions, one sentence each."""
    found = []
    for item in items:
        try:
            questions.query(item.get("question", ""), item.get("params", {}))
        except BrokenPack as broken:
            found += [f"{problem} (« {item.get('slug', '?')} »)" for problem in broken.problems]
    return found
