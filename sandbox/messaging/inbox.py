"""What a person finds in their messages: what they deleted is not there, what came since is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from sandbox.account.models import Record, Role, User
from sandbox.db import db
from sandbox.messaging.models import Conversation, Draft, Message, State


@dataclass(frozen=True)
class Line:
    """One conversation of the list: its last words, how many messages wait to be read, whether an answer was begun."""

    talk: Conversation
    last: str
    unread: int
    is_begun: bool
    is_mine: bool  # its last message is the patient’s


def waiting() -> list[sa.ColumnElement[bool]]:
    """What a message must be for the patient to have it to read, in a question that joins its conversation."""
    writer = aliased(User)
    patients = sa.exists().where(writer.id == Message.sender_id, writer.role == Role.LEARNER)
    return [Message.read_at.is_(None), ~patients, _is_kept()]


def _is_kept() -> sa.ColumnElement[bool]:
    """Not deleted with its conversation."""
    return sa.or_(Conversation.cleared_at.is_(None), Message.sent_at > Conversation.cleared_at)


def unread_count(record: Record) -> int:
    """Messages that professionals wrote and the person has not read."""
    return db.session.scalar(unread(record)) or 0


def unread(record: Record) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Message.id)).join(Conversation).where(Conversation.record_id == record.id, *waiting())


def messages(talk: Conversation) -> list[Message]:
    """Those of an exchange that its patient has not deleted, oldest first."""
    return [message for message in talk.messages if is_kept(message, talk.cleared_at)]


def is_kept(message: Message, cleared_at: datetime | None) -> bool:
    return cleared_at is None or message.sent_at > cleared_at


def lines(record: Record, user: User) -> list[Line]:
    """Every conversation of a record that this person has not deleted: those to read first, then the newest."""
    mine = sa.select(Message).where(Message.conversation_id == Conversation.id, _is_kept()).correlate(Conversation)
    last = mine.with_only_columns(Message.body).order_by(Message.sent_at.desc(), Message.id.desc()).limit(1)
    writer = last.join(Message.sender).with_only_columns(User.role)
    unread = mine.with_only_columns(sa.func.count(Message.id)).where(*waiting())
    begun = sa.exists().where(Draft.conversation_id == Conversation.id, Draft.author_id == user.id, Draft.body != "")
    query = (
        sa.select(Conversation, last.scalar_subquery(), unread.scalar_subquery(), begun, writer.scalar_subquery())
        .where(Conversation.record_id == record.id, is_there())
        .order_by(Conversation.last_at.desc(), Conversation.id.desc())
        .options(joinedload(Conversation.professional).joinedload(User.professional))
    )
    found = [
        Line(talk, body or "", count, begun, role == Role.LEARNER) for talk, body, count, begun, role in db.session.execute(query)
    ]
    return sorted(found, key=lambda line: line.unread == 0)


def is_there() -> sa.ColumnElement[bool]:
    """Not deleted, or something came since."""
    return sa.or_(Conversation.cleared_at.is_(None), Conversation.last_at > Conversation.cleared_at)


def correspondents(record: Record) -> list[Conversation]:
    """Whom the person may answer: the newest open exchange with each professional, by name."""
    found = db.session.scalars(_whole(sa.select(Conversation).where(
        Conversation.record_id == record.id, Conversation.state == State.OPEN, ~Conversation.no_reply, is_there()
    )).order_by(Conversation.last_at, Conversation.id))
    newest = {talk.professional_id: talk for talk in found}
    return sorted(newest.values(), key=lambda talk: talk.professional.name)


def known(record: Record) -> list[Conversation]:
    """The exchanges that make somebody known: those that a professional opened and did not end, newest first."""
    return list(db.session.scalars(_whole(sa.select(Conversation).where(
        Conversation.record_id == record.id, Conversation.state == State.OPEN, ~Conversation.no_reply,
        ~Conversation.from_patient,
    )).order_by(Conversation.last_at.desc(), Conversation.id.desc())))


def _whole(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.options(joinedload(Conversation.professional).joinedload(User.professional))
