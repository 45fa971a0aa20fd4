"""Conversations between a professional and a patient, and what was attached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, Role, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.documents.models import Document
from sandbox.tenancy import Named, WorldScoped


class State(StrEnum):
    OPEN = "open"
    ENDED = "ended"


class Answer(StrEnum):
    """What the patient may do in an exchange: the five states of the portal's own schema (reference §1.6)."""

    REPLY = "REPLY"
    REPLY_TO_ALL = "REPLY_TO_ALL"  # colleagues are in copy
    REPLY_BLOCKED = "REPLY_BLOCKED"  # the professional has ended the exchange
    NO_REPLY = "NO_REPLY"  # an automatic sender, whom nobody answers
    NEW_MESSAGE = "NEW_MESSAGE"  # only one's own messages so far: one may add to them


class Conversation(Named, Model):
    """Opened by the professional; ended by the professional alone (reference §1.6).

    `from_patient`: the patient wrote anew to a professional who had already written, or sent a pharmacy a prescription.
    `cleared_at`: the patient deleted it then; what comes later brings it back, without what came before.
    """

    __tablename__ = "conversation"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), default="")
    subject: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[State] = mapped_column(choice(State), default=State.OPEN)
    last_at: Mapped[datetime] = mapped_column(default=now)
    no_reply: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    from_patient: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    cleared_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # up to when the opener has read what colleagues in copy wrote

    record: Mapped[Record] = relationship()
    professional: Mapped[User] = relationship()
    copies: Mapped[list[Copy]] = relationship(back_populates="conversation")
    messages: Mapped[list[Message]] = relationship(
        back_populates="conversation", order_by="Message.sent_at, Message.id"
    )

    @property
    def is_ended(self) -> bool:
        return self.state is State.ENDED

    @property
    def is_cleared(self) -> bool:
        """Whether nothing came since the patient deleted it."""
        return self.cleared_at is not None and self.last_at <= self.cleared_at

    @property
    def answer(self) -> Answer:
        """What the patient may do now; asks for its messages and its copies."""
        if self.is_ended:
            return Answer.REPLY_BLOCKED
        if self.no_reply:
            return Answer.NO_REPLY
        if self.from_patient and all(message.is_patients for message in self.messages):
            return Answer.NEW_MESSAGE
        return Answer.REPLY_TO_ALL if self.copies else Answer.REPLY

    def is_with(self, user: User) -> bool:
        """Whether this professional opened it, or is in copy."""
        return user.id == self.professional_id or any(copy.user_id == user.id for copy in self.copies)


class Copy(WorldScoped, Model):
    """A colleague in copy of an exchange; `seen_at`: up to when they have read it."""

    __tablename__ = "copy"
    __table_args__ = (sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("conversation_id", "user_id"))
    conversation_id: Mapped[int] = mapped_column(sa.ForeignKey("conversation.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime | None]

    conversation: Mapped[Conversation] = relationship(back_populates="copies")
    user: Mapped[User] = relationship()


class Message(Named, Model):
    """`read_at`: when the other side read it (for a patient's message, the professional who opened the exchange).

    `aside`: the patient answered the opener alone, colleagues in copy do not see it; `closing`: it carries the mark of
    the end, « [FIN] » in the subject or the header X-MSS-MES (reference §1.6); `receipt_asked`, `receipt_at`: the
    sender asked to be told that it was received, and was.
    """

    __tablename__ = "message"
    conversation_id: Mapped[int] = mapped_column(sa.ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    sender_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    body: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    aside: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    closing: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    receipt_asked: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    receipt_at: Mapped[datetime | None]
    prescription_ref: Mapped[str] = mapped_column(sa.String(16), default="", server_default="")  # sent to a pharmacy

    conversation: Mapped[Conversation] = relationship(back_populates="messages")
    sender: Mapped[User] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(back_populates="message")

    @property
    def is_patients(self) -> bool:
        """Written by the patient, or by whoever keeps their record."""
        return self.sender.role is Role.LEARNER


class Attachment(WorldScoped, Model):
    __tablename__ = "attachment"
    message_id: Mapped[int] = mapped_column(sa.ForeignKey("message.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id", ondelete="CASCADE"), index=True)

    message: Mapped[Message] = relationship(back_populates="attachments")
    document: Mapped[Document] = relationship()


class Draft(Named, Model):
    """A message being written, kept at each pause: an answer (`conversation`), or a new message to somebody (`to`).

    What is attached is there already, as it will go (`DraftPiece`): its weight is known before it is sent.
    """

    __tablename__ = "draft"
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(120), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")
    aside: Mapped[bool] = mapped_column(default=False)
    receipt_asked: Mapped[bool] = mapped_column(default=False)
    written_at: Mapped[datetime] = mapped_column(default=now)

    author: Mapped[User] = relationship(foreign_keys=author_id)
    record: Mapped[Record] = relationship()
    conversation: Mapped[Conversation | None] = relationship()
    to: Mapped[User | None] = relationship(foreign_keys=to_id)
    pieces: Mapped[list[DraftPiece]] = relationship(back_populates="draft", order_by="DraftPiece.id")

    @property
    def is_empty(self) -> bool:
        return not (self.subject.strip() or self.body.strip() or self.pieces)


class DraftPiece(WorldScoped, Model):
    """What a draft will carry: a loose document, made when it was chosen."""

    __tablename__ = "draft_piece"
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id", ondelete="CASCADE"), index=True)

    draft: Mapped[Draft] = relationship(back_populates="pieces")
    document: Mapped[Document] = relationship()
