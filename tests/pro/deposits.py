"""What the stories of deposits share: a letter, its next version, its end, and what the patient is told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.pro.people import patient_path
from tests.room import Room

TITLE = "Compte rendu du jour"
LETTER: dict[str, Any] = {"title": TITLE, "kind": "11488-4", "text": "Tension **13/8**.\n\nTout va bien."}


def deposit(browser: Browser, room: Room, seat: int = 1, **fields: Any) -> Browser:
    return browser.go(f"{patient_path(room, seat)}/deposer").submit("Déposer", **fields)


def deposited(title: str, seat: int = 1) -> Document:
    """Only inside: the present document with this title."""
    query = sa.select(Document).where(Document.title == title, Document.seat == seat, Document.version_of == "")
    return db.session.scalars(query).one()


def ref_of(room: Room, title: str = TITLE) -> str:
    with room.inside():
        return deposited(title).ref


def page_of(room: Room, ref: str, part: str = "") -> str:
    """A document's page, for professionals."""
    return f"{patient_path(room)}/documents/{ref}{part}"


def replace(browser: Browser, room: Room, ref: str, **fields: Any) -> Browser:
    return browser.go(page_of(room, ref, "/remplacer")).submit("Déposer la version", **fields)


def withdraw(browser: Browser, room: Room, ref: str, reason: str = "Déposé par erreur") -> Browser:
    return browser.go(page_of(room, ref, "/retirer")).submit("Retirer du dossier", reason=reason)


def put_back(browser: Browser, room: Room, ref: str) -> Browser:
    return browser.go(page_of(room, ref)).submit("Remettre dans le dossier")


def states(browser: Browser) -> list[tuple[str, str]]:
    """Each deposit of the list being looked at, with its state."""
    rows = browser.page.select("tbody tr")
    return [(text_of(row.th), text_of(row.find("td", attrs={"data-label": "État"}).find(class_="tag"))) for row in rows]
