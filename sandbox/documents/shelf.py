"""The list of a record's documents: read as columns once, then counted, filtered, sorted and cut in pages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents.models import Confidentiality, Document
from sandbox.workshops.fixtures import common

PAGE = 25
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


class Row(NamedTuple):
    """One line of the list."""

    ref: str
    title: str
    category: str
    dated: date
    deposited_at: datetime
    confidentiality: Confidentiality
    pinned: bool
    opened_at: datetime | None
    author: str
    author_id: int

    @property
    def is_new(self) -> bool:
        return self.opened_at is None

    @property
    def is_masked(self) -> bool:
        return self.confidentiality is Confidentiality.MASKED


class Category(NamedTuple):
    """One of the portal's fifteen categories, with what it holds."""

    code: str
    label: str
    plain: str
    icon: str
    held: int = 0
    new: int = 0


class Order(NamedTuple):
    label: str
    key: Callable[[Row], Any]
    backwards: bool = False


@dataclass(frozen=True)
class Wanted:
    """What the person asks of the list, as the address says it."""

    category: str = ""
    words: str = ""
    order: str = "recents"
    page: int = 1

    def address(self, **changes: Any) -> dict[str, Any]:
        """The same as arguments of an address; what is by default is left out."""
        asked = {"categorie": self.category, "mots": self.words, "tri": self.order, "page": self.page} | changes
        usual = {"categorie": "", "mots": "", "tri": "recents", "page": 1}
        return {name: value for name, value in asked.items() if value != usual[name]}


def folded(text: str) -> str:
    """For comparing: small letters without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


ORDERS = {
    "recents": Order("Du plus récent au plus ancien", lambda row: (row.dated, row.deposited_at), backwards=True),
    "anciens": Order("Du plus ancien au plus récent", lambda row: (row.dated, row.deposited_at)),
    "nom": Order("Par nom, de A à Z", lambda row: folded(row.title)),
    "auteur": Order("Par auteur, de A à Z", lambda row: (folded(row.author), folded(row.title))),
}


def on_shelf(record: Record) -> sa.ColumnElement[bool]:
    """What its patient finds among their documents: no loose attachment, nothing that waits to be announced."""
    shown = sa.or_(Document.hidden_until.is_(None), Document.hidden_until <= clock.now())
    return sa.and_(Document.record_id == record.id, ~Document.loose, shown)


def all_of(record: Record) -> list[Row]:
    """Every document of a record, in one query."""
    query = sa.select(
        Document.ref, Document.title, Document.category, Document.dated, Document.deposited_at,
        Document.confidentiality, Document.pinned, Document.opened_at, User.name, User.id,
    ).join(User, User.id == Document.author_id).where(on_shelf(record)).order_by(Document.id)
    return [Row._make(found) for found in db.session.execute(query)]


def categories(rows: Sequence[Row] = ()) -> list[Category]:
    """The fifteen categories in the portal's order, counted."""
    held, new = Counter(r.category for r in rows), Counter(r.category for r in rows if r.is_new)
    return [
        Category(**known, held=held[known["code"]], new=new[known["code"]]) for known in common("categories")["category"]
    ]


def category(code: str) -> Category | None:
    return next((found for found in categories() if found.code == code), None)


def chosen(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The documents asked for, in the order asked for, pinned ones first."""
    words = folded(wanted.words).split()
    kept = [
        row for row in rows
        if wanted.category in ("", row.category) and all(word in folded(row.title) for word in words)
    ]
    order = ORDERS[wanted.order]
    kept.sort(key=order.key, reverse=order.backwards)
    return sorted(kept, key=lambda row: not row.pinned)


def cut(rows: list[Row], page: int) -> tuple[list[Row], int, int]:
    """One page, its number (within what exists), and how many there are."""
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, page), pages)
    return rows[(page - 1) * PAGE : page * PAGE], page, pages


def of_others(rows: Iterable[Row], record: Record) -> int:
    """The same number as `received`, counted in a list already read."""
    return sum(row.author_id != record.owner_id for row in rows)


def received(record: Record) -> int:
    """How many documents others have deposited: a page that saw fewer has news."""
    query = sa.select(sa.func.count(Document.id)).where(
        on_shelf(record), Document.author_id != record.owner_id
    )
    return db.session.scalar(query) or 0
