"""A prescription, its lines, and each delivery at a pharmacy (reference §2)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import PARIS, now, today
from sandbox.db import Model, choice
from sandbox.documents.models import Document
from sandbox.prescriptions.kinds import Kind, LineState, PrescriptionState
from sandbox.tenancy import Named

__all__ = ["Delivery", "Kind", "Line", "LineState", "Objection", "Prescription", "PrescriptionState"]

LAST_DELIVERY = timedelta(days=365)  # nothing is delivered later than a year after the signature (reference §2.4)


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
    kind: Mapped[Kind] = mapped_column(choice(Kind), default=Kind.PRODUCTS, server_default=Kind.PRODUCTS.value)
    number: Mapped[str] = mapped_column(sa.String(18))
    signed_at: Mapped[datetime] = mapped_column(default=now)
    valid_until: Mapped[date]  # last day of the first presentation
    cancelled_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()
    prescriber: Mapped[User] = relationship()
    document: Mapped[Document | None] = relationship()
    lines: Mapped[list[Line]] = relationship(back_populates="prescription", order_by="Line.position")
    objections: Mapped[list[Objection]] = relationship(
        primaryjoin="and_(foreign(Objection.record_id) == Prescription.record_id,"
        " foreign(Objection.prescriber_id) == Prescription.prescriber_id)",
        viewonly=True,
    )

    @property
    def is_objected(self) -> bool:
        """Whether the person does not want the prescriber to read what was delivered."""
        return bool(self.objections)

    @property
    def is_presentable(self) -> bool:
        return self.state in {PrescriptionState.VALID, PrescriptionState.PARTLY}

    @property
    def signed_on(self) -> date:
        """The day in Paris."""
        return self.signed_at.astimezone(PARIS).date()

    @property
    def ends_on(self) -> date:
        """The last day of any delivery."""
        return self.signed_on + LAST_DELIVERY

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
        if today() > (self.ends_on if begun else self.valid_until):
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
    drug: Mapped[str] = mapped_column(sa.String(120))  # or the act of care
    code: Mapped[str] = mapped_column(sa.String(12), default="", server_default="")  # of `fixtures/common/drugs.toml`, `care_acts.toml`
    dose: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")  # « 1 comprimé »
    frequency: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # « matin et soir »
    ald: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # for a long-term illness
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
    def kept(self) -> list[Delivery]:
        """What was done with it, without what was recorded by mistake."""
        return [done for done in self.deliveries if not done.cancelled_at]

    @property
    def begun_on(self) -> date | None:
        """The day of the first delivery: renewals are counted from it."""
        return min((done.day for done in self.kept if done.quantity), default=None)

    @property
    def available(self) -> int:
        """What may be delivered today: a renewal opens when the treatment before it is over."""
        begun = self.begun_on
        opened = min(self.renewals, (today() - begun).days // max(1, self.duration_days)) if begun else 0
        return max(0, min(self.remaining, self.quantity * (1 + opened) - self.delivered))

    @property
    def renews_on(self) -> date | None:
        """The day that the next renewal opens, when there is nothing to deliver before."""
        if not self.begun_on or self.available or self.is_settled:
            return None
        return self.begun_on + timedelta(days=self.duration_days * (self.delivered // self.quantity))

    @property
    def state(self) -> LineState:
        last = self.kept[-1] if self.kept else None
        if last and last.refused:
            return LineState.REFUSED
        if last and last.substituted:
            return LineState.SUBSTITUTED
        if self.is_settled:
            return LineState.DELIVERED
        return LineState.PARTLY if self.delivered else LineState.PRESCRIBED


class Delivery(Named, Model):
    """What a pharmacist did with one line: delivered (perhaps another product), or refused with a reason.

    `why`: of the substitution; `posology`: as changed with the prescriber's agreement of `agreed_on`;
    `cancelled_at`: recorded by mistake, its quantity is to be delivered again.
    """

    __tablename__ = "delivery"
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("line.id", ondelete="CASCADE"), index=True)
    pharmacist_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    substituted: Mapped[str] = mapped_column(sa.String(120), default="")
    refused: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    why: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")
    posology: Mapped[str] = mapped_column(sa.String(300), default="", server_default="")
    agreed_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]

    line: Mapped[Line] = relationship(back_populates="deliveries")
    pharmacist: Mapped[User] = relationship()

    @property
    def day(self) -> date:
        """The day in Paris."""
        return self.at.astimezone(PARIS).date()


class Objection(Named, Model):
    """The person does not want this prescriber to read what was delivered (reference §2.1)."""

    __tablename__ = "objection"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("record_id", "prescriber_id"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    prescriber_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)

    record: Mapped[Record] = relationship()
    prescriber: Mapped[User] = relationship()
