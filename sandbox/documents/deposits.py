"""What somebody has deposited, for one patient or all: each version, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents import nomenclature
from sandbox.documents.models import Document


class State(Enum):
    """What became of a deposit, in words, and the tone of its mark."""

    DEPOSITED = ("Déposé", "good")
    AWAITED = ("À annoncer", "info")
    REPLACED = ("Remplacé", "neutral")
    WITHDRAWN = ("Retiré", "warn")

    def __init__(self, words: str, tone: str) -> None:
        self.words, self.tone = words, tone


@dataclass(frozen=True)
class Deposit:
    """One line of the list. Whether its patient has opened it is theirs to know."""

    document: Document

    @property
    def state(self) -> State:
        return state_of(self.document)

    @property
    def kind(self) -> str:
        return nomenclature.label_of(self.document.kind)


def state_of(document: Document) -> State:
    if document.is_withdrawn:
        return State.WITHDRAWN
    if document.is_former:
        return State.REPLACED
    return State.AWAITED if document.is_hidden else State.DEPOSITED


def count(author: User, record: Record | None = None) -> int:
    return db.session.scalar(_theirs(sa.select(sa.func.count(Document.id)), author, record)) or 0


def of(author: User, record: Record | None = None, *, start: int = 0, most: int | None = None) -> list[Deposit]:
    """The latest first."""
    query = _theirs(sa.select(Document), author, record).options(
        joinedload(Document.record).selectinload(Record.standings), selectinload(Document.successor)
    )
    query = query.order_by(Document.deposited_at.desc(), Document.version.desc(), Document.id.desc())
    return [Deposit(document) for document in db.session.scalars(query.offset(start).limit(most))]


def _theirs(query: sa.Select[Any], author: User, record: Record | None) -> sa.Select[Any]:
    """No attachment of a message."""
    deposited = sa.or_(~Document.loose, Document.withdrawn_at.is_not(None), Document.version_of != "")
    query = query.where(Document.author_id == author.id, deposited)
    return query.where(Document.record_id == record.id) if record else query
