"""A PDF read in the page: which of its pages is looked at, its picture, its words. No plug-in, no other window."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox import blobs
from sandbox.db import let_go
from sandbox.documents import apart, pages, rendering
from sandbox.documents.models import Document


@dataclass(frozen=True)
class Preview:
    """One page of a PDF; `pages` is 0 when it cannot be drawn, and then `words` is all that can be read."""

    number: int
    pages: int
    total: int
    words: str
    is_scan: bool  # not a word in the whole file


def of(document: Document, number: int) -> Preview | None:
    """The page asked for, or the nearest that exists; None for what is not an uploaded PDF. The caller commits."""
    if document.media_type != rendering.PDF:
        return None
    sheets = rendering.sheets_of(document)
    number = min(max(1, number), max(1, sheets.pages))
    words = sheets.words[number - 1] if number <= len(sheets.words) else ""
    return Preview(number, sheets.pages, sheets.total, words, is_scan=not any(sheets.words))


def picture(document: Document, number: int) -> bytes | None:
    """The picture of one page, from 1, drawn once; None when there is none. The caller commits."""
    if document.media_type != rendering.PDF or not 1 <= number <= pages.MOST:
        return None
    key = blobs.name_of(f"page {number} of {document.blob_hash}".encode())
    return rendering.kept(key, lambda: _drawn(document, number)) or None


def _drawn(document: Document, number: int) -> bytes:
    """Nothing for a page that does not exist or cannot be drawn: it is not tried again."""
    content = blobs.read(document.blob_hash)
    let_go()
    try:
        return pages.picture(content, number)
    except apart.Failed:
        return b""
