"""PDFium asked in a process of its own: a hostile file can neither stop nor slow the server, its memory goes with it.

A page costs a tenth of a second once; `rendering.kept` keeps what was drawn.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore

from sandbox.config import HERE

MOST = 300  # pages shown
PATIENCE = 15  # seconds for one page
AT_ONCE = 2
SCRIPT = HERE / "documents" / "pdfium.py"
_places = BoundedSemaphore(AT_ONCE)


class Unreadable(Exception):
    """This file cannot be opened, or this page drawn, in reasonable time."""


class TooLong(Unreadable):
    """It was given up: nothing else should try."""


@dataclass(frozen=True)
class Sheets:
    """How many pages can be shown, out of how many, and the words of each, until there are too many."""

    pages: int
    total: int
    words: tuple[str, ...]


def sheets(content: bytes) -> Sheets:
    """Raises Unreadable."""
    told = json.loads(_asked(content, "sheets"))
    return Sheets(told["pages"], told["total"], tuple(told["words"]))


def picture(content: bytes, number: int) -> bytes:
    """One page, from 1, as a PNG or a JPEG, whichever is smaller. Raises Unreadable."""
    return _asked(content, "picture", str(number))


def _asked(content: bytes, *what: str) -> bytes:
    order = [sys.executable, "-I", str(SCRIPT), *what]
    with _places:
        try:
            done = subprocess.run(order, input=content, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise TooLong(str(error)) from error
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(str(error)) from error
    return done.stdout
