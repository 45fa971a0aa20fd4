"""Letters kept in Rich Text Format: their words, and what must not come in with them."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from sandbox.documents import cures
from sandbox.errors import Refused

RTF = "text/rtf"
BEGINNING = b"{\\rtf"
PICTURES = re.compile(r"[0-9a-fA-F\r\n]{512,}")  # a picture's bytes, written in letters
UNSAID = re.compile(r"\\(?:fonttbl|fldinst|pict)", re.IGNORECASE)  # nobody reads them; the reader would dwell on them
LONGEST = 500_000  # letters, pictures apart
ACTIVE = re.compile(
    rb"\\(?:object|objdata|objautlink|objupdate)\b|INCLUDE(?:PICTURE|TEXT)|DDEAUTO|fldinst[^}]{0,50}\bDDE\b"
    rb"|\\template[^{}]{0,200}(?:https?:|\\\\)",
    re.IGNORECASE,
)


def checked(content: bytes) -> tuple[str, bytes]:
    """A letter that only has words and pictures. Raises Refused with the cure."""
    if ACTIVE.search(content) or b"\0" in content or len(_letter(content)) > LONGEST or not words(content).strip():
        raise Refused(cures.WRITTEN)
    return RTF, content


def words(content: bytes) -> str:
    """What the letter says."""
    try:
        letter = UNSAID.sub(r"\\info", _letter(content))
        return str(rtf_to_text(letter, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except Exception:  # noqa: BLE001 — a broken file may break the reader in any way
        return ""


def _letter(content: bytes) -> str:
    return PICTURES.sub("", content.decode("latin-1"))
