"""What a workshop asks its learners to do, and who has done it. Looking changes nothing and may be done again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox.db import db
from sandbox.exercises import questions, steps
from sandbox.exercises.steps import Step
from sandbox.workshops import worlds
from sandbox.workshops.fixtures import BrokenPack
from sandbox.workshops.models import Snapshot, Workshop
from sandbox.workshops.vetting import Head, need, vets


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
    told: str = ""  # of a situation: who is there and what they say; what follows goes with it
    asks: str = ""
    answer: list[dict[str, Any]] = field(default_factory=list)
    explanation: str = ""
    say: str = ""
    learned: str = ""
    source: str = ""
    step: list[dict[str, Any]] = field(default_factory=list)  # as the pack writes them

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The way, step by step; none when the pack tells none."""
        return steps.read(self.step)

    @property
    def is_situation(self) -> bool:
        return self.told != ""

    @property
    def practised(self) -> str:
        """What one may say to have practised: a situation's title only names who was there."""
        return self.learned or self.title


def of_workshop(workshop_id: int) -> list[Exercise]:
    """The exercises of a workshop, in the pack's order."""
    return list(_told(_head_of(workshop_id)))


def named(workshop_id: int, slug: str) -> Exercise | None:
    """One of them, if there is."""
    return next((one for one in _told(_head_of(workshop_id)) if one.slug == slug), None)


def told(head: bytes) -> dict[str, Exercise]:
    """The exercises of a starting point, by name, for whoever has its head already."""
    return {one.slug: one for one in _told(head)}


def moved_by(workshop_id: int, act: str) -> list[Exercise]:
    """Those that this kind of act may have made true."""
    return _by_act(_head_of(workshop_id)).get(act, [])


def _head_of(workshop_id: int) -> bytes:
    start = sa.select(Snapshot.head).join(Workshop, Workshop.start_id == Snapshot.id)
    return db.session.execute(start.where(Workshop.id == workshop_id)).scalar_one()


@lru_cache(maxsize=32)
def _told(head: bytes) -> tuple[Exercise, ...]:
    """What a starting point says; it never changes, so that it is read once."""
    told: dict[str, Any] = worlds.unpack(head)
    return tuple(Exercise(**item) for item in told["exercises"])


@lru_cache(maxsize=32)
def _by_act(head: bytes) -> dict[str, list[Exercise]]:
    found: dict[str, list[Exercise]] = defaultdict(list)
    for exercise in _told(head):
        for act in questions.moved_by(exercise.question, exercise.params):
            found[act].append(exercise)
    return dict(found)


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
        found += steps.problems(item)
    return found


@vets
def _can_be_asked(head: Head) -> None:
    """The exercises of a workshop that came as a file. Raises ValueError."""
    for item in head["exercises"]:
        one = Exercise(**item)
        words = (one.slug, one.title, one.instruction, one.why, one.question, one.say, one.learned, one.source, *one.hints)
        need(all(isinstance(word, str) for word in words) and isinstance(one.params, dict))
    need(not problems(head["exercises"]))
