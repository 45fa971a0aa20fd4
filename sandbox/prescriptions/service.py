"""Prescribing, cancelling, and finding a prescription by its number (reference §2)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox.account.models import Record, User
from sandbox.acts import (
    PrescriptionCancelled,
    PrescriptionShown,
    PrescriptionSigned,
    publish,
)
from sandbox.clock import now, today
from sandbox.db import db, only_writer
from sandbox.documents.models import Document
from sandbox.documents.service import deposit_text
from sandbox.errors import Refused
from sandbox.french import several
from sandbox.numbers import prescription_number
from sandbox.prescriptions.models import Delivery, Kind, Line, Prescription, PrescriptionState
from sandbox.tenancy import new_ref
from sandbox.texts import without_marks
from sandbox.workshops.papers import FIRST_PRESENTATION_DAYS, prescription_text, prescription_title

CATEGORY = "ORD_SOIN"
NO_LINE = "Une ordonnance a au moins une ligne. Choisissez un médicament et dites comment le prendre."
MOST_DAYS = 365  # a prescription is carried out within twelve months (reference §2.4)
ALREADY_DELIVERED = "Une boîte a déjà été délivrée : cette ordonnance ne peut plus être annulée."
TOO_LATE = "Cette ordonnance ne peut plus être annulée."  # to a prescriber who may not know what was delivered
UNKNOWN = (
    "Aucune ordonnance de cet atelier ne porte ce numéro. Si les dossiers viennent d’être remis à leur point de départ, "
    "demandez au patient de rouvrir son ordonnance."
)
CLOSED = {
    PrescriptionState.CANCELLED: "Le prescripteur a annulé cette ordonnance. Ne délivrez rien.",
    PrescriptionState.EXHAUSTED: "Tout a déjà été délivré sur cette ordonnance. Une nouvelle ordonnance est nécessaire.",
    PrescriptionState.EXPIRED: "Cette ordonnance n’a pas été présentée dans les trois mois : elle ne peut plus être délivrée.",
}


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """One line as the prescriber writes it."""

    drug: str
    posology: str
    duration_days: int
    quantity: int = 1
    unit: str = "boîte"
    renewals: int = 0
    substitution: bool = True
    reason: str = ""
    code: str = ""
    dose: str = ""
    frequency: str = ""
    ald: bool = False


def of_record(record: Record) -> list[Prescription]:
    """The person's prescriptions, newest first, with their lines."""
    return _listed(Prescription.record_id == record.id)


def by_prescriber(prescriber: User, record: Record) -> list[Prescription]:
    """What this professional prescribed to this patient, newest first."""
    return _listed(Prescription.record_id == record.id, Prescription.prescriber_id == prescriber.id)


def _listed(*conditions: sa.ColumnElement[bool]) -> list[Prescription]:
    query = sa.select(Prescription).where(*conditions).options(
        joinedload(Prescription.prescriber), selectinload(Prescription.lines).selectinload(Line.deliveries),
        selectinload(Prescription.objections),
    )
    return list(db.session.scalars(query.order_by(Prescription.signed_at.desc(), Prescription.id.desc())))


def find(ref: str) -> Prescription | None:
    """A prescription with all that its page shows."""
    return _with_all(Prescription.ref == ref)


def find_by_number(number: str) -> Prescription:
    """The prescription that bears this number in this world. Raises Refused."""
    found = _with_all(Prescription.number == number)
    if found is None:
        raise Refused(UNKNOWN)
    return found


def of_document(document: Document) -> Prescription | None:
    """The prescription that this document is the readable copy of."""
    return _with_all(Prescription.document_id == document.id)


def _with_all(condition: sa.ColumnElement[bool]) -> Prescription | None:
    deliveries = selectinload(Prescription.lines).selectinload(Line.deliveries)
    query = sa.select(Prescription).where(condition).options(
        joinedload(Prescription.record),
        joinedload(Prescription.prescriber).joinedload(User.professional),
        deliveries.joinedload(Delivery.pharmacist).joinedload(User.professional),
        selectinload(Prescription.objections),
    )
    return db.session.scalars(query).first()


def prescribe(
    prescriber: User, record: Record, lines: Sequence[NewLine], slug: str = "", kind: Kind = Kind.PRODUCTS, ref: str = "",
) -> Prescription:
    """Sign a prescription; its readable copy goes among the documents, and that deposit is what notifies. Raises Refused."""
    if not lines:
        raise Refused(NO_LINE)
    for line in lines:
        refuse_too_long(line.duration_days, line.renewals)
    told = [_told_line(line) for line in lines]
    document = deposit_text(
        prescriber, record, title=prescription_title([line.drug for line in lines]), category=CATEGORY, kind=kind.code,
        text=prescription_text(told), slug=f"o-{slug}"[:40] if slug else "",
    )
    signed = Prescription(
        record=record, prescriber=prescriber, document=document, slug=slug, kind=kind, ref=ref or new_ref(),
        number=prescription_number(secrets.token_bytes(13)), valid_until=today() + timedelta(FIRST_PRESENTATION_DAYS),
    )
    db.session.add(signed)
    signed.lines = [Line(position=at, **line) for at, line in enumerate(told, 1)]
    publish(PrescriptionSigned(actor=prescriber, record=record, prescription=signed))
    return signed


def prescribe_once(prescriber: User, record: Record, lines: Sequence[NewLine], kind: Kind, ref: str) -> tuple[Prescription, bool]:
    """The same, for a sheet that bears the ref of the prescription to be: sent twice, it is signed once. Whether it was now."""
    only_writer(record)
    found = db.session.scalars(sa.select(Prescription).where(Prescription.ref == ref)).first()
    if found and (found.prescriber_id, found.record_id) == (prescriber.id, record.id):
        return found, False
    return prescribe(prescriber, record, lines, kind=kind, ref="" if found else ref), True


def refuse_too_long(days: int, renewals: int) -> None:
    """Raises Refused for a treatment that, renewals included, would go on after twelve months; says the most that there may be."""
    total, most = days * (1 + renewals), MOST_DAYS // days - 1
    if total <= MOST_DAYS:
        return
    cure = f"{several(most, 'renouvellement')} au plus" if most > 0 else "aucun renouvellement"
    raise Refused(
        f"Une ordonnance dure 12 mois au plus : {several(days, 'jour')} et {several(renewals, 'renouvellement')} font "
        f"{several(total, 'jour')}. Mettez {cure}, ou une durée plus courte."
    )


def _told_line(line: NewLine) -> dict[str, Any]:
    return {name: without_marks(value) if isinstance(value, str) else value for name, value in asdict(line).items()}


def show(user: User, prescription: Prescription) -> None:
    """The person displays the code, to be scanned."""
    publish(PrescriptionShown(actor=user, record=prescription.record, prescription=prescription))


def cancel(prescriber: User, prescription: Prescription) -> None:
    """Take a prescription back. Raises Refused once something was delivered, or when it is no longer valid."""
    lock(prescription)
    if any(line.delivered for line in prescription.lines):
        raise Refused(ALREADY_DELIVERED)
    refuse_closed(prescription)
    prescription.cancelled_at = now()
    publish(PrescriptionCancelled(actor=prescriber, record=prescription.record, prescription=prescription))


def lock(prescription: Prescription) -> None:
    """One counter at a time: hold the prescription, and see what the others have already done."""
    query = sa.select(Prescription).where(Prescription.id == prescription.id)
    db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    lines = sa.select(Line).where(Line.prescription_id == prescription.id).options(selectinload(Line.deliveries))
    db.session.scalars(lines.execution_options(populate_existing=True)).all()


def refuse_closed(prescription: Prescription) -> None:
    """Raises Refused when nothing may be done with it any more, and says why."""
    if prescription.state in CLOSED:
        raise Refused(CLOSED[prescription.state])
