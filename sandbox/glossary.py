"""The words of the site: each with its plain explanation and its name in the code, for the pages and their popovers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sandbox.french import folded
from sandbox.workshops.fixtures import common


@dataclass(frozen=True)
class Word:
    slug: str
    word: str
    explanation: str
    name: str  # what the code calls it
    variants: tuple[str, ...]

    @property
    def heard(self) -> str:
        """Where a search looks."""
        return folded(" ".join((self.word, *self.variants, self.explanation)))


@lru_cache(maxsize=1)
def words() -> dict[str, Word]:
    """By slug, in the order of the fixtures."""
    return {item["slug"]: Word(**item | {"variants": tuple(item["variants"])}) for item in common("glossary")["word"]}


def word(slug: str) -> Word:
    """The word that a template names. Raises KeyError for one that the glossary has not."""
    return words()[slug]


@lru_cache(maxsize=1)
def alphabetical() -> tuple[Word, ...]:
    return tuple(sorted(words().values(), key=lambda one: folded(one.word)))


def search(asked: str) -> list[Word]:
    """The words that contain everything that was typed; those that begin so come first."""
    typed = folded(asked).split()
    found = [one for one in alphabetical() if all(each in one.heard for each in typed)]
    return sorted(found, key=lambda one: not _named(one, typed))


def _named(one: Word, typed: Iterable[str]) -> bool:
    said = folded(" ".join((one.word, *one.variants)))
    return all(each in said for each in typed)
