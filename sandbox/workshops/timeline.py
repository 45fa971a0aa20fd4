"""What a pack's author wants to happen by itself, so many minutes after the trainer says go: read as a proof-reader does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from sandbox.workshops.fixtures import line_of
from sandbox.workshops.packs import Item, Pack

FILE = "timeline.toml"
MOST_MINUTES = 24 * 60
NOTE = 300
EVERYONE = "all"


def problems(pack: Pack) -> Iterator[str]:
    """What is wrong in the moments."""
    last = 0
    for moment in pack.moments:
        where = _at(pack, moment.get("trigger", ""))
        yield from _moment(pack, where, moment)
        after = moment.get("after")
        if _is_number(after):
            if after < last:
                yield f"{where} : ce moment vient à {after} minutes, après un autre qui vient à {last}. Écrivez-les dans l’ordre."
            last = max(last, after)


def _moment(pack: Pack, where: str, moment: Item) -> Iterator[str]:
    if moment.get("trigger") not in {trigger.get("slug") for trigger in pack.triggers}:
        yield f"{where} : le déclencheur « {moment.get('trigger')} » n’est pas dans triggers.toml. Corrigez son nom."
    if not _is_number(moment.get("after")) or not 0 <= moment["after"] <= MOST_MINUTES:
        yield f"{where} : « after » est un nombre de minutes depuis le début, de 0 à {MOST_MINUTES}."
    seats = moment.get("seats", EVERYONE)
    if seats != EVERYONE and not (isinstance(seats, list) and seats and all(_is_number(seat) and seat > 0 for seat in seats)):
        yield f"{where} : « seats » est \"all\", ou une liste de numéros de places, par exemple [1, 2]."
    if len(str(moment.get("note", ""))) > NOTE:
        yield f"{where} : la note dépasse {NOTE} signes. Raccourcissez-la."


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _at(pack: Pack, text: Any) -> str:
    return f"{FILE}, ligne {line_of(pack.path(FILE), str(text))}"
