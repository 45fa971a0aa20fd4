"""How one finds a service: words, theme, region and page, as the address says them; and the page that answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

from sandbox import paging
from sandbox.account.models import Record
from sandbox.catalogue import service
from sandbox.catalogue.service import Service
from sandbox.french import folded

PAGE, LONGEST = 10, 60
USUAL = {"q": "", "theme": "", "region": "", "page": 1}
EMPTY_WORDS = frozenset(
    """
    a ai application aux avec chez comment d dans de des du en et je l la le les ma me mes mon ou par pour que qui sans se service
    services sur un une veux
    """.split()  # noqa: SIM905
)


class Chip(NamedTuple):
    """A filter in force: its words, and what to change in the address to remove it."""

    label: str
    without: dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What a person asks for; what is not said, or said wrong, is as usual."""

    words: str = ""
    theme: str = ""
    region: str = ""
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.theme or self.region)

    def address(self, **changes: Any) -> dict[str, Any]:
        """The same as arguments of an address; what is as usual is left out."""
        said = {"q": self.words, "theme": self.theme, "region": self.region, "page": self.page} | changes
        return {name: value for name, value in said.items() if value != USUAL[name]}

    def chips(self) -> list[Chip]:
        """The filters in force, in words."""
        theme = service.themes()[self.theme].label if self.theme else ""
        named = [(f"« {self.words} »" if self.words else "", "q"), (theme, "theme"), (self.region, "region")]
        return [Chip(label, {name: "", "page": 1}) for label, name in named if label]


class Answer(NamedTuple):
    """One page of what was found; `heard` are the words understood instead of those that nothing has."""

    rows: list[Service]
    found: int
    page: int
    pages: int
    total: int
    heard: list[str]


def read(args: Mapping[str, str]) -> Wanted:
    """`?q=diabete&theme=observance&region=Bretagne&page=2`."""
    theme, region, page = args.get("theme", ""), args.get("region", ""), args.get("page", "")
    return Wanted(
        words=" ".join(args.get("q", "").split())[:LONGEST].strip(), theme=theme if theme in service.themes() else "",
        region=region if region in service.regions() else "", page=int(page) if re.fullmatch(r"[0-9]{1,4}", page) else 1,
    )


def answer(record: Record, wanted: Wanted) -> Answer:
    """The services that have every word, accents, plurals and order aside, of that theme, offered in that region."""
    every = service.every(record).values()
    words, heard = _understood(wanted.words)
    found = [
        one for one in every
        if all(_is_in(word, one.words) for word in words)
        and (not wanted.theme or one.theme.slug == wanted.theme)
        and (not wanted.region or one.is_offered_in(wanted.region))
    ]
    page, pages = paging.place(len(found), wanted.page, PAGE)
    return Answer(found[(page - 1) * PAGE : page * PAGE], len(found), page, pages, len(every), heard)


def held() -> Counter[str]:
    """How many services each theme has."""
    return Counter(one.theme.slug for one in service.services().values())


def _understood(typed: str) -> tuple[list[str], list[str]]:
    """The words to look for, and those among them that stand for a word that no sheet has: a slip of the finger."""
    words, heard = [], []
    for word in re.findall(r"\w+", folded(typed)):
        if word in EMPTY_WORDS:
            continue
        near = [] if any(_is_in(word, one.words) for one in service.services().values()) else _near(word)
        words.append(near[0] if near else word)
        heard += [_vocabulary()[one] for one in near]
    return words, heard


def _is_in(word: str, sheet: str) -> bool:
    """The beginning of a word of the sheet, its ending aside; a short word is wanted whole."""
    if len(word) < 4:
        return f" {word} " in sheet
    return f" {re.sub(r'(es|s|x|er|e)$', '', word) if len(word) > 4 else word}" in sheet


def _near(word: str) -> list[str]:
    return get_close_matches(word, _vocabulary(), n=1, cutoff=0.8) if len(word) > 4 else []


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, str]:
    """Each word that says what a service is, as searched → as written."""
    told = (f"{one.name} {one.theme.label} {one.summary} {one.also}" for one in service.services().values())
    return {folded(word): word for word in sorted(set(re.findall(r"\w+", " ".join(told).lower()))) if len(word) > 4}
