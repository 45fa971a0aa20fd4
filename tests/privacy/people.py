"""What the stories about who may look share: standings and counts, behind the screens."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox import sight
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.privacy import service
from tests.browser import Browser, text_of
from tests.pro.people import document
from tests.room import Room


def mask(room: Room, slug: str = "bilan-lipidique", seat: int = 1) -> str:
    """Mask a document of the pack; returns its title."""
    with room.inside():
        found = document(slug, seat)
        found.confidentiality = type(found.confidentiality).MASKED
        return found.title


def ref_of(room: Room, slug: str) -> str:
    with room.inside():
        return room.user(slug).ref


def card(room: Room, browser: Browser, slug: str) -> Browser:
    return browser.go(f"/confidentialite/professionnels/{ref_of(room, slug)}")


def seen_by(room: Room, slug: str, seat: int = 1) -> int:
    """How many of the documents that the patient finds this professional may read."""
    with room.inside():
        record, user = room.record(seat), room.user(slug)
        shelf = db.session.scalars(sa.select(Document).where(on_shelf(record))).all()
        return sum(sight.why(user, found).sees for found in shelf)


def state(room: Room, slug: str, seat: int = 1) -> str:
    with room.inside():
        standing = service.standing_of(room.record(seat), room.user(slug))
        return standing.state.value if standing else ""


def names(browser: Browser) -> list[str]:
    """The names in the list being looked at."""
    return [text_of(title) for title in browser.page.select("main ul.rows .row-title")]
