"""What the simulated firms keep on their own side: a customer's account, and what happened in it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model
from sandbox.tenancy import Named


class Customer(Named, Model):
    """Somebody's account at one firm, for one record; `passkey` is what the portal gave for it, empty before any pairing."""

    __tablename__ = "customer"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("record_id", "user_id", "service"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    service: Mapped[str] = mapped_column(sa.String(40))
    passkey: Mapped[str] = mapped_column(sa.String(60), default="")
    since: Mapped[datetime] = mapped_column(default=now)

    record: Mapped[Record] = relationship()
    user: Mapped[User] = relationship()


class Note(Named, Model):
    """One thing that the firm holds for a customer: a reading, a reminder, a form; and what the portal said of it."""

    __tablename__ = "customer_note"
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customer.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    label: Mapped[str] = mapped_column(sa.String(200))
    detail: Mapped[str] = mapped_column(sa.String(2000), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str] = mapped_column(sa.String(20), default="")  # « sent », a `Denial`, or nothing yet

    customer: Mapped[Customer] = relationship()
