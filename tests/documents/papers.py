"""What the stories about one document share: the pack's documents by their names, files of one's own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
import typst

from sandbox import clock
from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.models import Document
from sandbox.documents.uploads import File
from tests.browser import Browser
from tests.room import Room


def looked_at(room: Room, slug: str, seat: int = 1) -> Document:
    """Only inside: a document by the pack's name."""
    query = sa.select(Document).where(Document.slug == slug, Document.record_id == room.record(seat).id)
    return db.session.scalars(query).one()


def path_of(room: Room, slug: str, seat: int = 1) -> str:
    with room.inside():
        return f"/documents/{looked_at(room, slug, seat).ref}"


def opened(room: Room, who: Browser, slug: str) -> Browser:
    return who.go(path_of(room, slug))


def added(room: Room, content: bytes, media_type: str, title: str, seat: int = 1, **about: Any) -> str:
    """A file that the person has added; where it is."""
    known: dict[str, Any] = {"category": "AUTR_DOC", "dated": clock.today(), "masked": False} | about
    with room.inside():
        record = room.record(seat)
        document = service.add(record.owner, record, File(title, media_type, content), title=title, **known)
        db.session.flush()
        return f"/documents/{document.ref}"


def pdf(*pages: str) -> bytes:
    """A PDF with these words, a page each."""
    body = "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(f"#set page(width: 210pt, height: 297pt)\n{body}".encode(), format="pdf"))


def token(who: Browser) -> str:
    """A form's token, of a page that is still open."""
    return str(who.go("/documents/comme").page.find("input", attrs={"name": "csrf_token"})["value"])
