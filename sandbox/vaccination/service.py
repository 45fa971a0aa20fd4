"""Recording a vaccination (reference §1.5): its note is deposited among the documents, and goes with it from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import french
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.db import db, only_writer
from sandbox.documents import service as documents
from sandbox.documents import versions
from sandbox.documents.models import Document
from sandbox.documents.rendering import MARKDOWN
from sandbox.documents.service import TITLE, VACCINATION_NOTE
from sandbox.documents.versions import Version
from sandbox.errors import Refused
from sandbox.vaccination.models import Vaccination
from sandbox.workshops.fixtures import common

BOOKLET = "CAR_VAC"
DOSES = ("1re dose", "2e dose", "3e dose", "Rappel", "Dose non précisée")
SITES = ("Bras gauche", "Bras droit", "Cuisse gauche", "Cuisse droite", "Par la bouche", "Autre")
BY_MISTAKE = "Vaccination saisie par erreur"
TWICE = "Cette vaccination est déjà notée : {}, le {}, par {}. Corrigez-la si elle est fausse, au lieu d’en ajouter une."


@dataclass(frozen=True)
class Told:
    """What the professional writes of a vaccination; `vaccine` is a code of the list."""

    vaccine: str
    given_on: date
    dose: str
    lot: str
    site: str
    next_on: date | None = None


def vaccines() -> dict[str, Mapping[str, Any]]:
    """The vaccines that may be recorded, by their code, in the order of the calendar."""
    return {one["code"]: one for one in common("vaccines")["vaccine"]}


def name_of(code: str) -> str:
    """What it protects against; a pack may tell of a vaccine that is no longer in the list."""
    return str(vaccines()[code]["label"]) if code in vaccines() else code


def find(ref: str) -> Vaccination | None:
    whose = joinedload(Vaccination.record).joinedload(Record.owner), joinedload(Vaccination.document), joinedload(Vaccination.author)
    return db.session.scalars(sa.select(Vaccination).where(Vaccination.ref == ref).options(*whose)).first()


def of_note(document: Document) -> Vaccination | None:
    """The vaccination that this document is the note of."""
    return db.session.scalars(sa.select(Vaccination).where(Vaccination.document_id == document.id)).first()


def of_record(record: Record) -> list[Vaccination]:
    """What stands, the newest first; what was withdrawn with its note is no longer there."""
    query = sa.select(Vaccination).where(Vaccination.record_id == record.id).options(
        joinedload(Vaccination.author), joinedload(Vaccination.document)
    )
    found = db.session.scalars(query.order_by(Vaccination.given_on.desc(), Vaccination.id.desc()))
    return [one for one in found if stands(one)]


def stands(one: Vaccination) -> bool:
    return one.document is None or not one.document.is_withdrawn


def add(professional: User, record: Record, told: Told) -> Vaccination:
    """Record it and deposit its note: the patient is told of both at once. Raises Refused when it is there already."""
    _refuse_twice(professional, record, told)
    note = documents.deposit_text(
        professional, record, title=_title(told), category=BOOKLET, kind=VACCINATION_NOTE, dated=told.given_on,
        text=_text(professional, told),
    )
    one = Vaccination(record=record, author=professional, document=note)
    _fill(one, told)
    db.session.add(one)
    db.session.flush()
    return one


def correct(professional: User, one: Vaccination, told: Told) -> None:
    """What was mistaken: the note gets a new version, which the patient is told of. Raises Refused."""
    _refuse_twice(professional, one.record, told, one)
    if one.document is None:
        raise Refused(versions.NOT_HERE)
    text = _text(professional, told).encode()
    versions.replace(professional, one.document, Version(
        title=_title(told), category=BOOKLET, kind=VACCINATION_NOTE, dated=told.given_on, content=text, media_type=MARKDOWN,
    ))
    _fill(one, told)
    db.session.flush()


def withdraw(professional: User, one: Vaccination, why: str = BY_MISTAKE) -> None:
    """It was never given, or to somebody else: its note leaves the record, and it goes with it. Raises Refused."""
    if one.document is None:
        raise Refused(versions.NOT_HERE)
    versions.withdraw(professional, one.document, why)


def _refuse_twice(professional: User, record: Record, told: Told, but: Vaccination | None = None) -> None:
    """The same vaccine on the same day is the same vaccination, whoever wrote it; what one may not read stays unsaid."""
    only_writer(record)
    for other in of_record(record):
        is_same = (other.vaccine, other.given_on) == (told.vaccine, told.given_on) and other is not but
        if is_same and may(professional, To.READ_VACCINATION, other):
            raise Refused(TWICE.format(name_of(other.vaccine), french.long_date(other.given_on), other.author.name))


def _fill(one: Vaccination, told: Told) -> None:
    one.vaccine, one.given_on, one.dose, one.lot = told.vaccine, told.given_on, told.dose, told.lot
    one.site, one.next_on = told.site, told.next_on
    one.product = str(vaccines()[told.vaccine]["product"])


def _title(told: Told) -> str:
    """With the dose where there is room for it."""
    title, dose = f"Vaccination – {name_of(told.vaccine)}", f" ({told.dose.lower()})"
    return title + dose if told.dose != DOSES[-1] and len(title + dose) <= TITLE else title


def _text(professional: User, told: Told) -> str:
    """What the note says, line by line."""
    lines = [
        ("Protège contre", name_of(told.vaccine)), ("Produit", vaccines()[told.vaccine]["product"]),
        ("Date", french.long_date(told.given_on)), ("Dose", told.dose), ("Numéro de lot", told.lot), ("Endroit", told.site),
        ("Vaccinateur", professional.name), ("Prochaine dose", french.long_date(told.next_on) if told.next_on else "aucune de prévue"),
    ]
    return "\n".join(f"- **{label}** : {words}" for label, words in lines)
