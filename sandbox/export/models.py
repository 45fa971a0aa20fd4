"""One asking for all one's data: how far it is, and the archive once made (reference §1.14)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model
from sandbox.tenancy import Named


class Export(Named, Model):
    __tablename__ = "export"
    kept_in_snapshots = False
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    moved_at: Mapped[datetime] = mapped_column(default=now)  # when the making last went on
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None]
    blob_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    size: Mapped[int] = mapped_column(default=0)

    record: Mapped[Record] = relationship()
    user: Mapped[User] = relationship()

    @property
    def is_ready(self) -> bool:
        return self.ready_at is not None
