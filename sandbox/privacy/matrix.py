"""The teaching matrix: which profession may read which groups of documents.

A simplified reading of the arrêté of 26 October 2023 (reference §1.11), labelled as such: `fixtures/common/matrix.csv`,
or the file a trainer gives in its place (`matrix_file` reads both).
"""

from __future__ import annotations

from functools import lru_cache

from sandbox import blobs, tenancy
from sandbox.config import resources
from sandbox.privacy.matrix_file import Cell, Matrix, WrongMatrix, decoded, kinds, read

PATIENTS = "patient"  # the group of what the person added
UNKNOWN = "compte_rendu"  # the group of a document whose type nobody said
NOTHING = Cell(allowed=False)


def allows(profession: str, kind: str, *, patients: bool) -> bool:
    """Whether this profession may read a document of this type; `patients`: the person added it."""
    cell = cell_of(profession, group_of(kind, patients=patients))
    return cell.allowed and kind not in cell.but


def cell_of(profession: str, group: str) -> Cell:
    """What this profession may read of this group; a profession that the matrix leaves out reads nothing."""
    return current().get(profession, {}).get(group, NOTHING)


def group_of(kind: str, *, patients: bool) -> str:
    """The group of the matrix that a document belongs to."""
    found = kinds().get(kind)
    return PATIENTS if patients and (not found or kind.startswith(("DOCPAT", "EXPPAT"))) else found or UNKNOWN


def current() -> Matrix:
    """The matrix of the workshop one is in: the trainer's own, or ours."""
    where = tenancy.bound()
    return of_workshop(where.matrix if where else "")


@lru_cache(maxsize=1)
def ours() -> Matrix:
    return read((resources("fixtures") / "common" / "matrix.csv").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _kept(name: str) -> Matrix:
    """A trainer's own; ours when it names what this version knows no more (a workshop brought from elsewhere)."""
    try:
        return read(blobs.read(name).decode())
    except WrongMatrix:
        return ours()


def keep(content: bytes) -> str:
    """Store the file of a trainer's matrix, once checked; returns the name that a workshop keeps. Raises WrongMatrix."""
    text = decoded(content)
    read(text)
    return blobs.keep(text.encode())[0]


def of_workshop(name: str) -> Matrix:
    """The matrix that a workshop has chosen, by the name it keeps; ours when it keeps none."""
    return _kept(name) if name else ours()
