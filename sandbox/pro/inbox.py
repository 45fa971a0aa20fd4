"""A professional's exchanges: those they opened and those they are in copy of, what waits in each, what was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.account.models import Record, Role, User
from sandbox.clock import now
from sandbox.db import db
from sandbox.messaging.models import Conversation, Copy, Message, State

Asked = sa.Select[*tuple[Any, ...]]


class Shelf(StrEnum):
    """Which exchanges are looked at."""

    ALL = ""
    UNREAD = "a-lire"
    OPEN = "en-cours"
    ENDED = "termines"


@dataclass(frozen=True)
class Head:
    """What places an exchange in the list: when its last message came, and how many wait to be read."""

    id: int
    is_ended: bool
    at: datetime
    unread: int

    def is_on(self, shelf: Shelf) -> bool:
        if shelf is Shelf.UNREAD:
            return self.unread > 0
        return shelf is Shelf.ALL or self.is_ended == (shelf is Shelf.ENDED)


@dataclass(frozen=True)
class Talk:
    """One line of the list: the exchange, its last message that this professional sees, how many wait to be read."""

    conversation: Conversation
    last: Message | None
    unread: int


def unread_count(professional: User) -> int:
    """Messages that wait for this professional, in all their exchanges."""
    query = _theirs(sa.select(sa.func.count(Message.id)).select_from(Conversation), professional)
    return db.session.scalar(query.join(Message, Message.conversation_id == Conversation.id).where(_waits(professional))) or 0


def heads(professional: User, records: Iterable[Record] | None = None) -> list[Head]:
    """Every exchange, with these patients or all: those to read first, then the newest. One question, and light."""
    last = sa.func.max(sa.case((_seen(professional), Message.sent_at)))
    waiting = sa.func.sum(sa.case((_waits(professional), 1), else_=0))
    query = _theirs(
        sa.select(Conversation.id, Conversation.state, Conversation.last_at, last, waiting).select_from(Conversation), professional
    ).outerjoin(Message, Message.conversation_id == Conversation.id)
    if records is not None:
        query = query.where(Conversation.record_id.in_([record.id for record in records]))
    rows = db.session.execute(query.group_by(Conversation.id, Conversation.state, Conversation.last_at))
    found = [Head(id_, state is State.ENDED, last or at, count) for id_, state, at, last, count in rows]
    return sorted(found, key=lambda head: (head.unread > 0, head.at, head.id), reverse=True)


def counts(found: list[Head]) -> dict[Shelf, int]:
    """How many of them are on each shelf."""
    return {shelf: sum(head.is_on(shelf) for head in found) for shelf in Shelf}


def talks(professional: User, found: list[Head]) -> list[Talk]:
    """These exchanges as the list shows them, in the same order."""
    ids = [head.id for head in found]
    whole = (joinedload(Conversation.record), joinedload(Conversation.professional))
    query = sa.select(Conversation).where(Conversation.id.in_(ids)).options(*whole)
    known, last = {talk.id: talk for talk in db.session.scalars(query)}, _last(professional, ids)
    return [Talk(known[head.id], last.get(head.id), head.unread) for head in found if head.id in known]


def with_patient(professional: User, record: Record) -> list[Talk]:
    """The exchanges of these two."""
    return talks(professional, heads(professional, [record]))


def _last(professional: User, ids: list[int]) -> dict[int, Message]:
    """The last message that this professional sees of each of these exchanges, by its id."""
    newest = sa.func.row_number().over(
        partition_by=Message.conversation_id, order_by=(Message.sent_at.desc(), Message.id.desc())
    )
    ranked = sa.select(Message.id, newest.label("rank")).join(Message.conversation).where(
        Message.conversation_id.in_(ids), _seen(professional)
    ).subquery()
    query = sa.select(Message).join(ranked, sa.and_(ranked.c.id == Message.id, ranked.c.rank == 1))
    found = db.session.scalars(query.options(joinedload(Message.sender)))
    return {message.conversation_id: message for message in found}


def read(professional: User, talk: Conversation) -> set[int]:
    """Everything that waited is read now; gives the ids of what was new. A colleague in copy reads for themselves alone."""
    query = _theirs(sa.select(Message).join(Message.conversation), professional)
    fresh = list(db.session.scalars(query.where(Message.conversation_id == talk.id, _waits(professional))))
    if talk.professional_id == professional.id and fresh:
        talk.seen_at = now()
        for message in fresh:
            message.read_at = now() if message.is_patients else message.read_at
    for copy in talk.copies:
        if copy.user_id == professional.id and fresh:
            copy.seen_at = max(message.sent_at for message in fresh)
    return {message.id for message in fresh}


def _theirs(query: Asked, professional: User) -> Asked:
    """Of the exchanges that they opened, or are in copy of; `Copy` is theirs in what follows."""
    mine = sa.and_(Copy.conversation_id == Conversation.id, Copy.user_id == professional.id)
    opened = Conversation.professional_id == professional.id
    return query.outerjoin(Copy, mine).where(sa.or_(opened, Copy.id.is_not(None)))


def _waits(professional: User) -> sa.ColumnElement[bool]:
    """A message to read: the patient's, and colleagues' since the last visit, for the opener; anybody's, for one in copy."""
    patients = Message.sender_id.in_(sa.select(User.id).where(User.role == Role.LEARNER))
    later = sa.or_(Conversation.seen_at.is_(None), Message.sent_at > Conversation.seen_at)
    colleagues = sa.and_(Message.sender_id != professional.id, ~patients, later)
    waiting = sa.or_(sa.and_(Message.read_at.is_(None), patients), colleagues)
    theirs = sa.and_(Conversation.professional_id == professional.id, waiting)
    since = sa.or_(Copy.seen_at.is_(None), Message.sent_at > Copy.seen_at)
    return sa.or_(theirs, sa.and_(Copy.id.is_not(None), Message.sender_id != professional.id, ~Message.aside, since))


def _seen(professional: User) -> sa.ColumnElement[bool]:
    """A message that its reader sees: what the patient said aside is the opener's."""
    return sa.or_(Conversation.professional_id == professional.id, ~Message.aside)
