"""The pages of a PDF as pictures and as words, drawn apart. A page costs a tenth of a second, once: `rendering.kept`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sandbox.documents import apart

MOST = 300  # pages shown


@dataclass(frozen=True)
class Sheets:
    """How many pages can be shown, out of how many, and the words of each, until there are too many."""

    pages: int
    total: int
    words: tuple[str, ...]


def sheets(content: bytes) -> Sheets:
    """Raises apart.Failed."""
    told = json.loads(apart.ask("drawing", content, "sheets"))
    return Sheets(told["pages"], told["total"], tuple(told["words"]))


def picture(content: bytes, number: int) -> bytes:
    """One page, from 1, as a PNG or a JPEG, whichever is smaller. Raises apart.Failed."""
    return apart.ask("drawing", content, "picture", str(number))
