"""What is recommended by age and sex (`fixtures/common/prevention.toml`), cut into windows for whoever was born that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sandbox.account.models import Sex
from sandbox.prevention import exams
from sandbox.prevention.exams import Exam, birthday
from sandbox.workshops.fixtures import common

OLDEST = "120y"  # until then comes again what has no end


class Kind(StrEnum):
    EXAM = "examen"
    VACCINE = "vaccin"
    SCREENING = "depistage"


class Requirement(StrEnum):
    COMPULSORY = "obligatoire"
    RECOMMENDED = "recommande"


@dataclass(frozen=True)
class Ages:
    """`opens` included, `shuts` excluded (None: no end), told in completed age."""

    opens: str
    shuts: str | None
    label: str


@dataclass(frozen=True)
class Season:
    """Each year, from a day (« 10-15 ») to another, included."""

    first: str
    last: str

    def of(self, year: int) -> tuple[date, date]:
        """The one that begins that year."""
        return date.fromisoformat(f"{year}-{self.first}"), date.fromisoformat(f"{year + (self.last < self.first)}-{self.last}")


@dataclass(frozen=True, eq=False)
class Thing:
    """One exam, vaccine or screening, in plain words; `exam`: a code of child_exams, `vaccines`: those that count."""

    code: str
    title: str
    kind: Kind
    requirement: Requirement
    audience: str
    what: str
    why: str
    how: str
    by: str
    cost: str
    ages: tuple[Ages, ...]
    sex: Sex | None = None
    every: str = ""
    season: Season | None = None
    vaccines: tuple[str, ...] = ()
    doses: int = 1
    since: date | None = None  # for whoever was born from that day on
    exam: str = ""

    @property
    def repeats(self) -> bool:
        return bool(self.every or self.season)

    def concerns(self, born: date, sex: Sex) -> bool:
        """At some age of theirs."""
        return self.sex in {None, sex} and (self.since is None or born >= self.since)


@dataclass(frozen=True, eq=False)
class Window:
    """When a thing is to be made; `closes_on` included, None when it has no end."""

    thing: Thing
    opens_on: date
    closes_on: date | None
    label: str = ""


@lru_cache(maxsize=1)
def every() -> tuple[Thing, ...]:
    """The whole calendar: the twenty exams, then the rest."""
    told = common("prevention")
    of_children = (_child_exam(exam, told["child_exam"]) for exam in exams.every().values())
    return (*of_children, *(_thing(one) for one in told["item"]))


@lru_cache(maxsize=128)
def windows(born: date, sex: Sex) -> tuple[Window, ...]:
    """Every window of a whole life, in the order of the calendar; a thing is never open twice at once."""
    return tuple(
        window for thing in every() if thing.concerns(born, sex) for window in _windows(thing, born)
    )


def _windows(thing: Thing, born: date) -> Iterator[Window]:
    for ages in thing.ages:
        if thing.season:
            yield from _seasons(thing, ages, thing.season, born)
        elif thing.every:
            yield from _parts(thing, ages, born)
        else:
            yield Window(thing, birthday(born, ages.opens), _last(born, ages.shuts), ages.label)


def _parts(thing: Thing, ages: Ages, born: date) -> Iterator[Window]:
    """Equal parts that follow one another; the last one may be shorter."""
    step, end = _months(thing.every), _months(ages.shuts or OLDEST)
    for month in range(_months(ages.opens), end, step):
        yield Window(thing, birthday(born, f"{month}m"), _last(born, f"{min(month + step, end)}m"), ages.label)


def _seasons(thing: Thing, ages: Ages, season: Season, born: date) -> Iterator[Window]:
    """Each season of which at least a day is within the ages."""
    first, last = birthday(born, ages.opens), birthday(born, ages.shuts or OLDEST) - timedelta(days=1)
    for year in range(first.year - 1, last.year + 1):
        begins, ends = season.of(year)
        if ends >= first and begins <= last:
            yield Window(thing, max(begins, first), min(ends, last), ages.label)


def _last(born: date, shuts: str | None) -> date | None:
    return birthday(born, shuts) - timedelta(days=1) if shuts else None


def _months(age: str) -> int:
    return int(age[:-1]) * (12 if age[-1] == "y" else 1)


def _thing(told: Mapping[str, Any]) -> Thing:
    season = told.get("season")
    return Thing(
        **_words(told), code=told["code"], title=told["title"], kind=Kind(told["kind"]), requirement=Requirement(told["requirement"]),
        ages=tuple(Ages(one["from"], one.get("until"), one.get("label", "")) for one in told["windows"]),
        sex=Sex(told["sex"]) if "sex" in told else None, every=told.get("every", ""),
        season=Season(season["from"], season["until"]) if season else None,
        vaccines=tuple(told.get("vaccines", ())), doses=told.get("doses", 1), since=told.get("since"),
    )


def _child_exam(exam: Exam, told: Mapping[str, Any]) -> Thing:
    words = _words(told)
    if exam.certificate:
        words["how"] += f" {told['certificate']}"
    return Thing(
        **words, code=f"examen-{exam.code}", title=exam.title, kind=Kind.EXAM, requirement=Requirement.COMPULSORY,
        ages=(Ages(exam.opens, exam.shuts, ""),), exam=exam.code,
    )


def _words(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("audience", "what", "why", "how", "by", "cost")}
