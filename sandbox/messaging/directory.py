"""Who may be written to, and who is found: the professionals of the workshop, and the exchanges one has with each."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from sandbox.account.models import Professional, Record, Role, User
from sandbox.acts import StrangerRefused, publish
from sandbox.db import db
from sandbox.messaging.models import Conversation
from sandbox.workshops.people import plain


def turn_away(user: User, record: Record) -> None:
    """The patient tried to write first, and reads why that cannot be."""
    publish(StrangerRefused(actor=user, record=record))


def professionals(words: str) -> list[User]:
    """The professionals of the workshop whose name, speciality or place has these words, accents or not."""
    query = sa.select(User).join(User.professional).where(User.role == Role.PROFESSIONAL).order_by(User.name)
    found = db.session.scalars(query.options(contains_eager(User.professional)))
    wanted = [plain(word) for word in words.split()]
    return [user for user in found if all(word in _said_of(user) for word in wanted)]


def _said_of(user: User) -> str:
    card: Professional | None = user.professional
    return plain(f"{user.name} {card.title if card else ''}")


def talks_with(record: Record, professional: User) -> list[Conversation]:
    """The exchanges of these two: those that are open, then those that are ended, each time the newest first."""
    query = sa.select(Conversation).where(
        Conversation.record_id == record.id, Conversation.professional_id == professional.id
    ).options(selectinload(Conversation.copies), selectinload(Conversation.messages))
    return list(db.session.scalars(query.order_by(Conversation.state.desc(), Conversation.last_at.desc())))
