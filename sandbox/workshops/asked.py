"""What exercises ask about is in their pack: a question about what nobody has would never be true."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.workshops.fixtures import common
from sandbox.workshops.packs import Item, Pack

COPY = "o-"  # the readable copy of a prescription, among the documents


def problems(pack: Pack) -> Iterator[tuple[str, str]]:
    """The exercise, and what it asks about that is not there."""
    known = _known(pack)
    for exercise in pack.exercises:
        for kind, name in exercise.get("params", {}).items():
            if kind in known and name not in known[kind]:
                yield exercise.get("slug", "?"), f"« {kind} = {name} » n’est ni dans les dossiers du pack, ni dans ses déclencheurs. Corrigez son nom"


def _known(pack: Pack) -> dict[str, set[str]]:
    """What may be named, by the name that questions give it."""
    signed = {item.get("ref", "") for item in pack.prescriptions} | _brought(pack, "prescription")
    return {
        "document": {item.get("ref", "") for item in pack.documents} | _brought(pack, "document") | {f"{COPY}{ref}"[:40] for ref in signed},
        "conversation": {item.get("ref", "") for item in pack.conversations} | _brought(pack, "conversation"),
        "prescription": signed,
        "professional": {item.get("ref", "") for item in pack.professionals},
        "lure": {item["slug"] for item in common("lures")["lure"]},
        "service": {item["slug"] for item in common("services")["service"]},
    }


def _brought(pack: Pack, kind: str) -> set[str]:
    """What triggers bring."""
    brought: list[Item] = [item[kind] for item in pack.triggers if isinstance(item.get(kind), dict)]
    return {item.get("ref", "") for item in brought}
