"""What is new for the person: what they have not seen yet, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from sandbox import clock
from sandbox.account.models import Record, User
from sandbox.agenda.models import Appointment, Status
from sandbox.db import db
from sandbox.documents import shelf
from sandbox.documents.models import Document
from sandbox.messaging.models import Conversation, Message
from sandbox.notifications.models import Notification

SHOWN = 3
SAME_VISIT = timedelta(hours=1)


class News(NamedTuple):
    """One thing that leads to the thing itself: a document, an exchange, a notification."""

    ref: str
    words: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Group:
    """The first news of one kind, and how many there are."""

    first: list[News]
    total: int


def documents(record: Record) -> Group:
    """What others deposited and the person has not opened."""
    query = sa.select(Document.ref, Document.title, User.name, Document.deposited_at).join(
        User, User.id == Document.author_id
    ).where(shelf.on_shelf(record), Document.opened_at.is_(None))
    return _group(query, Document.deposited_at)


def messages(record: Record) -> Group:
    """Exchanges with something to read."""
    unread = sa.exists().where(
        Message.conversation_id == Conversation.id, Message.sender_id == Conversation.professional_id,
        Message.read_at.is_(None),
    )
    query = sa.select(Conversation.ref, Conversation.subject, User.name, Conversation.last_at).join(
        User, User.id == Conversation.professional_id
    ).where(Conversation.record_id == record.id, unread)
    return _group(query, Conversation.last_at)


def notifications(record: Record) -> Group:
    query = sa.select(Notification.ref, Notification.label, User.name, Notification.at).join(
        User, User.id == Notification.actor_id
    ).where(Notification.record_id == record.id, Notification.read_at.is_(None))
    return _group(query, Notification.at)


def next_appointment(record: Record) -> Appointment | None:
    query = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.starts_at > clock.now(), Appointment.status == Status.CONFIRMED
    )
    return db.session.scalars(query.order_by(Appointment.starts_at).limit(1)).first()


def visit(record: Record) -> datetime | None:
    """The person comes to the first page: when were they there before? A page seen again is not another visit."""
    before, record.visited_at = record.visited_at, clock.now()
    return before if before and clock.now() - before > SAME_VISIT else None


def _group(query: sa.Select[str, str, str, datetime], at: InstrumentedAttribute[datetime]) -> Group:
    found = db.session.execute(query.order_by(at.desc())).all()
    return Group([News._make(row) for row in found[:SHOWN]], len(found))
