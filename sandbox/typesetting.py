"""Our sheets (`.typ`) set in type: tagged PDF, PDF/UA-1. What a sheet says comes as data, and is never read as markup."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from typing import Any

from sandbox.config import HERE
from sandbox.late import Late

_typst = Late("typst")
STANDARD = "ua-1"
NO_SIGN = "could not be displayed with font"  # what the standard has against it


def pdf(sheet: str, data: dict[str, Any]) -> bytes:
    """The sheet at this path in the package (« workshops/cards.typ »), with its data, as a PDF.

    With a sign that our fonts lack, a drawn face or a Chinese letter, it is tagged all the same, out of the standard.
    """
    told = {"data": json.dumps(data, ensure_ascii=False)}
    compiled = partial(_typst.compile, source(sheet), format="pdf", sys_inputs=told, ignore_system_fonts=True)
    try:
        return bytes(compiled(pdf_standards=STANDARD))
    except RuntimeError as error:
        if NO_SIGN not in str(error):
            raise
        return bytes(compiled())


@lru_cache(maxsize=10)
def source(sheet: str) -> bytes:
    """The sheet as written: what its PDFs are cached by, with their data."""
    return (HERE / sheet).read_bytes()
