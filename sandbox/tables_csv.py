"""Tables for a spreadsheet: what French ones open without a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@")


def written(rows: Iterable[Iterable[str]], *, begins: bool = True) -> str:
    """The rows as CSV, semicolons between cells; `begins`: with the mark by which spreadsheets know the encoding."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([_plain(cell) for cell in row] for row in rows)
    return (BOM if begins else "") + buffer.getvalue()


def _plain(cell: str) -> str:
    """A cell that a spreadsheet would compute is marked as a text."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell
