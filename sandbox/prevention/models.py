"""What was made of the compulsory exams of a child (reference §1.12), and what a person says of what is recommended (§1.7)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.documents.models import Document
from sandbox.tenancy import Named


class ChildExam(Named, Model):
    """`exam`: a code of `fixtures/common/child_exams.toml`; what was measured goes among the measures."""

    __tablename__ = "child_exam"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("record_id", "exam"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id", ondelete="SET NULL"), index=True)
    exam: Mapped[str] = mapped_column(sa.String(20))
    made_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")

    record: Mapped[Record] = relationship()
    author: Mapped[User] = relationship()
    document: Mapped[Document | None] = relationship()


class State(StrEnum):
    """What a person says of a recommended exam (reference §1.7); what has no mark is not specified."""

    TO_PLAN = "to_plan"
    DONE = "done"
    NOT_DONE = "not_done"


class Mark(Named, Model):
    """`code`: of `fixtures/common/prevention.toml`; `opens_on`: the first day of the window it is about."""

    __tablename__ = "prevention_mark"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.UniqueConstraint("record_id", "code", "opens_on"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(sa.String(40))
    opens_on: Mapped[date]
    state: Mapped[State] = mapped_column(choice(State))
    done_on: Mapped[date | None]
    marked_at: Mapped[datetime] = mapped_column(default=now)

    record: Mapped[Record] = relationship()
