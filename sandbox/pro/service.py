"""What a professional finds and consults: the workshop's patients, their records, the messages that wait."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import french
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.acts import (
    Act,
    DocumentConsulted,
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
from sandbox.messaging.models import Conversation, Message
from sandbox.privacy import service as privacy
from sandbox.workshops.people import plain

SAME_CONSULTATION = timedelta(minutes=30)
READ: tuple[type[Act], ...] = (DocumentConsulted, KeptBackConsulted)
CONSULTED: tuple[type[Act], ...] = (RecordConsulted, RecordFirstConsulted, SamuConsulted, GlassBroken, EmergencyConsulted)


@dataclass(frozen=True)
class Talk:
    """One conversation of the professional's list."""

    conversation: Conversation
    unread: int


def patients(words: str) -> list[Record]:
    """The workshop's patients whose name, birth date or social-security number has these words."""
    query = sa.select(Record).order_by(Record.family_name, Record.first_name, Record.id)
    wanted = words.split()
    return [record for record in db.session.scalars(query) if _matches(record, wanted)]


def _matches(record: Record, words: list[str]) -> bool:
    figures = "".join(words).upper()
    if re.fullmatch(r"[12]\d{3,}[\dAB]*", figures) and record.nir.startswith(figures):
        return True
    name, born = plain(record.name), french.short_date(record.birth_date)
    return all(_is_in(word, name, born, record.birth_date) for word in words)


def _is_in(word: str, name: str, born: str, birth_date: date) -> bool:
    if any(sign.isdigit() for sign in word):
        return word.replace("-", "/").replace(".", "/") in born or word == birth_date.isoformat()
    return plain(word) in name


def consult(professional: User, record: Record) -> None:
    """Open a patient's record: an act, which notifies; coming back within half an hour is the same consultation."""
    if not any(_has_just(professional, record, act, "") for act in CONSULTED):
        privacy.consult(professional, record)


def read_document(professional: User, document: Document) -> None:
    """Open one document: an act, which notifies; a second look within half an hour is not another."""
    if not any(_has_just(professional, document.record, act, document.ref) for act in READ):
        documents.consult(professional, document)


def _has_just(user: User, record: Record, act: type[Act], subject_ref: str) -> bool:
    query = sa.select(Entry.id).where(
        Entry.actor_id == user.id, Entry.record_id == record.id, Entry.act == act.__name__, ~Entry.from_pack,
        Entry.subject_ref == subject_ref, Entry.at > now() - SAME_CONSULTATION, Entry.at <= now(),
    )
    return db.session.execute(query.limit(1)).first() is not None


def documents_for(professional: User, record: Record) -> list[Document]:
    """What this professional may read of a record, newest first; what is masked is not even counted."""
    return [document for document in documents.of_record(record) if may(professional, To.READ, document)]


def unread_count(professional: User) -> int:
    """Messages that patients wrote to this professional, not read yet."""
    query = sa.select(sa.func.count(Message.id)).join(Conversation).where(
        Conversation.professional_id == professional.id, Message.sender_id != professional.id, Message.read_at.is_(None)
    )
    return db.session.scalar(query) or 0


def talks(professional: User, record: Record | None = None) -> list[Talk]:
    """The professional's conversations, with one patient or all; those to read first, then the newest."""
    unread = (
        sa.select(sa.func.count(Message.id))
        .where(
            Message.conversation_id == Conversation.id, Message.sender_id != Conversation.professional_id,
            Message.read_at.is_(None),
        )
        .correlate(Conversation).scalar_subquery()
    )
    query = sa.select(Conversation, unread).where(Conversation.professional_id == professional.id)
    if record:
        query = query.where(Conversation.record_id == record.id)
    query = query.order_by(Conversation.last_at.desc(), Conversation.id.desc())
    rows = db.session.execute(query.options(joinedload(Conversation.record)))
    return sorted((Talk(talk, count) for talk, count in rows), key=lambda found: found.unread == 0)
