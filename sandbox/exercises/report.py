"""What a workshop's people did, in figures that name nobody: read from what the room remembers, across resets."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

import sqlalchemy as sa

from sandbox.db import db
from sandbox.exercises import service
from sandbox.exercises.feelings import LEVELS, Feeling, When
from sandbox.exercises.models import Attempt
from sandbox.workshops import vanishing

FEWEST = 3  # answers under which one could guess whose they are (ours)
Person = tuple[int, int]  # a world and a seat: whoever sat there between two resets of the room


@dataclass(frozen=True)
class Line:
    """One exercise. `people` began it or did it; `stopped` began it last and did not do it."""

    number: int
    title: str
    people: int
    done: int
    took: timedelta | None  # the median, of those who opened it before doing it
    hinted: int  # people who read at least one hint
    hints: int  # hints read, all people together
    stopped: int


@dataclass(frozen=True)
class Report:
    people: int
    lines: list[Line]
    before: Counter[int]
    after: Counter[int]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def feelings(self) -> list[tuple[str, int, int]]:
        """The five words, and how many said each before and after; none when too few answered."""
        if max(self.before.total(), self.after.total()) < FEWEST:
            return []
        return [(words, _shown(self.before)[level], _shown(self.after)[level]) for level, words in LEVELS.items()]

    @property
    def gain(self) -> float | None:
        """By how much the mean answer moved, of five; None when too few answered on either side."""
        if min(self.before.total(), self.after.total()) < FEWEST:
            return None
        return round(_mean(self.after) - _mean(self.before), 1)


def _shown(answers: Counter[int]) -> Counter[int]:
    return answers if answers.total() >= FEWEST else Counter()


def _mean(answers: Counter[int]) -> float:
    return sum(level * count for level, count in answers.items()) / answers.total()


def of_workshop(workshop_id: int) -> Report:
    """The report of every group that the workshop has had."""
    goes = _goes(workshop_id)
    last = Counter(_stops(goes))
    lines = [_line(number, one, goes[one.slug], last[one.slug]) for number, one in enumerate(service.of_workshop(workshop_id), 1)]
    people = {person for those in goes.values() for person in those}
    return Report(len(people), lines, _felt(workshop_id, When.BEFORE), _felt(workshop_id, When.AFTER))


@vanishing.remembers
def figures(workshop_id: int) -> dict[str, int]:
    """What stays of a workshop that is erased."""
    told = of_workshop(workshop_id)
    return {"personnes": told.people, "exercices faits": told.done}


def _goes(workshop_id: int) -> dict[str, dict[Person, list[Attempt]]]:
    """By exercise and by person, their goes in order: whoever was put back may have had several."""
    found: dict[str, dict[Person, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    query = sa.select(Attempt).where(Attempt.workshop_id == workshop_id).order_by(Attempt.id)
    for go in db.session.scalars(query):
        if go.begun_at or go.done_at:
            found[go.exercise][go.world_id, go.seat].append(go)
    return found


def _line(number: int, exercise: service.Exercise, goes: dict[Person, list[Attempt]], stopped: int) -> Line:
    took = [seconds for those in goes.values() if (go := _first_done(those)) and (seconds := _seconds(go)) is not None]
    return Line(
        number, exercise.title, len(goes), sum(_first_done(those) is not None for those in goes.values()),
        timedelta(seconds=median(took)) if took else None, sum(any(go.hints for go in those) for those in goes.values()),
        sum(max(go.hints for go in those) for those in goes.values()), stopped,
    )


def _seconds(go: Attempt) -> float | None:
    """From its opening to its being done; None when it was done without being opened."""
    return (go.done_at - go.begun_at).total_seconds() if go.done_at and go.begun_at else None


def _first_done(goes: list[Attempt]) -> Attempt | None:
    return next((go for go in goes if go.done_at), None)


def _stops(goes: dict[str, dict[Person, list[Attempt]]]) -> list[str]:
    """For each person whose last opened exercise was not done: that exercise."""
    latest: dict[Person, tuple[datetime, str, bool]] = {}
    for slug, by_person in goes.items():
        for person, those in by_person.items():
            at = max(moment for go in those for moment in (go.begun_at, go.done_at) if moment)
            latest[person] = max(latest.get(person, (at, "", False)), (at, slug, _first_done(those) is not None))
    return [slug for _, slug, is_done in latest.values() if not is_done]


def _felt(workshop_id: int, moment: When) -> Counter[int]:
    query = sa.select(Feeling.level, sa.func.count()).where(Feeling.workshop_id == workshop_id, Feeling.moment == moment)
    return Counter({level: count for level, count in db.session.execute(query.group_by(Feeling.level))})
