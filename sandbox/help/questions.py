"""Questions and answers of the help, read from the fixtures, and how one finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sandbox.french import folded
from sandbox.workshops.fixtures import common

EMPTY_WORDS = frozenset(
    """
    a ai au aux c ce ces cet cette comment d dans de des du elle en est et faire faut il ils j je l la le les leur m ma me mes mon
    n ne nous on ou par pas peut peux pour pourquoi puis qu que quel quelle quels qui quoi s sa se ses si son sur suis t un une
    veut veux vous y
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Theme:
    slug: str
    label: str
    icon: str


@dataclass(frozen=True)
class Does:
    """The page where one does what the answer tells."""

    endpoint: str
    label: str


@dataclass(frozen=True)
class Question:
    slug: str
    theme: Theme
    question: str
    answer: str
    popular: bool
    does: Does | None
    said: str  # what a search looks into first: the question
    first: str  # then with the words that people type instead
    rest: str  # then the answer


@lru_cache(maxsize=1)
def themes() -> dict[str, Theme]:
    """By slug, in the order of the fixtures."""
    return {item["slug"]: Theme(**item) for item in common("help")["theme"]}


@lru_cache(maxsize=1)
def questions() -> dict[str, Question]:
    """By slug, in the order of the fixtures."""
    return {item["slug"]: _question(item) for item in common("help")["question"]}


def _question(item: dict[str, Any]) -> Question:
    return Question(
        slug=item["slug"], theme=themes()[item["theme"]], question=item["question"], answer=item["answer"].strip(),
        popular=item.get("popular", False), does=Does(**item["does"]) if "does" in item else None,
        said=" ".join(_words(item["question"])),
        first=" ".join(_words(f"{item['question']} {item.get('words', '')}")), rest=" ".join(_words(item["answer"])),
    )


def popular() -> list[Question]:
    return [one for one in questions().values() if one.popular]


def by_theme() -> dict[Theme, list[Question]]:
    """Every question under its theme."""
    return {theme: [one for one in questions().values() if one.theme is theme] for theme in themes().values()}


def beside(question: Question) -> list[Question]:
    """The other questions of the same theme."""
    return [one for one in questions().values() if one.theme is question.theme and one is not question]


def search(asked: str) -> list[Question]:
    """Those that have every word, accents and plurals or not: in the question first, then in the answer alone."""
    words = _wanted(asked)
    if not words:
        return []
    found = [one for one in questions().values() if all(word in one.first or word in one.rest for word in words)]
    return sorted(found, key=lambda one: [sum(word not in where for word in words) for where in (one.said, one.first)])


def near(text: str, most: int = 3) -> list[Question]:
    """Those that share the most words with what somebody wrote."""
    words = [word for word in set(_wanted(text)) if len(word) > 3]
    shared = {one.slug: sum(2 * (word in one.said) + (word in one.first) for word in words) for one in questions().values()}
    found = sorted(questions().values(), key=lambda one: -shared[one.slug])
    return [one for one in found if shared[one.slug]][:most]


def _wanted(asked: str) -> list[str]:
    """The words that say something, without their ending."""
    words = [word for word in _words(asked) if word not in EMPTY_WORDS]
    return [re.sub(r"(es|s|x|er|e)$", "", word) if len(word) > 4 else word for word in words]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
