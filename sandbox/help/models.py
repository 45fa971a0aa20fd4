"""Tickets to the support, which is simulated: what was asked or reported, its files, and the answer (reference §1.1)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named


class Kind(StrEnum):
    """What a ticket is about; the reports carry the portal's own codes (reference §1.11)."""

    QUESTION = "QUESTION"
    ACCESS = "SIGNALEMENT_PS"
    DOCUMENT = "SIGNALEMENT_DOC"
    SERVICE = "SIGNALEMENT_SNR"


class Ticket(Named, Model):
    __tablename__ = "ticket"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    subject: Mapped[str] = mapped_column(sa.String(160))
    object_ref: Mapped[str] = mapped_column(sa.String(40), default="")
    text: Mapped[str] = mapped_column(sa.String(3000))
    sent_at: Mapped[datetime] = mapped_column(default=now)
    answer_at: Mapped[datetime | None]  # when the support answers, or answered
    answer: Mapped[str] = mapped_column(sa.String(3000), default="")

    record: Mapped[Record] = relationship()
    author: Mapped[User] = relationship()
    files: Mapped[list[TicketFile]] = relationship(back_populates="ticket")

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


class TicketFile(Named, Model):
    __tablename__ = "ticket_file"
    ticket_id: Mapped[int] = mapped_column(sa.ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    blob_hash: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]

    ticket: Mapped[Ticket] = relationship(back_populates="files")
