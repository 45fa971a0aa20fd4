"""Workshops counted by territory and month: numbers alone, whoever's they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from sandbox import french, tables_csv
from sandbox.db import db
from sandbox.exercises.models import Attempt
from sandbox.workshops.models import Workshop

NOWHERE = "Territoire non précisé"
HEADS = ("Territoire", "Mois", "Ateliers", "Places", "Exercices faits", "Données réelles refusées")
Key = tuple[str, date]  # a territory as it is folded, the first day of a month


@dataclass(frozen=True)
class Sums:
    workshops: int = 0
    seats: int = 0
    done: int = 0
    refusals: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(mine + theirs for mine, theirs in zip(self.cells, other.cells, strict=True)))

    @property
    def cells(self) -> tuple[int, int, int, int]:
        return self.workshops, self.seats, self.done, self.refusals


@dataclass(frozen=True)
class Territory:
    """Its months, the latest first."""

    name: str
    months: list[tuple[date, Sums]]

    @property
    def total(self) -> Sums:
        return added(sums for _, sums in self.months)


def added(every: Iterable[Sums]) -> Sums:
    return sum(every, Sums())


def by_territory() -> list[Territory]:
    """Every territory, by name; the workshops that have none last."""
    sums, names, done = defaultdict[Key, Sums](Sums), defaultdict[str, Counter[str]](Counter), _done()
    columns = Workshop.id, Workshop.territory, Workshop.held_on, Workshop.seats, Workshop.refusals, Workshop.figures
    for number, territory, held_on, seats, refusals, figures in db.session.execute(sa.select(*columns)):
        key = french.folded(territory)
        names[key][territory] += 1
        made = (figures or {}).get("exercices faits", done[number])
        sums[key, held_on.replace(day=1)] += Sums(1, seats, made, refusals)
    return [
        Territory(names[key].most_common(1)[0][0] or NOWHERE, sorted(_months(sums, key), reverse=True, key=lambda month: month[0]))
        for key in sorted(names, key=lambda key: (not key, key))
    ]


def _months(sums: dict[Key, Sums], key: str) -> list[tuple[date, Sums]]:
    return [(month, found) for (territory, month), found in sums.items() if territory == key]


def _done() -> Counter[int]:
    """How many exercises were done in each workshop: once by whoever sat there, however often they did it again."""
    once = sa.select(Attempt.workshop_id, Attempt.world_id, Attempt.seat, Attempt.exercise).where(Attempt.done_at.is_not(None)).distinct().subquery()
    query = sa.select(once.c.workshop_id, sa.func.count()).group_by(once.c.workshop_id)
    return Counter({number: count for number, count in db.session.execute(query)})


def csv_of(territories: list[Territory]) -> str:
    """What French spreadsheets open without a question."""
    rows = [
        (territory.name, f"{month:%Y-%m}", *map(str, sums.cells)) for territory in territories for month, sums in territory.months
    ]
    return tables_csv.written([HEADS, *rows])
