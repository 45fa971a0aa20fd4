"""Shelves to look for documents on."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from tests.browser import Browser, text_of
from tests.room import Room


def titles(who: Browser) -> list[str]:
    return [text_of(row.find("a")) for row in who.page.select("ul.rows > li")]


def boxes(who: Browser, *wanted: str) -> list[str]:
    """The values of the boxes whose label has these words."""
    labels = {str(label["for"]): text_of(label) for label in who.page.select(".choice label")}
    found = [box for box in who.page.select('input[name="choisi"]') if any(w in labels[str(box["id"])] for w in wanted)]
    return [str(box["value"]) for box in found]


def put(room: Room, seat: int, title: str, text: str = "Rien.", by: str = "", dated: date | None = None) -> str:
    """A document of the person's own, or of that professional; its address."""
    with room.inside():
        record = room.record(seat)
        made = service.deposit_text(
            room.user(by) if by else record.owner, record, title=title, category="AUTR_DOC", text=text, dated=dated
        )
        db.session.flush()
        return f"/documents/{made.ref}"


def hold(room: Room, seat: int, total: int) -> None:
    """A record of exactly so many documents, of three authors and four categories."""
    kinds = ("BIOLOGIE", "CPT_REND", "RADIO_SC", "ORD_SOIN")
    with room.inside():
        record = room.record(seat)
        held = list(db.session.scalars(sa.select(Document).where(on_shelf(record))))
        authors = (room.user("labo-horizon"), room.user("dr-lemoine"), record.owner)
        db.session.add_all(
            Document(
                record=record, author=authors[i % 3], title=f"Résultat n° {i}", category=kinds[i % 4],
                dated=clock.today() - timedelta(days=i), blob_hash=held[i % 40].blob_hash, media_type=held[i % 40].media_type,
            )
            for i in range(total - len(held))
        )
        for document in held[total:]:
            db.session.delete(document)
