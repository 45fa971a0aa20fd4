"""The list of a record's documents, counted, filtered, sorted and cut in pages by the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from sandbox import clock, french, paging
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents.models import Confidentiality, Document
from sandbox.workshops.fixtures import common

PAGE = 20
BY_DATE = {
    "recents": (Document.dated.desc(), Document.deposited_at.desc(), Document.id.desc()),
    "anciens": (Document.dated, Document.deposited_at, Document.id),
}
COLUMNS = (
    Document.id, Document.ref, Document.title, Document.category, Document.dated, Document.confidentiality,
    Document.pinned, Document.opened_at, Document.author_id, Document.folder_id,
)
ORDERS = {
    "recents": "Du plus récent au plus ancien", "anciens": "Du plus ancien au plus récent",
    "nom": "Par nom, de A à Z", "auteur": "Par auteur, de A à Z",
}
folded = lru_cache(maxsize=8192)(french.folded)  # titles and names: the same ones at each look


class Row(NamedTuple):
    """One line of the list."""

    id: int
    ref: str
    title: str
    category: str
    dated: date
    confidentiality: Confidentiality
    pinned: bool
    opened_at: datetime | None
    author_id: int
    folder_id: int | None

    @property
    def is_new(self) -> bool:
        return self.opened_at is None

    @property
    def is_masked(self) -> bool:
        return self.confidentiality is Confidentiality.MASKED


class Brief(NamedTuple):
    """What sorting by letters and looking for words need of a document."""

    id: int
    title: str
    blob_hash: str
    pinned: bool
    author_id: int


class Category(NamedTuple):
    """One of the portal's fifteen categories, with what it holds."""

    code: str
    label: str
    plain: str
    icon: str
    comes: str
    held: int = 0
    new: int = 0


class Count(NamedTuple):
    """How many documents of one category, folder and author, and how many were never opened."""

    category: str
    folder_id: int | None
    author_id: int
    author_ref: str
    author: str
    held: int
    opened: int


@dataclass(frozen=True)
class Shelf:
    """What a record holds, counted by the store in one question."""

    record: Record
    counts: list[Count]

    @cached_property
    def total(self) -> int:
        return sum(count.held for count in self.counts)

    @cached_property
    def received(self) -> int:
        """The same number as `received(record)`."""
        return sum(count.held for count in self.counts if count.author_id != self.record.owner_id)

    @cached_property
    def categories(self) -> list[Category]:
        return categories(self.counts)

    @cached_property
    def authors(self) -> list[tuple[str, str]]:
        """Who deposited something: their ref and their name, in alphabetical order."""
        named = {(count.author_ref, count.author) for count in self.counts}
        return sorted(named, key=lambda one: folded(one[1]))

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each author, by number."""
        return {count.author_id: count.author for count in self.counts}

    def author_id(self, ref: str) -> int | None:
        return next((count.author_id for count in self.counts if count.author_ref == ref), None)

    @cached_property
    def folders(self) -> Counter[int | None]:
        """How many documents each folder holds, by its number; None: those in no folder."""
        held: Counter[int | None] = Counter()
        for count in self.counts:
            held[count.folder_id] += count.held
        return held


def on_shelf(record: Record) -> sa.ColumnElement[bool]:
    """What its patient finds among their documents: no loose attachment, nothing that waits to be announced."""
    return _on_shelf(record.id, clock.now())


def _on_shelf(record_id: Any, moment: Any) -> sa.ColumnElement[bool]:
    shown = sa.or_(Document.hidden_until.is_(None), Document.hidden_until <= moment)
    return sa.and_(Document.record_id == record_id, ~Document.loose, shown)


def _moment() -> sa.BindParameter[Any]:
    return sa.bindparam("moment", type_=Document.hidden_until.type)


def of(record: Record) -> Shelf:
    """What the record holds."""
    counted = db.session.execute(_census(), {"record": record.id, "moment": clock.now()})
    return Shelf(record, [Count._make(found) for found in counted])


@lru_cache(maxsize=1)
def _census() -> sa.Executable:
    """Made once: putting it together takes longer than asking it."""
    query = sa.select(
        Document.category, Document.folder_id, User.id, User.ref, User.name, sa.func.count(Document.id),
        sa.func.count(Document.opened_at),
    ).join(User, User.id == Document.author_id).where(_on_shelf(sa.bindparam("record"), _moment()))
    return query.group_by(Document.category, Document.folder_id, User.id, User.ref, User.name)


def categories(counts: Sequence[Count] = ()) -> list[Category]:
    """The fifteen categories in the portal's order, counted."""
    held: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    for count in counts:
        held[count.category] += count.held
        opened[count.category] += count.opened
    return [
        Category(**known, held=held[known["code"]], new=held[known["code"]] - opened[known["code"]])
        for known in common("categories")["category"]
    ]


@lru_cache(maxsize=32)
def category(code: str) -> Category | None:
    return next((found for found in categories() if found.code == code), None)


def count(*where: sa.ColumnElement[bool]) -> int:
    """How many documents answer to these conditions."""
    return db.session.scalar(sa.select(sa.func.count(Document.id)).where(*where)) or 0


def received(record: Record) -> int:
    """How many documents others have deposited: a page that saw fewer has news."""
    return count(on_shelf(record), Document.author_id != record.owner_id)


def briefs(shelf: Shelf, order: str, *where: sa.ColumnElement[bool]) -> list[Brief]:
    """Every document that answers, in the order asked for, pinned ones first."""
    query = sa.select(Document.id, Document.title, Document.blob_hash, Document.pinned, Document.author_id)
    found = [Brief._make(line) for line in db.session.execute(query.where(*where).order_by(*_by_date(order)))]
    if order == "nom":
        found.sort(key=lambda one: (not one.pinned, folded(one.title)))
    if order == "auteur":
        names = {number: folded(name) for number, name in shelf.names.items()}
        found.sort(key=lambda one: (not one.pinned, names.get(one.author_id, ""), folded(one.title)))
    return found


def rows(order: str, page: int, *where: sa.ColumnElement[bool]) -> list[Row]:
    """One page of the documents that answer, sorted by date, pinned ones first."""
    query = sa.select(*COLUMNS).where(*where).order_by(*_by_date(order)).limit(PAGE).offset((page - 1) * PAGE)
    return [Row._make(line) for line in db.session.execute(query)]


def usual_rows(record: Record, page: int) -> list[Row]:
    """The same, when nothing special is asked: all that is on the shelf, the most recent first."""
    asked = {"record": record.id, "moment": clock.now(), "before": (page - 1) * PAGE}
    return [Row._make(line) for line in db.session.execute(_usual(), asked)]


@lru_cache(maxsize=1)
def _usual() -> sa.Executable:
    """Made once: the list is the most opened page."""
    where = _on_shelf(sa.bindparam("record"), _moment())
    return sa.select(*COLUMNS).where(where).order_by(*_by_date("recents")).limit(PAGE).offset(sa.bindparam("before", type_=sa.Integer))


def rows_of(ids: Sequence[int]) -> list[Row]:
    """These documents, in that order."""
    query = sa.select(*COLUMNS).where(Document.id.in_(ids))
    found = {line[0]: Row._make(line) for line in db.session.execute(query)}
    return [found[number] for number in ids if number in found]


def place(found: int, page: int) -> tuple[int, int]:
    """The page asked for, within what exists, and how many there are."""
    return paging.place(found, page, PAGE)


def _by_date(order: str) -> tuple[Any, ...]:
    return Document.pinned.desc(), *BY_DATE.get(order, BY_DATE["recents"])

