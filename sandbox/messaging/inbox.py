"""What a person finds in their messages."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.messaging.models import Conversation, Message, State


@dataclass(frozen=True)
class Line:
    """One conversation of the list: its last words, and how many messages wait to be read."""

    talk: Conversation
    last: str
    unread: int


def unread_count(record: Record) -> int:
    """Messages that professionals wrote and the person has not read."""
    return db.session.scalar(unread(record)) or 0


def unread(record: Record) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Message.id)).join(Conversation).where(
        Conversation.record_id == record.id, Message.sender_id == Conversation.professional_id, Message.read_at.is_(None)
    )


def lines(record: Record) -> list[Line]:
    """Every conversation of a record: those to read first, then the newest."""
    mine = sa.select(Message).where(Message.conversation_id == Conversation.id).correlate(Conversation)
    last = mine.with_only_columns(Message.body).order_by(Message.sent_at.desc(), Message.id.desc()).limit(1)
    unread = mine.with_only_columns(sa.func.count(Message.id)).where(
        Message.sender_id == Conversation.professional_id, Message.read_at.is_(None)
    )
    query = (
        sa.select(Conversation, last.scalar_subquery(), unread.scalar_subquery())
        .where(Conversation.record_id == record.id)
        .order_by(Conversation.last_at.desc(), Conversation.id.desc())
        .options(joinedload(Conversation.professional).joinedload(User.professional))
    )
    found = [Line(talk, body or "", count) for talk, body, count in db.session.execute(query)]
    return sorted(found, key=lambda line: line.unread == 0)


def correspondents(record: Record) -> list[Conversation]:
    """Whom the person may write to: the newest open exchange with each professional, by name."""
    query = sa.select(Conversation).where(Conversation.record_id == record.id, Conversation.state == State.OPEN)
    found = db.session.scalars(
        query.order_by(Conversation.last_at, Conversation.id)
        .options(joinedload(Conversation.professional).joinedload(User.professional))
    )
    newest = {talk.professional_id: talk for talk in found}
    return sorted(newest.values(), key=lambda talk: talk.professional.name)
