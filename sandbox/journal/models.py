"""One line of the activity history (reference §1.11)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import WorldScoped


class ActorKind(StrEnum):
    """The tabs of the history: professionals, the person, legal representatives, services, the system."""

    PROFESSIONAL = "professional"
    OWNER = "owner"
    REPRESENTATIVE = "representative"
    SERVICE = "service"
    SYSTEM = "system"


class Entry(WorldScoped, Model):
    """Who did what to a record, and when. Lines told by a pack are marked: exercises do not count them.

    What was done at another firm's (`elsewhere`) is remembered for the exercises alone.
    """

    __tablename__ = "entry"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.Index(None, "record_id", "at"),
        sa.Index(None, "record_id", "actor_kind", "at"),  # one tab of a long history
        sa.Index("ix_entry_done", "world_id", "act",  # what was done in the workshop: what exercises ask about
                 sqlite_where=sa.text("from_pack = 0"), postgresql_where=sa.text("NOT from_pack")),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    actor_kind: Mapped[ActorKind] = mapped_column(choice(ActorKind))
    act: Mapped[str] = mapped_column(sa.String(40))
    phrase: Mapped[str] = mapped_column(sa.String(300))
    subject_ref: Mapped[str] = mapped_column(sa.String(40), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    from_pack: Mapped[bool] = mapped_column(default=False)
    redone: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # its exercise is being done again: it no longer counts
    elsewhere: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # at another firm's: not the portal's history

    record: Mapped[Record] = relationship()
    actor: Mapped[User] = relationship()
