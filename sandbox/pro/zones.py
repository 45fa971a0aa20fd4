"""What a professional reads in an open record: its four zones (reference §1.11), each thing asked one by one.

What is masked, blocked or outside the matrix is neither shown nor counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from sandbox import french, sight
from sandbox.access import To, may
from sandbox.account.models import Record, Role, User
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.pro import service
from sandbox.profile import service as profile
from sandbox.profile.models import Block, ProfileEntry
from sandbox.sight import Why
from sandbox.vaccination import service as vaccinations
from sandbox.vaccination.models import Vaccination
from sandbox.workshops.fixtures import common

ZONES = {"documents": "Documents", "vaccinations": "Vaccinations", "histoire": "Histoire de santé", "entourage": "Entourage et volontés"}
BOOKLET, WISHES = "CAR_VAC", ("DIR_ANT", "VDP")
ORDERS: dict[str, tuple[str, Callable[[Document], Any], bool]] = {
    "recents": ("Plus récents d’abord", lambda document: (document.dated, document.id), True),
    "anciens": ("Plus anciens d’abord", lambda document: (document.dated, document.id), False),
    "titre": ("Titre, de A à Z", lambda document: french.folded(document.title), False),
    "auteur": ("Auteur, de A à Z", lambda document: french.folded(document.author.name), False),
}
SEEN_MASKED = {
    Why.DEPOSITOR: "Masqué : vous le voyez parce que vous l’avez déposé",
    Why.ADMINISTRATOR: "Masqué : vous le voyez comme administrateur",
    Why.EMERGENCY: "Masqué : vous le voyez parce que c’est une urgence",
}


@dataclass(frozen=True)
class Filters:
    """What the address asks of the list of documents; empty is everything."""

    category: str = ""
    year: str = ""
    author: str = ""
    order: str = "recents"

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Filters:
        asked = args.get("tri", "")
        return cls(
            args.get("rubrique", ""), args.get("annee", ""), args.get("auteur", ""), asked if asked in ORDERS else "recents"
        )

    @property
    def any(self) -> bool:
        return bool(self.category or self.year or self.author)

    @property
    def address(self) -> dict[str, Any]:
        told = {"rubrique": self.category, "annee": self.year, "auteur": self.author, "tri": self.order}
        return {name: value for name, value in told.items() if value and value != "recents"}

    def keep(self, document: Document) -> bool:
        return (
            self.category in {"", document.category} and self.year in {"", str(document.dated.year)}
            and self.author in {"", document.author.ref}
        )


def of(zone: str, user: User, record: Record, filters: Filters) -> dict[str, Any]:
    """What the template of this zone shows."""
    found = service.documents_for(user, record)
    shown: dict[str, Callable[[], dict[str, Any]]] = {
        "documents": lambda: _documents(found, filters),
        "vaccinations": lambda: _vaccinations(user, record, found),
        "histoire": lambda: {"years": _history(found)},
        "entourage": lambda: {"entries": _entries(user, record), **_papers(found, WISHES)},
    }
    news = service.news(user, found)
    return {
        "categories": categories(), "news": news, "masks": _masks(user, found), "wanted": filters,
        **shown[zone](),
    }


def categories() -> dict[str, str]:
    return {category["code"]: category["label"] for category in common("categories")["category"]}


def _documents(found: list[Document], filters: Filters) -> dict[str, Any]:
    _, key, backwards = ORDERS[filters.order]
    kept = sorted((document for document in found if filters.keep(document)), key=key, reverse=backwards)
    return {"documents": kept, "held": len(found), "choices": _choices(found)}


def _choices(found: list[Document]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what this professional sees, with how much each holds."""
    held, labels = Counter(document.category for document in found), categories()
    years = Counter(document.dated.year for document in found)
    authors = {document.author.ref: document.author.name for document in found}
    return {
        "rubrique": [("", "Toutes"), *((code, f"{labels[code]} ({held[code]})") for code in labels if held[code])],
        "annee": [("", "Toutes"), *((str(year), f"{year} ({years[year]})") for year in sorted(years, reverse=True))],
        "auteur": [("", "Tous"), *sorted(authors.items(), key=lambda one: french.folded(one[1]))],
        "tri": [(name, order[0]) for name, order in ORDERS.items()],
    }


def _masks(user: User, found: list[Document]) -> dict[int, str]:
    """Why each masked document is seen all the same, by its id."""
    return {document.id: SEEN_MASKED.get(sight.why(user, document), "") for document in found if document.is_masked}


def _papers(found: list[Document], kinds: tuple[str, ...]) -> dict[str, Any]:
    return {"documents": [document for document in found if document.category in kinds]}


def _vaccinations(user: User, record: Record, found: list[Document]) -> dict[str, Any]:
    """What stands, which of them this professional recorded and may mend, and the papers that are not their notes."""
    read = [one for one in vaccinations.of_record(record) if may(user, To.READ_VACCINATION, one)]
    notes = {one.document_id for one in read}
    return {
        "vaccinations": read, "mended": {one.id for one in read if one.document and may(user, To.REPLACE, one.document)},
        "vaccine_of": vaccine_of, **_papers([document for document in found if document.id not in notes], (BOOKLET,)),
    }


def vaccine_of(one: Vaccination) -> str:
    """What it protects against, to begin a line with."""
    words = vaccinations.name_of(one.vaccine)
    return words[:1].upper() + words[1:]


def _history(found: list[Document]) -> list[tuple[int, list[Document]]]:
    """What others than the person deposited, year by year, the latest first."""
    told = [document for document in found if document.author.role in {Role.PROFESSIONAL, Role.INSTITUTION}]
    return [(year, list(group)) for year, group in groupby(told, key=lambda document: document.dated.year)]


def _entries(user: User, record: Record) -> list[tuple[str, list[ProfileEntry]]]:
    """The relations and the wishes that the person told, where the profession allows."""
    blocks = (Block.CONTACTS, Block.WISHES)
    query = sa.select(ProfileEntry).where(ProfileEntry.record_id == record.id, ProfileEntry.block.in_(blocks))
    seen = [entry for entry in db.session.scalars(query.order_by(ProfileEntry.id)) if may(user, To.READ_WISH, entry)]
    return [(profile.PARTS[block].label, [entry for entry in seen if entry.block is block]) for block in blocks]
