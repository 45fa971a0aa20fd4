"""A tour of an exercise on the page itself: it advances because the thing was done, never because one says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sandbox import clock, live
from sandbox.account.models import User
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.exercises import attempts, questions, service
from sandbox.exercises.models import IS_PRESENT, Attempt
from sandbox.exercises.service import Exercise
from sandbox.exercises.steps import Step, Where
from sandbox.journal.models import Entry
from sandbox.messaging.models import Conversation
from sandbox.prescriptions.models import Prescription
from sandbox.tenancy import Bound
from sandbox.workshops.models import Snapshot, Workshop

KINDS: dict[str, Any] = {"document": Document, "conversation": Conversation, "prescription": Prescription, "professional": User}


@dataclass(frozen=True)
class Known:
    """What the database says of a tour: where it stands, the refs of its things, which of its questions are true."""

    attempt_id: int
    exercise: Exercise
    kept: int  # the steps done, as kept
    refs: dict[str, str]
    answers: dict[int, bool]  # by step; the last one's is the exercise's own when it has none

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.exercise.steps

    def reached(self, where: Where, *, comes: bool) -> int:
        """How many steps are done, for somebody who looks at that page; `comes`: has just come to it."""
        place = self._arrived(self.kept, where)
        if comes and place < len(self.steps) and self.steps[place].ends_at(where, self.refs):
            place += 1
        while place < len(self.steps) and self.answers.get(place):
            place += 1
        return len(self.steps) if self.answers.get(len(self.steps) - 1) else place

    def _arrived(self, place: int, where: Where) -> int:
        """Whoever stands on the page of a later step has done those that only lead there."""
        for later in range(place, len(self.steps)):
            if self.steps[later].is_here(where, self.refs):
                return later + self._is_past(later, where)
            if self.answers.get(later) is False:
                break
        return place

    def _is_past(self, place: int, where: Where) -> bool:
        """Two steps of one page: the second begins when something was asked there."""
        following = self.steps[place + 1 : place + 2]
        return any(step.is_closer(self.steps[place], where, self.refs) for step in following) and self.answers.get(place) is not False


def known(where: Bound, seat: int, slug: str) -> Known | None:
    """The tour of a seat, in two questions; None when it was not begun, is over since a reset, or has no steps."""
    found = db.session.execute(_begun(where, seat, slug)).first()
    if found is None:
        return None
    attempt, head = found
    exercise = service.told(head).get(slug)
    if exercise is None or not exercise.steps:
        return None
    return _asked(attempt, exercise, seat)


def _begun(where: Bound, seat: int, slug: str) -> sa.Select[Attempt, bytes]:
    begun = sa.select(Attempt, Snapshot.head).join(Workshop, Workshop.id == Attempt.workshop_id).join(Snapshot, Snapshot.id == Workshop.start_id)
    return begun.where(
        Attempt.world_id == where.world_id, Attempt.seat == seat, Attempt.exercise == slug, IS_PRESENT, Attempt.path_at.is_not(None),
    )


def _asked(attempt: Attempt, exercise: Exercise, seat: int) -> Known:
    things, gates = sorted(set[str]().union(*(step.things for step in exercise.steps))), _gates(exercise)
    columns = [*(_thing(name, seat) for name in things), *(_true(question, seat) for question in gates.values())]
    row = list(db.session.execute(sa.select(*(column.scalar_subquery() for column in columns))).one()) if columns else []
    refs = {name: ref or "-" for name, ref in zip(things, row, strict=False)}
    answers = {place: found is not None for place, found in zip(gates, row[len(things) :], strict=True)}
    return Known(attempt.id, exercise, attempt.step, refs, answers)


def _gates(exercise: Exercise) -> dict[int, tuple[str, Any]]:
    """The steps that a question of the database ends."""
    found: dict[int, tuple[str, Any]] = {n: (s.question, s.params) for n, s in enumerate(exercise.steps) if s.question}
    last = len(exercise.steps) - 1
    if last not in found and exercise.steps[last].reaches is None:
        found[last] = exercise.question, exercise.params
    return found


def _thing(name: str, seat: int) -> sa.Select[Any]:
    kind, _, slug = name.partition(":")
    which = KINDS[kind]
    return sa.select(which.ref).where(which.slug == slug, which.seat.in_((0, seat) if which is User else (seat,))).limit(1)


def _true(question: tuple[str, Any], seat: int) -> sa.Select[Any]:
    return questions.query(*question).where(Entry.seat == seat).limit(1)


def start(where: Bound, seat: int, exercise: Exercise) -> Attempt:
    """The way is shown from where it was left, the first step at first."""
    attempt = attempts.begin(where, seat, exercise)
    if attempt.path_at is None:
        attempt.path_at = clock.real_now()
    if attempt.step >= len(exercise.steps):
        attempt.step = 0
    return attempt


def keep(where: Bound, seat: int, attempt_id: int, step: int) -> None:
    """So many steps are done, and never fewer. The caller commits."""
    mine = sa.update(Attempt).where(Attempt.id == attempt_id, Attempt.step < step, IS_PRESENT)
    db.session.execute(mine.values(step=step))
    live.tell(live.audience_of_seat(where.workshop_id, seat), "exercises")

