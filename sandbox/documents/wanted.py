"""What a person asks of their list, as the address says it: filters, words, order, page; and the page that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from sandbox.documents import search, shelf
from sandbox.documents.models import Document, Folder
from sandbox.documents.search import Part
from sandbox.documents.shelf import Row, Shelf, folded
from sandbox.documents.uploads import clean
from sandbox.forms import DATE_FORMATS
from sandbox.french import long_date

NO_FOLDER = "sans"
LONGEST = 80
NO_DATE = "« {} » n’est pas une date. Écrivez-la ainsi : 12/03/2026."
REVERSED = "La fin de la période vient avant son début. Choisissez une date plus tardive."
USUAL = {"categorie": "", "dossier": "", "auteur": "", "du": "", "au": "", "mots": "", "tri": "recents", "page": 1}


class Chip(NamedTuple):
    """A filter in force: its words, and what to leave out of the address to remove it."""

    label: str
    without: dict[str, Any]


class Page(NamedTuple):
    """The answer."""

    rows: list[Row]
    found: int
    page: int
    pages: int
    excerpts: dict[int, list[Part]]


@dataclass(frozen=True)
class Wanted:
    """What is not said, or said wrong, is as usual; a date said wrong is kept to be mended."""

    category: str = ""
    folder: Folder | None = None
    unfiled: bool = False
    author: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    order: str = "recents"
    page: int = 1
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)  # « du » → what was typed, and the cure

    @property
    def folder_ref(self) -> str:
        return self.folder.ref if self.folder else NO_FOLDER if self.unfiled else ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.narrowed or self.words)

    @property
    def narrowed(self) -> bool:
        """By something else than words."""
        return bool(self.category or self.folder_ref or self.author or self.since or self.until)

    def address(self, **changes: Any) -> dict[str, Any]:
        """The same as arguments of an address; what is as usual is left out."""
        said = {
            "categorie": self.category, "dossier": self.folder_ref, "auteur": self.author,
            "du": self.since.isoformat() if self.since else "", "au": self.until.isoformat() if self.until else "",
            "mots": self.words, "tri": self.order, "page": self.page,
        } | changes
        return {name: value for name, value in said.items() if value != USUAL.get(name)}

    def typed(self, name: str) -> str:
        """The date as it goes back into its field."""
        day = {"du": self.since, "au": self.until}[name]
        return self.wrong[name][0] if name in self.wrong else day.isoformat() if day else ""

    def chips(self, shelf_: Shelf) -> list[Chip]:
        """The filters in force, in words."""
        found = {kind.code: kind.label for kind in shelf_.categories}
        folder = "Sans dossier" if self.unfiled else f"Dossier : {self.folder.name}" if self.folder else ""
        named = [
            (f"« {self.words} »" if self.words else "", {"mots": ""}), (found.get(self.category, ""), {"categorie": ""}),
            (folder, {"dossier": ""}), (dict(shelf_.authors).get(self.author, ""), {"auteur": ""}),
            (self._period(), {"du": "", "au": ""}),
        ]
        return [Chip(label, {**without, "page": 1}) for label, without in named if label]

    def _period(self) -> str:
        if self.since and self.until:
            return f"Du {long_date(self.since)} au {long_date(self.until)}"
        if self.since:
            return f"Depuis le {long_date(self.since)}"
        return f"Jusqu’au {long_date(self.until)}" if self.until else ""

    def where(self, shelf_: Shelf) -> list[sa.ColumnElement[bool]]:
        """The same for the store, except the words."""
        kept = [shelf.on_shelf(shelf_.record)]
        if self.category:
            kept.append(Document.category == self.category)
        if self.folder_ref:
            kept.append(Document.folder_id == (self.folder.id if self.folder else None))
        if self.author:
            kept.append(Document.author_id == shelf_.author_id(self.author))
        if self.since:
            kept.append(Document.dated >= self.since)
        if self.until:
            kept.append(Document.dated <= self.until)
        return kept

    def counted(self, shelf_: Shelf) -> int:
        """How many answer, as the shelf has counted them already: neither period nor words."""
        folder = self.folder.id if self.folder else None
        return sum(
            count.held for count in shelf_.counts
            if self.category in {"", count.category} and self.author in {"", count.author_ref}
            and (not self.folder_ref or count.folder_id == folder)
        )


def read(asked: Mapping[str, str], shelf_: Shelf, folders: Sequence[Folder]) -> Wanted:
    """What an address asks of one record."""
    order, folder = asked.get("tri", ""), asked.get("dossier", "")
    since, until, wrong = _period(asked)
    return Wanted(
        category=_known(asked.get("categorie", ""), [kind.code for kind in shelf_.categories]),
        folder=next((one for one in folders if one.ref == folder), None), unfiled=folder == NO_FOLDER,
        author=_known(asked.get("auteur", ""), [ref for ref, _ in shelf_.authors]), since=since, until=until,
        words=_words(asked.get("mots", "")), order=order if order in shelf.ORDERS else "recents",
        page=_number(asked.get("page", "")), wrong=wrong,
    )


def _words(typed: str) -> str:
    return clean(typed).replace("'", "’")[:LONGEST].strip()


def _known(said: str, known: Sequence[str]) -> str:
    return said if said in known else ""


def _period(asked: Mapping[str, str]) -> tuple[date | None, date | None, dict[str, tuple[str, str]]]:
    typed = {name: clean(asked.get(name, ""))[:LONGEST] for name in ("du", "au")}
    days = {name: _day(text) for name, text in typed.items()}
    wrong = {name: (text, NO_DATE.format(text)) for name, text in typed.items() if text and not days[name]}
    since, until = days["du"], days["au"]
    if since and until and until < since:
        return since, None, {"au": (typed["au"], REVERSED)}
    return since, until, wrong


def answer(wanted: Wanted, shelf_: Shelf) -> Page:
    """The page of documents asked for. Dates are sorted by the store; letters and words need a look at each title."""
    if not wanted.is_filtered and wanted.order == "recents":
        page, pages = shelf.place(shelf_.total, wanted.page)
        return Page(shelf.usual_rows(shelf_.record, page), shelf_.total, page, pages, {})
    where, words = wanted.where(shelf_), search.split(wanted.words)
    if wanted.order in shelf.BY_DATE and not words:
        found = shelf.count(*where) if wanted.since or wanted.until else wanted.counted(shelf_)
        page, pages = shelf.place(found, wanted.page)
        return Page(shelf.rows(wanted.order, page, *where), found, page, pages, {})
    briefs = shelf.briefs(shelf_, wanted.order, *where)
    said = search.holding(shelf_.record, words) if words else {}
    briefs = [one for one in briefs if all(w in folded(one.title) or one.blob_hash in said[w] for w in words)]
    page, pages = shelf.place(len(briefs), wanted.page)
    shown = briefs[(page - 1) * shelf.PAGE : page * shelf.PAGE]
    return Page(shelf.rows_of([one.id for one in shown]), len(briefs), page, pages, _excerpts(shown, words))


def _excerpts(shown: list[shelf.Brief], words: list[str]) -> dict[int, list[Part]]:
    """For the documents whose title does not say it all, the line that does."""
    inside = {one: next((word for word in words if word not in folded(one.title)), "") for one in shown}
    sought = {one.blob_hash: word for one, word in inside.items() if word}
    found = search.excerpts(sought, words) if sought else {}
    return {one.id: found[one.blob_hash] for one, word in inside.items() if word and one.blob_hash in found}


def _day(text: str) -> date | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1

