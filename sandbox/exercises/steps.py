"""The steps of an exercise, as its pack tells them: what to do now, where on the page, and what says that it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.exercises import questions
from sandbox.landmarks import LANDMARKS
from sandbox.workshops.fixtures import BrokenPack

THINGS = ("document", "conversation", "prescription", "professional")
PHONE = "mailbox"  # its screens also lie beside every page


@dataclass(frozen=True)
class Where:
    """A page that somebody looks at."""

    endpoint: str
    ref: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page of the site: « documents.index », « journal.index?onglet=professionnels », « catalogue.index?q » (anything
    asked), « documents.show#document:bilan-lipidique » (when the step itself speaks of another thing).
    """

    endpoint: str
    asked: tuple[tuple[str, str], ...] = ()
    of: str = ""

    @classmethod
    def told(cls, text: str) -> Page:
        text, _, of = text.partition("#")
        endpoint, _, query = text.partition("?")
        pairs = (part.partition("=") for part in query.split("&") if part)
        return cls(endpoint, tuple((name, value) for name, _, value in pairs), of)

    def is_at(self, where: Where, refs: Mapping[str, str], of: str) -> bool:
        """Whether somebody is there, at the page of its thing or of this one."""
        ref = refs.get(self.of or of, "")
        if where.endpoint != self.endpoint or (ref and where.ref and where.ref != ref):
            return False
        return all((where.query.get(name) == value) if value else where.query.get(name) for name, value in self.asked)


@dataclass(frozen=True, kw_only=True)
class Step:
    """`page`: where it is done, none for anywhere; `of`: the thing that its page or its landmark speaks of."""

    say: str
    at: str
    page: tuple[Page, ...] = ()
    of: str = ""
    question: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    reaches: Page | None = None

    @property
    def is_on_phone(self) -> bool:
        return bool(self.page) and self.page[0].endpoint.startswith(f"{PHONE}.")

    def is_here(self, where: Where, refs: Mapping[str, str]) -> bool:
        """Whether one is on a page that is this step's and not any page's."""
        return any(page.is_at(where, refs, self.of) for page in self.page)

    def ends_at(self, where: Where, refs: Mapping[str, str]) -> bool:
        """Whether that page is what it was to reach."""
        return self.reaches is not None and self.reaches.is_at(where, refs, self.of)

    def is_closer(self, other: Step, where: Where, refs: Mapping[str, str]) -> bool:
        """Whether that page is this step's more than the other's: it says what was asked there."""
        here = [len(page.asked) for page in self.page if page.is_at(where, refs, self.of)]
        return bool(here) and max(here) > max((len(page.asked) for page in other.page), default=0)

    @property
    def things(self) -> set[str]:
        return {of for of in (self.of, *(page.of for page in self.page)) if of}

    def fits(self, where: Where, refs: Mapping[str, str]) -> bool:
        """Whether its landmark is on this page."""
        beside = self.is_on_phone and not where.endpoint.startswith(f"{PHONE}.")
        return not self.page or beside or self.is_here(where, refs)


def read(told: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The steps, from what a pack writes; the starting point of a workshop keeps them as written."""
    return tuple(_read(item) for item in told)


def _read(item: Mapping[str, Any]) -> Step:
    until, pages = item.get("until", {}), item.get("page", [])
    return Step(
        say=item["say"], at=item["at"], of=item.get("of", ""), question=until.get("question", ""), params=until.get("params", {}),
        page=tuple(Page.told(text) for text in ([pages] if isinstance(pages, str) else pages)),
        reaches=Page.told(until["page"]) if "page" in until else None,
    )


def problems(exercise: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the steps of one exercise, one sentence each."""
    told = exercise.get("step", [])
    for number, item in enumerate(told, 1):
        where = f"exercises.toml : étape {number} de « {exercise.get('slug', '?')} »"
        for sentence in _problems(item, is_last=number == len(told), following=told[number] if number < len(told) else {}):
            yield f"{where} : {sentence}"


def _problems(item: Mapping[str, Any], *, is_last: bool, following: Mapping[str, Any]) -> Iterator[str]:
    if not item.get("say"):
        yield "il manque « say », la phrase qui dit quoi faire."
    if item.get("at") not in LANDMARKS:
        yield f"le repère « {item.get('at', '')} » n’existe pas. Repères : {', '.join(LANDMARKS)}."
    elif LANDMARKS[item["at"]].is_of_one and not item.get("of"):
        yield "ce repère parle d’une chose précise : dites laquelle avec « of », par exemple of = \"document:bilan-lipidique\"."
    if (of := item.get("of", "")) and of.partition(":")[0] not in THINGS:
        yield f"« of » commence par {', '.join(f'{thing}:' for thing in THINGS)} suivi d’un nom."
    until = item.get("until", {})
    if until.get("question"):
        try:
            questions.query(until["question"], until.get("params", {}))
        except BrokenPack as broken:
            yield from broken.problems
    elif "page" not in until and not is_last and not following.get("page"):
        yield "rien ne dit quand elle est faite. Ajoutez « until », ou « page » à l’étape suivante."
