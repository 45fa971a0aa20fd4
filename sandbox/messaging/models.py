"""Conversations between a professional and a patient, and what was attached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.documents.models import Document
from sandbox.tenancy import Named, WorldScoped


class State(StrEnum):
    OPEN = "open"
    ENDED = "ended"


class Conversation(Named, Model):
    """Opened by the professional; ended by the professional alone (reference §1.6)."""

    __tablename__ = "conversation"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), default="")
    subject: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[State] = mapped_column(choice(State), default=State.OPEN)
    last_at: Mapped[datetime] = mapped_column(default=now)

    record: Mapped[Record] = relationship()
    professional: Mapped[User] = relationship()
    messages: Mapped[list[Message]] = relationship(
        back_populates="conversation", order_by="Message.sent_at, Message.id"
    )

    @property
    def is_ended(self) -> bool:
        return self.state is State.ENDED


class Message(Named, Model):
    """`read_at`: when the other side read it."""

    __tablename__ = "message"
    conversation_id: Mapped[int] = mapped_column(sa.ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    sender_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    conversation: Mapped[Conversation] = relationship(back_populates="messages")
    sender: Mapped[User] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(back_populates="message")


class Attachment(WorldScoped, Model):
    __tablename__ = "attachment"
    message_id: Mapped[int] = mapped_column(sa.ForeignKey("message.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id", ondelete="CASCADE"), index=True)

    message: Mapped[Message] = relationship(back_populates="attachments")
    document: Mapped[Document] = relationship()
