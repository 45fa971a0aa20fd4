"""What a person finds in their messages."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.db import db
from sandbox.messaging.models import Conversation, Message


def unread_count(record: Record) -> int:
    """Messages that professionals wrote and the person has not read."""
    query = sa.select(sa.func.count(Message.id)).join(Conversation).where(
        Conversation.record_id == record.id, Message.sender_id == Conversation.professional_id, Message.read_at.is_(None)
    )
    return db.session.scalar(query) or 0
