"""Our sheets (`.typ`) set in type: tagged PDF, PDF/UA-1. What a sheet says comes as data, and is never read as markup."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sandbox.config import HERE
from sandbox.late import Late

_typst = Late("typst")


def pdf(sheet: str, data: dict[str, Any]) -> bytes:
    """The sheet at this path in the package (« workshops/cards.typ »), with its data, as a PDF."""
    made = _typst.compile(
        source(sheet), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    return bytes(made)


@lru_cache(maxsize=10)
def source(sheet: str) -> bytes:
    """The sheet as written: what its PDFs are cached by, with their data."""
    return (HERE / sheet).read_bytes()
