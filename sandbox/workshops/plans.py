"""The plan of a session, as a pack's author writes it for the trainer: stages that follow one another, minute by minute."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sandbox import typesetting
from sandbox.db import db
from sandbox.french import NBSP
from sandbox.workshops import worlds
from sandbox.workshops.cards import BANNER
from sandbox.workshops.fixtures import read
from sandbox.workshops.models import Snapshot, Workshop
from sandbox.workshops.packs import Item, Pack

FILE = "plan.toml"
AN_HOUR = 60


@dataclass(frozen=True)
class Moment:
    """What happens by itself once the timeline is started."""

    minute: int
    title: str
    note: str


@dataclass(frozen=True)
class Press:
    """What the trainer makes happen, and when."""

    slug: str
    title: str
    when: str


@dataclass(frozen=True)
class Stage:
    """One stage, which lasts from `start` to `end`, in minutes."""

    number: int
    start: int
    end: int
    title: str
    says: list[str]
    does: list[str]
    exercises: list[str]
    moments: list[Moment]
    presses: list[Press]
    materials: list[str]
    pitfalls: list[str]

    @property
    def span(self) -> str:
        """« 6 à 11 min », « 54 min à 1 h 08 »."""
        first = str(self.start) if self.end < AN_HOUR else clock_of(self.start)
        return f"{first} à {clock_of(self.end)}"

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class SessionPlan:
    """The whole of it; `audience` and `duration` as the pack says."""

    pack: str
    audience: str
    duration: str
    goal: str
    prepare: list[str]
    stages: list[Stage]
    after: list[str]


def of_pack(pack: Pack) -> Item:
    """What the author wrote, to travel with the workshop; nothing when the pack has no plan. Raises BrokenPack."""
    path = pack.folder / FILE  # a plan is of one pack alone: that of the extended one is about other exercises
    return read(path) if path.is_file() else {}


def of_workshop(workshop: Workshop) -> SessionPlan | None:
    """What its starting point carries; none for a workshop from before plans, or whose plan cannot be read."""
    start = db.session.get(Snapshot, workshop.start_id)
    head: Any = worlds.unpack(start.head) if start else {}
    try:
        return _plan(head) if head.get("plan") else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def pdf(title: str, facts: str, plan: SessionPlan) -> bytes:
    """The plan as a tagged PDF."""
    stages = [asdict(stage) | {"span": stage.span, "minutes": stage.minutes} for stage in plan.stages]
    return typesetting.pdf("workshops/plan.typ", asdict(plan) | {"title": title, "banner": BANNER, "facts": facts, "stages": stages})


def clock_of(minutes: int) -> str:
    """« 35 min », « 1 h », « 1 h 05 »."""
    hours, rest = divmod(minutes, AN_HOUR)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def _plan(head: Item) -> SessionPlan:
    told, about = head["plan"], head["pack"]
    stages: list[Stage] = []
    for item in told["stage"]:
        stages.append(_stage(head, item, len(stages) + 1, stages[-1].end if stages else 0))
    return SessionPlan(
        pack=str(about["title"]), audience=str(about.get("audience", "")), duration=str(about.get("duration", "")),
        goal=str(told.get("goal", "")), prepare=_words(told, "prepare"), stages=stages, after=_words(told, "after"),
    )


def _stage(head: Item, item: Item, number: int, start: int) -> Stage:
    exercises = {exercise["slug"]: exercise["title"] for exercise in head["exercises"]}
    triggers = {trigger["slug"]: trigger["title"] for trigger in head["triggers"]}
    end = start + int(item["minutes"])
    return Stage(
        number=number, start=start, end=end, title=str(item["title"]),
        says=_paragraphs(item["says"]), does=_paragraphs(item["does"]),
        exercises=[exercises[slug] for slug in item.get("exercises", [])],
        moments=[
            Moment(moment["after"], triggers[moment["trigger"]], str(moment.get("note", "")))
            for moment in head.get("timeline", []) if start <= moment["after"] < end
        ],
        presses=[Press(press["trigger"], triggers[press["trigger"]], str(press["when"])) for press in item.get("fires", [])],
        materials=_words(item, "materials"), pitfalls=_words(item, "pitfalls"),
    )


def _words(item: Item, key: str) -> list[str]:
    return [str(words) for words in item.get(key, [])]


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip().replace("\n", " ") for paragraph in str(text).strip().split("\n\n")]
