"""A prescription, its lines, and each delivery at a pharmacy (reference §2)."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now, today
from sandbox.db import Model
from sandbox.documents.models import Document
from sandbox.tenancy import Named


class PrescriptionState(StrEnum):
    VALID = "valid"
    PARTLY = "partly"
    EXHAUSTED = "exhausted"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class LineState(StrEnum):
    PRESCRIBED = "prescribed"
    PARTLY = "partly"
    DELIVERED = "delivered"
    SUBSTITUTED = "substituted"
    REFUSED = "refused"


class Prescription(Named, Model):
    """`number`: 18 unambiguous characters with a check character of ours (reference §2.2)."""

    __tablename__ = "prescription"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("world_id", "number"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    prescriber_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id", ondelete="SET NULL"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), default="")
    number: Mapped[str] = mapped_column(sa.String(18))
    signed_at: Mapped[datetime] = mapped_column(default=now)
    valid_until: Mapped[date]  # last day of the first presentation
    cancelled_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()
    prescriber: Mapped[User] = relationship()
    document: Mapped[Document | None] = relationship()
    lines: Mapped[list[Line]] = relationship(back_populates="prescription", order_by="Line.position")

    @property
    def title(self) -> str:
        """« metformine, amlodipine, atorvastatine »."""
        return ", ".join(line.name for line in self.lines)

    @property
    def state(self) -> PrescriptionState:
        if self.cancelled_at:
            return PrescriptionState.CANCELLED
        if self.lines and all(line.is_settled for line in self.lines):
            return PrescriptionState.EXHAUSTED
        begun = any(line.delivered for line in self.lines)
        if not begun and today() > self.valid_until:
            return PrescriptionState.EXPIRED
        return PrescriptionState.PARTLY if begun else PrescriptionState.VALID


class Line(Named, Model):
    """`quantity` boxes a delivery, delivered once and renewed `renewals` times; `delivered` counts them all."""

    __tablename__ = "line"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.CheckConstraint("delivered >= 0 AND delivered <= quantity * (1 + renewals)", name="delivered"),
    )
    prescription_id: Mapped[int] = mapped_column(sa.ForeignKey("prescription.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    drug: Mapped[str] = mapped_column(sa.String(120))
    posology: Mapped[str] = mapped_column(sa.String(300))
    duration_days: Mapped[int]
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(sa.String(20), default="boîte")
    renewals: Mapped[int] = mapped_column(default=0)
    substitution: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(sa.String(120), default="")
    delivered: Mapped[int] = mapped_column(default=0)

    prescription: Mapped[Prescription] = relationship(back_populates="lines")
    deliveries: Mapped[list[Delivery]] = relationship(back_populates="line", order_by="Delivery.at, Delivery.id")

    @property
    def name(self) -> str:
        """The drug without its dose and form: « carbonate de calcium »."""
        return re.split(r",|\s\d", self.drug)[0]

    @property
    def total(self) -> int:
        return self.quantity * (1 + self.renewals)

    @property
    def remaining(self) -> int:
        return self.total - self.delivered

    @property
    def is_settled(self) -> bool:
        return self.remaining == 0

    @property
    def state(self) -> LineState:
        last = self.deliveries[-1] if self.deliveries else None
        if last and last.refused:
            return LineState.REFUSED
        if last and last.substituted:
            return LineState.SUBSTITUTED
        if self.is_settled:
            return LineState.DELIVERED
        return LineState.PARTLY if self.delivered else LineState.PRESCRIBED


class Delivery(Named, Model):
    """What a pharmacist did with one line: delivered (perhaps another product), or refused with a reason."""

    __tablename__ = "delivery"
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("line.id", ondelete="CASCADE"), index=True)
    pharmacist_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    substituted: Mapped[str] = mapped_column(sa.String(120), default="")
    refused: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.String(300), default="")

    line: Mapped[Line] = relationship(back_populates="deliveries")
    pharmacist: Mapped[User] = relationship()
