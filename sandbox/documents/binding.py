"""Several sheets made one file: photos become the pages of a PDF, in the order shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sandbox.documents import cures, pdfs, pictures
from sandbox.documents.uploads import MOST, File
from sandbox.errors import Refused

PICTURES = {pictures.JPEG, pictures.PNG}


def bound(sheets: Sequence[File], title: str) -> File:
    """One file stays what it is; several become one PDF. Raises Refused with the cure."""
    if len(sheets) == 1:
        return replace(sheets[0], title=title)
    content = pdfs.joined([(sheet.title, _page(sheet)) for sheet in sheets], title)
    if len(content) > MOST:
        raise Refused(cures.TOO_HEAVY_TOGETHER)
    return File(title, pdfs.PDF, content)


def _page(sheet: File) -> bytes:
    if sheet.media_type in PICTURES:
        return pictures.page(sheet.content)
    if sheet.media_type == pdfs.PDF:
        return sheet.content
    raise Refused(cures.TEXT_ALONE.format(sheet.title))
