"""The readable copy of a prescription: its words in the page, its sheet as an accessible PDF with its square."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from sandbox import clock, french, numbers, qr, tenancy
from sandbox.account.models import Record, Sex
from sandbox.db import db
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.prescriptions import code, service
from sandbox.prescriptions.models import Kind, Line, Prescription
from sandbox.workshops.papers import prescription_text, words_of

SHEET = "prescriptions/prescription.typ"
TOLD = ("drug", "posology", "duration_days", "quantity", "unit", "renewals", "substitution", "reason", "ald")
CARRIED_OUT_BY = {
    Kind.PRODUCTS: "la pharmacie de votre choix", Kind.NURSING: "l’infirmière ou l’infirmier de votre choix",
    Kind.PHYSIOTHERAPY: "le kinésithérapeute de votre choix", Kind.BIOLOGY: "le laboratoire de votre choix",
}
INFORMATION = (
    "Cette ordonnance est numérique. Montrez ce carré à {}, ou donnez son numéro. Le carré contient ce numéro seulement : "
    "ni votre nom, ni votre traitement. Ce qui est délivré est enregistré sous ce numéro ; votre prescripteur peut le lire, "
    "et vous pouvez vous y opposer dans votre espace."
)
SQUARE = "Code carré de l’ordonnance, à faire lire par un professionnel. Il dit le numéro écrit à côté : {}."
ALD = "En rapport avec une affection de longue durée (ALD)"
OTHERS = "Sans rapport avec l’affection de longue durée"


def prescription_of(document: Document) -> Prescription | None:
    """The one that this is the readable copy of, or a copy of that copy: what a message carries, a former version."""
    found = service.of_document(document)
    if found or not document.loose:
        return found
    query = sa.select(Document).join(Prescription, Prescription.document_id == Document.id).where(
        Document.record_id == document.record_id, Document.blob_hash == document.blob_hash,
        Document.dated == document.dated, Document.title == document.title,
    )
    original = db.session.scalars(query.order_by(Document.id.desc())).first()
    return service.of_document(original) if original else None


def told(line: Line) -> dict[str, Any]:
    """What the sheet says of a line."""
    return {name: getattr(line, name) for name in TOLD}


def words(line: Line) -> str:
    """How it is taken, for how long, how much."""
    return words_of(told(line))


def text_of(document: Document) -> str | None:
    """What the page of the document says: the lines, the last day to present it, the number in clear."""
    signed = prescription_of(document)
    if signed is None:
        return None
    kept = [] if signed.cancelled_at is None else [_cancelled(signed)]
    return "\n\n".join([
        *kept, prescription_text(told(line) for line in signed.lines), _last_day(signed),
        f"Numéro de l’ordonnance : **{numbers.grouped(signed.number)}**",
    ])


def sheet_of(document: Document) -> tuple[str, dict[str, Any]] | None:
    """The sheet to set and what it says; None for a document that is no numeric prescription."""
    signed = prescription_of(document)
    where = tenancy.bound()
    return (SHEET, _sheet(signed, document, where.workshop_id)) if signed and where else None


def _sheet(signed: Prescription, document: Document, workshop_id: int) -> dict[str, Any]:
    card, day, number = signed.prescriber.professional, signed.signed_on, numbers.grouped(signed.number)
    return {
        "title": document.title, "heading": f"Ordonnance numérique : {signed.kind.label.lower()}", "banner": rendering.BANNER, "stamp": "SPÉCIMEN",
        "day": [day.year, day.month, day.day], "written": f"Le {french.long_date(day)}",
        "prescriber": {"name": signed.prescriber.name, "lines": _lines_of(card)},
        "patient": _patient(signed.record, day),
        "parts": _parts(signed), "last_day": _last_day(signed), "cancelled": _cancelled(signed) if signed.cancelled_at else "",
        "number": number, "qr": qr.square(code.payload(signed.number, workshop_id), robust=True).svg, "square": SQUARE.format(number),
        "information": INFORMATION.format(CARRIED_OUT_BY[signed.kind]), "signature": f"Signé numériquement par {signed.prescriber.name}",
    }


def _lines_of(card: Any) -> list[str]:
    return [line for line in (card.specialty, card.place, card.address, f"Tél. {card.phone}" if card.phone else "") if line] if card else []


def _patient(record: Record, signed_on: date) -> dict[str, Any]:
    birth = record.birth_date
    born = f"{'née' if record.sex is Sex.FEMALE else 'né'} le {french.long_date(birth)} ({french.several(clock.age_on(birth, signed_on), 'an')})"
    return {"name": f"{record.title} {record.name}", "lines": [born, f"N° de sécurité sociale : {numbers.spaced_nir(record.nir)}"]}


def _parts(signed: Prescription) -> list[dict[str, Any]]:
    """Two parts when some lines are for a long-term illness and others not, as on paper; otherwise one without a heading."""
    ald, others = [line for line in signed.lines if line.ald], [line for line in signed.lines if not line.ald]
    if not (ald and others):
        return [{"heading": "", "lines": [_words(line) for line in signed.lines]}]
    return [{"heading": heading, "lines": [_words(line, ald=False) for line in lines]} for heading, lines in ((ALD, ald), (OTHERS, others))]


def _words(line: Line, **known: Any) -> dict[str, str]:
    """`known`: what the heading has already said."""
    return {"drug": line.drug, "words": words_of(told(line) | known)}


def _last_day(signed: Prescription) -> str:
    return f"À présenter au plus tard le {french.full_date(signed.valid_until)}."


def _cancelled(signed: Prescription) -> str:
    assert signed.cancelled_at  # noqa: S101 — whoever asks has looked
    return f"Ordonnance annulée par {signed.prescriber.name} : rien ne peut plus être délivré."


for kind in Kind:
    rendering.SETTERS[kind.code] = sheet_of
    rendering.WRITERS[kind.code] = text_of
