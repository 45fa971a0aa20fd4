"""What the address of the list asks for, and the groups in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sandbox.prevention.calendar import Kind, Requirement
from sandbox.prevention.models import State
from sandbox.prevention.recommended import LABELS, Item

KINDS = {Kind.EXAM: "Examens", Kind.VACCINE: "Vaccins", Kind.SCREENING: "Dépistages"}
REQUIREMENTS = {Requirement.COMPULSORY: "Obligatoire", Requirement.RECOMMENDED: "Recommandé"}
UNSAID = "non-precise"
STATES = {state.value.replace("_", "-") if state else UNSAID: words for state, words in LABELS.items()}
OFFERED = {
    "sorte": ("Quoi", {kind.value: words for kind, words in KINDS.items()}),
    "obligation": ("Obligatoire ou non", {one.value: words for one, words in REQUIREMENTS.items()}),
    "etat": ("Où vous en êtes", STATES),
}
READ: dict[str, Callable[[Item], str]] = {
    "sorte": lambda item: item.kind.value,
    "obligation": lambda item: item.requirement.value,
    "etat": lambda item: item.state.value.replace("_", "-") if item.state else UNSAID,
}


@dataclass(frozen=True)
class Group:
    """A part of the list; `folded` when it is not what one came for."""

    slug: str
    title: str
    items: list[Item]
    folded: bool = False


def read(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters in force; what no filter offers is not one."""
    return {name: asked[name] for name, (_, words) in OFFERED.items() if asked.get(name, "") in words}


def kept(items: list[Item], filters: Mapping[str, str]) -> list[Item]:
    return [item for item in items if all(READ[name](item) == value for name, value in filters.items())]


def groups(items: list[Item]) -> list[Group]:
    """What to do now, what comes, what is done, what is past or put aside: each in its own order."""
    done = [item for item in items if item.is_done]
    aside = [item for item in items if not item.is_done and (item.is_past or item.state is State.NOT_DONE)]
    waits = [item for item in items if item not in done and item not in aside]
    coming = sorted((item for item in waits if item.is_to_come), key=lambda item: item.opens_on)
    return [
        Group("maintenant", "À faire maintenant", sorted((item for item in waits if item.is_open), key=_urgency)),
        Group("bientot", "Bientôt", [item for item in coming if item.is_soon]),
        Group("plus-tard", "Plus tard", [item for item in coming if not item.is_soon], folded=True),
        Group("fait", "Fait", sorted(done, key=lambda item: item.done_on or item.opens_on, reverse=True)),
        Group("passe", "Passé ou non fait", sorted(aside, key=lambda item: item.closes_on or date.max, reverse=True), folded=True),
    ]


def _urgency(item: Item) -> tuple[bool, date]:
    """What is compulsory first, then what closes first."""
    return item.requirement is not Requirement.COMPULSORY, item.closes_on or date.max
