"""The teaching matrix: which profession may read which groups of documents.

A simplified reading of the arrêté of 26 October 2023 (reference §1.11), labelled as such: `fixtures/common/matrix.csv`,
or the file a trainer gives in its place. A cell is « oui », « non », or « sauf CODE CODE » (all types but these).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO

from sandbox import blobs, tenancy
from sandbox.config import resources
from sandbox.errors import Refused
from sandbox.workshops.fixtures import common

PATIENTS = "patient"  # the group of what the person added
UNKNOWN = "compte_rendu"  # the group of a document whose type nobody said
FIRST = "profession"


@dataclass(frozen=True)
class Cell:
    """What one profession may read of one group."""

    allowed: bool
    but: frozenset[str] = frozenset()  # types left out

    @property
    def is_partial(self) -> bool:
        return self.allowed and bool(self.but)


NOTHING = Cell(allowed=False)
Matrix = dict[str, dict[str, Cell]]  # profession → group → cell


def allows(profession: str, kind: str, *, patients: bool) -> bool:
    """Whether this profession may read a document of this type; `patients`: the person added it."""
    cell = current().get(profession, {}).get(group_of(kind, patients=patients), NOTHING)
    return cell.allowed and kind not in cell.but


def group_of(kind: str, *, patients: bool) -> str:
    """The group of the matrix that a document belongs to."""
    found = _kinds().get(kind)
    return PATIENTS if patients and (not found or kind.startswith(("DOCPAT", "EXPPAT"))) else found or UNKNOWN


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    return {kind["code"]: kind["group"] for kind in common("document_kinds")["kind"]}


def current() -> Matrix:
    """The matrix of the workshop one is in: the trainer's own, or ours."""
    where = tenancy.bound()
    return _kept(where.matrix) if where and where.matrix else ours()


@lru_cache(maxsize=1)
def ours() -> Matrix:
    return read((resources("fixtures") / "common" / "matrix.csv").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _kept(name: str) -> Matrix:
    return read(blobs.read(name).decode())


def read(text: str) -> Matrix:
    """A matrix from its CSV. Raises Refused with the line and the cure."""
    sample = text.split("\n", 1)[0]
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";" if ";" in sample else ","))
    groups = [group["code"] for group in common("groups")["group"]]
    if not rows or [name.strip().lower() for name in rows[0]] != [FIRST, *groups]:
        raise Refused(f"La première ligne doit nommer les colonnes : {', '.join([FIRST, *groups])}.")
    return dict(_read_row(number, row, groups) for number, row in enumerate(rows[1:], 2) if any(row))


def _read_row(number: int, row: list[str], groups: list[str]) -> tuple[str, dict[str, Cell]]:
    profession, *cells = (cell.strip() for cell in row)
    if profession not in {known["code"] for known in common("professions")["profession"]}:
        raise Refused(f"Ligne {number} : la profession « {profession} » n’a pas de code connu, par exemple 60 pour infirmier.")
    if len(cells) != len(groups):
        raise Refused(f"Ligne {number} : il faut {len(groups)} réponses après la profession, il y en a {len(cells)}.")
    return profession, dict(zip(groups, _read_cells(number, cells), strict=True))


def _read_cells(number: int, cells: list[str]) -> Iterator[Cell]:
    for cell in cells:
        word, *but = cell.split() or [""]
        if word.lower() not in {"oui", "non", "sauf"} or (word.lower() == "sauf") != bool(but):
            raise Refused(f"Ligne {number} : « {cell} » n’est pas une réponse. Écrivez oui, non, ou sauf et des codes de types.")
        yield Cell(word.lower() != "non", frozenset(but))
