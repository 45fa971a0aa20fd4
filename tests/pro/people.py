"""What the stories of the professional's part share: finding a patient and a prescription by their names."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.notifications.models import Notification
from sandbox.prescriptions import service
from sandbox.prescriptions.models import Prescription
from tests.room import Room


def patient_path(room: Room, seat: int = 1) -> str:
    with room.inside():
        return f"/pro/patients/{room.record(seat).ref}"


def name_of(room: Room, seat: int = 1) -> str:
    with room.inside():
        return room.record(seat).name


def identity(room: Room, seat: int = 1) -> Record:
    with room.inside():
        return room.record(seat)


def told(slug: str, seat: int = 1) -> Prescription:
    """Only inside: a prescription by the pack's name, with all its lines."""
    found = db.session.scalars(sa.select(Prescription).where(Prescription.slug == slug, Prescription.seat == seat)).one()
    return service.find_by_number(found.number)


def number_of(room: Room, slug: str, seat: int = 1) -> str:
    with room.inside():
        return told(slug, seat).number


def document(slug: str, seat: int = 1) -> Document:
    """Only inside: a document by the pack's name."""
    return db.session.scalars(sa.select(Document).where(Document.slug == slug, Document.seat == seat)).one()


def done(act: str, seat: int = 1) -> int:
    """Only inside: how many times this was done to a record during the workshop."""
    query = sa.select(sa.func.count(Entry.id)).where(Entry.act == act, Entry.seat == seat, ~Entry.from_pack)
    return db.session.scalar(query) or 0


def notified(code: str, seat: int = 1) -> int:
    """Only inside: how many notifications with this code a person has."""
    query = sa.select(sa.func.count(Notification.id)).where(Notification.code == code, Notification.seat == seat)
    return db.session.scalar(query) or 0
