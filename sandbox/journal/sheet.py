"""The whole history as a table for a spreadsheet: what French spreadsheets open without a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from sandbox.french import theirs
from sandbox.journal.models import ActorKind
from sandbox.journal.service import Line

BOM = "\ufeff"
HEADS = ("Date", "Heure", "Qui", "En tant que", "Ce qui a été fait")
FORMULA = ("=", "+", "-", "@")
ROLES = {
    ActorKind.PROFESSIONAL: "Professionnel", ActorKind.OWNER: "Titulaire du dossier",
    ActorKind.REPRESENTATIVE: "Représentant légal", ActorKind.SERVICE: "Service synchronisé",
    ActorKind.SYSTEM: "Support et système",
}


def head() -> str:
    return BOM + _written([HEADS])


def rows(lines: Iterable[Line], name: str = "") -> str:
    """`name`: whose record this is, when it is not the reader's own."""
    return _written(
        (f"{line.at:%d/%m/%Y}", f"{line.at:%H:%M}", line.actor, ROLES[line.kind], theirs(line.phrase, name)) for line in lines
    )


def _written(rows: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([_plain(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _plain(cell: str) -> str:
    """A cell that a spreadsheet would compute is marked as a text."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell
