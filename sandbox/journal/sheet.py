"""The whole history as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox import tables_csv
from sandbox.french import theirs
from sandbox.journal.models import ActorKind
from sandbox.journal.service import Line

HEADS = ("Date", "Heure", "Qui", "En tant que", "Ce qui a été fait")
ROLES = {
    ActorKind.PROFESSIONAL: "Professionnel", ActorKind.OWNER: "Titulaire du dossier",
    ActorKind.REPRESENTATIVE: "Représentant légal", ActorKind.SERVICE: "Service synchronisé",
    ActorKind.SYSTEM: "Support et système",
}


def head() -> str:
    return tables_csv.written([HEADS])


def rows(lines: Iterable[Line], name: str = "") -> str:
    """`name`: whose record this is, when it is not the reader's own."""
    told = (
        (f"{line.at:%d/%m/%Y}", f"{line.at:%H:%M}", line.actor, ROLES[line.kind], theirs(line.phrase, name)) for line in lines
    )
    return tables_csv.written(told, begins=False)
