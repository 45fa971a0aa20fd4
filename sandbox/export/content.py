"""Everything a record holds, as plain values: what `dossier.json` says and the archive's pages show.

The names are those of the portal's own schema where it has them (reference §1.15); `schema.json` explains each.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock, tenancy, texts
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.export import agenda
from sandbox.journal.models import Entry
from sandbox.messaging import inbox
from sandbox.messaging.models import Attachment, Conversation, Message
from sandbox.notifications.models import Notification
from sandbox.prescriptions.models import Delivery, Line, Prescription
from sandbox.prevention import exams
from sandbox.prevention import service as prevention
from sandbox.prevention.models import ChildExam
from sandbox.profile.models import Measure, ProfileEntry
from sandbox.vaccination import service as vaccination
from sandbox.vaccination.models import Vaccination

VERSION = 1
Plain = dict[str, Any]


def of(record: Record, paths: dict[int, str]) -> Plain:
    """The whole record. `paths`: where the archive keeps each document's file, by the document's id."""
    return {
        "version": VERSION, "training": True, "producedAt": clock.now().isoformat(timespec="seconds"),
        "identity": _identity(record),
        "documents": _documents(record, paths),
        "withdrawnDocuments": [_withdrawn(found) for found in withdrawn(record)],
        "profile": [_entry(found) for found in _all(ProfileEntry, record)],
        "measures": [_measure(found) for found in _all(Measure, record)],
        "vaccinations": [_vaccination(found) for found in vaccination.of_record(record)],
        "childExams": [_exam(found) for found in prevention.made(record).values()],
        "conversations": [_conversation(found, paths) for found in conversations(record)],
        "appointments": agenda.appointments(record),
        "reminders": agenda.reminders(record),
        "prevention": agenda.marks(record),
        "services": agenda.synchronizations(record),
        "prescriptions": [_prescription(found) for found in _prescriptions(record)],
        "access": _access(record),
        "notifications": [_notification(found) for found in _all(Notification, record)],
        "history": _history(record),
    }


def _all(kind: Any, record: Record) -> list[Any]:
    return list(db.session.scalars(sa.select(kind).where(kind.record_id == record.id).order_by(kind.id)))


def documents(record: Record) -> list[Document]:
    """What the person finds on their shelf, newest first."""
    query = sa.select(Document).where(on_shelf(record)).order_by(Document.dated.desc(), Document.id.desc())
    return list(db.session.scalars(query.options(joinedload(Document.author), joinedload(Document.folder))))


def former(record: Record) -> dict[str, list[Document]]:
    """The versions that were replaced, the newest first, by the ref of the present document."""
    query = sa.select(Document).where(Document.record_id == record.id, Document.version_of != "")
    found: dict[str, list[Document]] = defaultdict(list)
    for version in db.session.scalars(query.order_by(Document.version.desc()).options(joinedload(Document.author))):
        found[version.version_of].append(version)
    return found


def withdrawn(record: Record) -> list[Document]:
    """What its author took back after the person could read it: they may know why, and read it no more."""
    known = sa.and_(Document.withdrawn_at.is_not(None), Document.hidden_until.is_(None))
    query = sa.select(Document).where(Document.record_id == record.id, known).order_by(Document.withdrawn_at.desc())
    return list(db.session.scalars(query.options(joinedload(Document.author))))


def conversations(record: Record) -> list[Conversation]:
    """Those that the person has not deleted; of one that came back, `inbox.messages` tells what came since."""
    query = sa.select(Conversation).where(Conversation.record_id == record.id, inbox.is_there())
    return list(db.session.scalars(query.order_by(Conversation.last_at.desc()).options(
        joinedload(Conversation.professional),
        selectinload(Conversation.messages).options(
            joinedload(Message.sender), selectinload(Message.attachments).joinedload(Attachment.document)
        ),
    )))


def _identity(record: Record) -> Plain:
    return {
        "familyName": record.family_name, "firstName": record.first_name, "sex": record.sex.value,
        "birthDate": record.birth_date.isoformat(), "birthPlace": record.birth_place, "birthCode": record.birth_code,
        "matricule": record.nir, "address": record.address, "phone": record.phone, "email": record.email,
        "secureAddress": record.secure_address,
    }


def _documents(record: Record, paths: dict[int, str]) -> list[Plain]:
    before = former(record)
    return [_document(found, paths) | {
        "formerVersions": [_document(version, paths) for version in before.get(found.ref, [])]
    } for found in documents(record)]


def _withdrawn(document: Document) -> Plain:
    return {
        "title": document.title, "category": document.category, "type": document.kind,
        "createdAt": document.dated.isoformat(), "withdrawnBy": document.author.name,
        "withdrawnAt": agenda.moment(document.withdrawn_at), "reason": document.withdrawn_for,
    }


def _document(document: Document, paths: dict[int, str]) -> Plain:
    return {
        "title": document.title, "category": document.category, "type": document.kind,
        "createdAt": document.dated.isoformat(), "uploadedAt": agenda.moment(document.deposited_at),
        "uploadedBy": document.author.name, "confidentiality": document.confidentiality.value,
        "pinned": document.pinned, "folder": document.folder.name if document.folder else None,
        "version": document.version, "file": paths.get(document.id),
    }


def _entry(entry: ProfileEntry) -> Plain:
    return {
        "block": entry.block.value, "label": entry.label, "none": entry.is_none, "startDate": entry.started or None,
        "endDate": entry.ended or None, "detail": entry.detail, "comment": entry.comment,
    }


def _measure(measure: Measure) -> Plain:
    return {
        "kind": measure.kind, "value": measure.value, "date": agenda.moment(measure.at), "source": measure.source.value,
        "comment": measure.comment, "service": agenda.name_of(measure.service) or None,
    }


def _vaccination(one: Vaccination) -> Plain:
    return {
        "vaccine": vaccination.name_of(one.vaccine), "product": one.product, "givenOn": one.given_on.isoformat(), "dose": one.dose, "lot": one.lot,
        "site": one.site, "nextOn": one.next_on.isoformat() if one.next_on else None, "by": one.author.name,
    }


def _exam(one: ChildExam) -> Plain:
    return {"exam": exams.every()[one.exam].label, "madeOn": one.made_on.isoformat(), "note": one.note, "by": one.author.name}


def _conversation(talk: Conversation, paths: dict[int, str]) -> Plain:
    return {
        "subject": talk.subject, "with": talk.professional.name, "ended": talk.is_ended,
        "messages": [_message(message, paths) for message in inbox.messages(talk)],
    }


def _message(message: Message, paths: dict[int, str]) -> Plain:
    return {
        "from": message.sender.name, "sentAt": agenda.moment(message.sent_at),
        "content": texts.dated(message.body, tenancy.world_day()), "read": message.read_at is not None,
        "files": [{"title": one.document.title, "file": paths.get(one.document_id)} for one in message.attachments],
    }


def _prescriptions(record: Record) -> list[Prescription]:
    query = sa.select(Prescription).where(Prescription.record_id == record.id).order_by(Prescription.signed_at.desc())
    return list(db.session.scalars(query.options(
        joinedload(Prescription.prescriber), selectinload(Prescription.objections),
        selectinload(Prescription.lines).selectinload(Line.deliveries).joinedload(Delivery.pharmacist),
    )))


def _prescription(one: Prescription) -> Plain:
    return {
        "number": one.number, "kind": one.kind.value, "prescriberReadsDeliveries": not one.is_objected, "prescriber": one.prescriber.name, "signedAt": agenda.moment(one.signed_at),
        "validUntil": one.valid_until.isoformat(), "state": one.state.value,
        "lines": [_line(line) for line in one.lines],
    }


def _line(line: Line) -> Plain:
    return {
        "drug": line.drug, "posology": line.posology, "durationDays": line.duration_days, "quantity": line.quantity,
        "unit": line.unit, "renewals": line.renewals, "state": line.state.value,
        "deliveries": [
            {"by": d.pharmacist.name, "at": agenda.moment(d.at), "quantity": d.quantity, "substituted": d.substituted,
             "why": d.why, "posology": d.posology, "agreedOn": d.agreed_on.isoformat() if d.agreed_on else None,
             "refused": d.refused, "note": d.note, "cancelledAt": agenda.moment(d.cancelled_at) if d.cancelled_at else None}
            for d in line.deliveries
        ],
    }


def _access(record: Record) -> Plain:
    return {
        "professionals": [
            {"name": s.professional.name, "state": s.state.value, "administrator": s.is_administrator,
             "since": agenda.moment(s.since)}
            for s in record.standings
        ],
        "emergency": {"samu": record.samu, "others": record.glass, "maskedDocuments": record.masked_in_emergency},
        "newDocumentsMasked": record.masks_new,
    }


def _notification(one: Notification) -> Plain:
    return {"code": one.code.value, "label": one.label, "date": agenda.moment(one.at), "read": not one.is_unread}


def _history(record: Record) -> list[Plain]:
    query = sa.select(Entry.at, Entry.act, Entry.actor_kind, Entry.phrase).where(Entry.record_id == record.id, ~Entry.elsewhere)
    found = db.session.execute(query.order_by(Entry.at.desc(), Entry.id.desc()))
    return [{"date": agenda.moment(at), "act": act, "actorType": kind.value, "label": words} for at, act, kind, words in found]
