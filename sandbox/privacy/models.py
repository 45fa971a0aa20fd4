"""What a professional is to a record: authorised, blocked, administrator, or there in an emergency (reference §1.11)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named


class State(StrEnum):
    AUTHORISED = "authorised"
    BLOCKED = "blocked"
    NEITHER = "neither"  # must ask the person's consent before reading


class Standing(Named, Model):
    """One professional before one record; no row is the same as NEITHER."""

    __tablename__ = "standing"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("record_id", "professional_id"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    professional_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    state: Mapped[State] = mapped_column(choice(State))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime] = mapped_column(default=now)
    glass_until: Mapped[datetime | None]  # the glass is broken until then

    record: Mapped[Record] = relationship(back_populates="standings")
    professional: Mapped[User] = relationship()

    @property
    def is_blocked(self) -> bool:
        return self.state is State.BLOCKED

    @property
    def is_authorised(self) -> bool:
        return self.state is State.AUTHORISED

    @property
    def glass_is_broken(self) -> bool:
        return self.glass_until is not None and self.glass_until > now()
