"""A matrix as a file: the CSV that a spreadsheet opens, read cell by cell, and written again.

A cell is « oui », « non », or « sauf CODE CODE » (all types of the group but these). After a profession's code its name
may stand, for whoever reads the file: « 60 Infirmier ».
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO

from sandbox.errors import Refused
from sandbox.workshops.fixtures import common

FIRST = "profession"
LARGEST = 200_000  # bytes: fifty times ours
TOLD = 10  # problems told at once
BYTE_ORDER_MARK = "\ufeff"
NOT_TEXT = "Ce fichier n’est pas un tableau CSV. Dans votre tableur, choisissez « Enregistrer sous », puis le format CSV."
TOO_BIG = "Ce fichier est trop lourd pour une matrice : 200 ko au plus. Vérifiez que c’est le bon fichier."


@dataclass(frozen=True)
class Cell:
    """What one profession may read of one group."""

    allowed: bool
    but: frozenset[str] = frozenset()  # types left out

    @property
    def is_partial(self) -> bool:
        return self.allowed and bool(self.but)

    def __str__(self) -> str:
        return " ".join(["sauf", *sorted(self.but)]) if self.is_partial else "oui" if self.allowed else "non"


Matrix = dict[str, dict[str, Cell]]  # profession → group → cell


class WrongMatrix(Refused):
    """A file that is not a matrix: each problem is a sentence with its line and its cure."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems[0])
        self.problems = problems


def decoded(content: bytes) -> str:
    """The text of a file saved by whichever spreadsheet. Raises WrongMatrix."""
    if len(content) > LARGEST:
        raise WrongMatrix([TOO_BIG])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise WrongMatrix([NOT_TEXT])
    return text


def read(text: str) -> Matrix:
    """A matrix from its CSV. Raises WrongMatrix with every line to mend."""
    rows = _rows(text.removeprefix(BYTE_ORDER_MARK))
    problems: list[str] = []
    matrix: Matrix = {}
    for number, row in rows[1:]:
        try:
            profession, cells = _read_row(number, row)
            if profession in matrix:
                raise Refused(f"Ligne {number} : la profession « {profession} » est déjà plus haut. Gardez une seule des deux lignes.")
            matrix[profession] = cells
        except Refused as refused:
            problems.append(refused.phrase)
    if problems or not matrix:
        raise WrongMatrix(problems[:TOLD] or ["Il n’y a aucune profession sous la première ligne. Ajoutez-en une par ligne."])
    return matrix


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their numbers; the first names the columns. Raises WrongMatrix."""
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(StringIO(text), delimiter=separator)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
    except csv.Error:
        raise WrongMatrix([NOT_TEXT]) from None
    wanted = [FIRST, *groups()]
    if not rows or [name.lower() for name in _trimmed(rows[0][1], len(wanted))] != wanted:
        raise WrongMatrix([f"Ligne 1 : la première ligne doit nommer les colonnes, dans cet ordre : {', '.join(wanted)}."])
    return rows


def _read_row(number: int, row: list[str]) -> tuple[str, dict[str, Cell]]:
    profession, *cells = _trimmed(row, 1 + len(groups()))
    code = (profession.split() or [""])[0]
    if code not in professions():
        raise Refused(
            f"Ligne {number} : la profession « {profession} » ne commence pas par un code connu. Écrivez par exemple 60 pour infirmier."
        )
    if len(cells) != len(groups()):
        raise Refused(f"Ligne {number} : il faut {len(groups())} réponses après la profession, il y en a {len(cells)}.")
    return code, dict(zip(groups(), _read_cells(number, cells), strict=True))


def _read_cells(number: int, cells: list[str]) -> Iterator[Cell]:
    for group, cell in zip(groups(), cells, strict=True):
        word, *but = cell.split() or [""]
        if word.lower() not in {"oui", "non", "sauf"} or (word.lower() == "sauf") != bool(but):
            raise Refused(f"Ligne {number} : « {cell} » n’est pas une réponse. Écrivez oui, non, ou sauf et des codes de types.")
        for code in but:
            if kinds().get(code) != group:
                raise Refused(
                    f"Ligne {number} : « {code} » n’est pas un type de la colonne {group}. Prenez un code dans la liste des types."
                )
        yield Cell(word.lower() != "non", frozenset(but))


def _trimmed(row: list[str], wanted: int) -> list[str]:
    """A spreadsheet may leave empty columns at the end."""
    return row[:wanted] if len(row) > wanted and not any(row[wanted:]) else row


def written(matrix: Matrix) -> str:
    """The same as a file that a French spreadsheet opens well: semicolons, names beside codes."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([FIRST, *groups()])
    for code, cells in matrix.items():
        writer.writerow([f"{code} {professions()[code]}", *(str(cells[group]) for group in groups())])
    return BYTE_ORDER_MARK + out.getvalue()


@lru_cache(maxsize=1)
def groups() -> list[str]:
    return [group["code"] for group in common("groups")["group"]]


@lru_cache(maxsize=1)
def professions() -> dict[str, str]:
    return {known["code"]: known["label"] for known in common("professions")["profession"]}


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """The group of each type."""
    return {kind["code"]: kind["group"] for kind in common("document_kinds")["kind"]}
