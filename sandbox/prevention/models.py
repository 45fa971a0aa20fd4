"""One of the twenty compulsory exams of a child, made (reference §1.12): its certificate stands among the documents."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.db import Model
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
