"""Choosing among one's own documents those that a message will carry."""

from __future__ import annotations

from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import MultiDict

from sandbox import french
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.messaging.attachments import COPY
from sandbox.messaging.models import Draft

MOST_SHOWN = 30


class Choice:
    """What is ticked and what is looked for, between two presses of the page's buttons."""

    def __init__(self, record: Record, typed: MultiDict[str, str]) -> None:
        self.record, self.refs = record, set(typed.getlist("choisi"))
        self.words = typed.get("mots", "").strip()[:60]
        self.is_searching = typed.get("do") == "chercher"

    @cached_property
    def all(self) -> list[Document]:
        """Everything on the shelf, newest first."""
        query = sa.select(Document).where(on_shelf(self.record)).options(joinedload(Document.author))
        return list(db.session.scalars(query.order_by(Document.dated.desc(), Document.id.desc())))

    @property
    def ticked(self) -> list[Document]:
        return [document for document in self.all if document.ref in self.refs]

    @property
    def found(self) -> list[Document]:
        """Those whose title or author has the words."""
        wanted = french.folded(self.words).split()
        return [one for one in self.all if all(word in french.folded(f"{one.title} {one.author.name}") for word in wanted)]

    @property
    def shown(self) -> list[Document]:
        """What is ticked first, so that looking for something else loses nothing."""
        others = [one for one in self.found if one.ref not in self.refs]
        return [*self.ticked, *others[:MOST_SHOWN]]


def is_carried(draft: Draft, document: Document) -> bool:
    """Whether the draft has a copy of it already, as it is now."""
    return any(
        piece.document.slug == f"{COPY}{document.ref}" and piece.document.blob_hash == document.blob_hash
        for piece in draft.pieces
    )
