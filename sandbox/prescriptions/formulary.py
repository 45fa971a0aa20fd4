"""What can be prescribed: the list of medicines and products, and that of care acts, searched as people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sandbox.french import folded
from sandbox.prescriptions.kinds import Kind
from sandbox.workshops.fixtures import common

MOST = 12  # proposed for a few letters
GRAM = re.compile(r"\b1 ?000 mg\b")


@dataclass(frozen=True)
class Item:
    """`per_unit`: how many of what `counts` names are in one `unit`; without `counts` a number of boxes cannot be worked out."""

    code: str
    name: str
    unit: str
    per_unit: int = 1
    counts: str = ""


@lru_cache(maxsize=8)
def items(kind: Kind) -> dict[str, Item]:
    """Those of one kind of prescription, by the name without accents."""
    if kind is Kind.PRODUCTS:
        told = [{name: drug[name] for name in drug} for drug in common("drugs")["drug"]]
    else:
        told = [{name: act[name] for name in act if name != "kind"} for act in common("care_acts")["act"] if act["kind"] == kind]
    return {_plain(one["name"]): Item(**one) for one in told}


def named(kind: Kind, typed: str) -> Item | None:
    """The one of this very name, written with or without accents."""
    return items(kind).get(_plain(typed))


def like(kind: Kind, typed: str) -> list[Item]:
    """Those that have each of these words, those that begin with the first one before the others."""
    words = _plain(typed).split()
    if not words:
        return []
    found = [(not name.startswith(words[0]), item) for name, item in items(kind).items() if all(word in name for word in words)]
    return [item for _, item in sorted(found, key=lambda one: one[0])][:MOST]


def same(one: str, other: str) -> bool:
    """Whether two names are one, however they are written."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return GRAM.sub("1 g", " ".join(folded(text).replace(",", " ").split()))
