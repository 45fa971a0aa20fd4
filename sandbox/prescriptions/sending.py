"""Sending a numeric prescription to a pharmacy by secure messaging: one that takes them, known or searched (reference §1.6, §2.3)."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from sandbox import french
from sandbox.account.models import Professional, Record, User
from sandbox.acts import PrescriptionSent, publish
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.messaging import attachments, directory
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation, Message
from sandbox.prescriptions.models import Delivery, Line, Prescription
from sandbox.texts import without_marks

NOT_COMPATIBLE = "Cette pharmacie ne reçoit pas d’ordonnance par messagerie. Choisissez-en une autre, ou montrez-lui votre carré."
TEXT = (
    "Bonjour,\n\nVoici mon ordonnance numérique, établie par {prescriber} le {day}. Pouvez-vous la préparer ?\n\n"
    "J’apporterai l’ordonnance sur papier quand je viendrai.\n\nMerci,\n{name}"
)


@dataclass(frozen=True)
class Pharmacy:
    """One that the person may choose, or not; `is_known`: it has delivered to them, or written to them."""

    user: User
    card: Professional
    is_known: bool

    @property
    def is_compatible(self) -> bool:
        return self.card.takes_prescriptions


def pharmacies(prescription: Prescription, words: str = "") -> list[Pharmacy]:
    """Those whose name or place has these words: known ones first, then those that take prescriptions."""
    known = _known(prescription.record)
    found = [
        Pharmacy(user, user.professional, user.id in known)
        for user in directory.professionals(words)
        if user.professional and user.professional.profession == prescription.kind.profession
    ]
    return sorted(found, key=lambda one: (not one.is_known, not one.is_compatible, one.card.place))


def find(prescription: Prescription, ref: str) -> Pharmacy | None:
    """The pharmacy of this ref."""
    return next((one for one in pharmacies(prescription) if one.user.ref == ref), None)


def text_for(prescription: Prescription, user: User) -> str:
    """What is proposed to be written; the person changes it as they like."""
    return TEXT.format(prescriber=prescription.prescriber.name, day=french.long_date(prescription.signed_on), name=user.name)


def sent_to(prescription: Prescription) -> list[Conversation]:
    """The exchanges by which it was sent already, the first one first."""
    query = sa.select(Conversation).join(Message).where(Message.prescription_ref == prescription.ref)
    return list(db.session.scalars(query.order_by(Message.sent_at, Message.id)))


def send(user: User, prescription: Prescription, pharmacy: Pharmacy, text: str) -> Conversation:
    """Write to the pharmacy, with the readable copy attached. Raises Refused."""
    if not pharmacy.is_compatible:
        raise Refused(NOT_COMPATIBLE)
    subject = f"Ordonnance du {french.long_date(prescription.signed_on)}"
    said = messaging.just_said(user, prescription.record, without_marks(text), to=pharmacy.user, subject=subject)
    if said and said.prescription_ref == prescription.ref:  # pressed twice, or sent again from another window
        return said.conversation
    copy = [attachments.copy_of(prescription.document)] if prescription.document else []
    talk = messaging.write_anew(
        user, prescription.record, pharmacy.user, subject, text, pieces=copy, prescription_ref=prescription.ref,
    )
    publish(PrescriptionSent(actor=user, record=prescription.record, prescription=prescription, pharmacist=pharmacy.user))
    return talk


def _known(record: Record) -> set[int]:
    delivered = sa.select(Delivery.pharmacist_id).join(Line).join(Prescription).where(Prescription.record_id == record.id)
    wrote = sa.select(Conversation.professional_id).where(Conversation.record_id == record.id)
    return set(db.session.scalars(delivered)) | set(db.session.scalars(wrote))
