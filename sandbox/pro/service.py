"""What a professional consults: the records of patients, and what is new in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.acts import (
    Act,
    ConsentRefused,
    DocumentConsulted,
    DocumentDeposited,
    EmergencyConsulted,
    GlassBroken,
    KeptBackConsulted,
    RecordConsulted,
    RecordFirstConsulted,
    SamuConsulted,
)
from sandbox.clock import now
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.privacy import service as privacy

RECENT = 6
SAME_CONSULTATION = timedelta(minutes=30)
READ: tuple[type[Act], ...] = (DocumentConsulted, KeptBackConsulted)
CONSULTED: tuple[type[Act], ...] = (RecordConsulted, RecordFirstConsulted, SamuConsulted, GlassBroken, EmergencyConsulted)


def consult(professional: User, record: Record) -> None:
    """Open a patient's record: an act, which notifies; coming back within half an hour is the same consultation."""
    if not any(_has_just(professional, record, act, "") for act in CONSULTED):
        privacy.consult(professional, record)


def read_document(professional: User, document: Document) -> None:
    """Open one document, or a former version of it: an act, which notifies; a second look within half an hour is not another.

    What its author has withdrawn is no longer in the record: looking at it again concerns nobody.
    """
    present = document.current
    if not present.is_withdrawn and not any(_has_just(professional, present.record, act, present.ref) for act in READ):
        documents.consult(professional, present)


def _has_just(user: User, record: Record, act: type[Act], subject_ref: str) -> bool:
    query = sa.select(Entry.id).where(
        Entry.actor_id == user.id, Entry.record_id == record.id, Entry.act == act.__name__, ~Entry.from_pack,
        Entry.subject_ref == subject_ref, Entry.at > now() - SAME_CONSULTATION, Entry.at <= now(),
    )
    return db.session.execute(query.limit(1)).first() is not None


def recent_patients(professional: User) -> list[int]:
    """The ids of the records that this professional opened, or fed, lately: the latest first."""
    acts = [act.__name__ for act in (*CONSULTED, DocumentDeposited)]
    query = sa.select(Entry.record_id).where(Entry.actor_id == professional.id, Entry.act.in_(acts), ~Entry.from_pack)
    return list(db.session.scalars(query.group_by(Entry.record_id).order_by(sa.func.max(Entry.id).desc()).limit(RECENT)))


def news(professional: User, found: list[Document]) -> set[int]:
    """Which of these documents came since this professional's consultation before this one, and were not read by them."""
    since = _last_consultation(professional, found[0].record) if found else None
    fresh = {document.ref: document.id for document in found if since and document.deposited_at > since}
    if not fresh:
        return set()
    read = sa.select(Entry.subject_ref).where(
        Entry.actor_id == professional.id, Entry.act.in_(act.__name__ for act in READ), Entry.subject_ref.in_(fresh)
    )
    seen = set(db.session.scalars(read))
    return {document.id for document in found if document.ref in fresh.keys() - seen and not document.is_own(professional)}


def _last_consultation(professional: User, record: Record) -> datetime | None:
    """When the consultation before the present one began; the present one's, when it is the first."""
    query = sa.select(Entry.at).where(
        Entry.actor_id == professional.id, Entry.record_id == record.id, Entry.act.in_(act.__name__ for act in CONSULTED)
    )
    return next(reversed(db.session.scalars(query.order_by(Entry.at.desc(), Entry.id.desc()).limit(2)).all()), None)


def refused_at(professional: User, record: Record) -> datetime | None:
    """When this professional last noted that the person said no."""
    query = sa.select(sa.func.max(Entry.at)).where(
        Entry.actor_id == professional.id, Entry.record_id == record.id, Entry.act == ConsentRefused.__name__
    )
    return db.session.scalar(query)


def documents_for(professional: User, record: Record) -> list[Document]:
    """What this professional may read of a record, newest first; what is masked is not even counted."""
    return [document for document in documents.of_record(record) if may(professional, To.READ, document)]
