"""PDF files that come in, opened apart: checked and freed of what could act, joined, read."""

from __future__ import annotations

import json

from sandbox.documents import apart, cures
from sandbox.errors import Refused

PDF = "application/pdf"
CURES = {word: getattr(cures, word) for word in ("LONG_PDF", "TANGLED_PDF", "LOCKED_PDF", "BROKEN_PDF", "CANNOT_JOIN")}


def checked(content: bytes) -> bytes:
    """The PDF as we keep it: as it came, or written again without what could act. Raises Refused with the cure."""
    return _asked(content, "checked")


def joined(parts: list[tuple[str, bytes]], title: str) -> bytes:
    """One PDF of several, each with its name. Raises Refused with the cure."""
    told = {"title": title, "parts": [(name, len(content)) for name, content in parts]}
    return _asked(b"\n".join([json.dumps(told).encode(), b"".join(content for _, content in parts)]), "joined")


def words(content: bytes) -> str:
    """The words of the first pages; nothing when they cannot be had."""
    try:
        return apart.ask("cleaning", content, "words").decode("utf-8", "replace")
    except apart.Failed:
        return ""


def _asked(content: bytes, what: str) -> bytes:
    try:
        return apart.ask("cleaning", content, what)
    except apart.TooLong as error:
        raise Refused(cures.TANGLED_PDF) from error
    except apart.Failed as error:
        raise Refused(CURES.get(error.word, cures.BROKEN_PDF).format(error.name)) from error
