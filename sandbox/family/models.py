"""Who may open somebody else's record, and in what quality (reference §1.12, §1.13)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named


class DelegationKind(StrEnum):
    """Codes of the portal's own schema (reference §1.13)."""

    LEGAL_REPRESENTATION = "LEGAL_REPRESENTATION"
    CAREGIVING = "CAREGIVING"


class Delegation(Named, Model):
    """One person acts in another's record: a parent in their child's."""

    __tablename__ = "delegation"
    delegate_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DelegationKind] = mapped_column(choice(DelegationKind))
    since: Mapped[datetime] = mapped_column(default=now)

    delegate: Mapped[User] = relationship(back_populates="delegations")
    record: Mapped[Record] = relationship(back_populates="delegations")
