"""One vaccination given (reference §1.5): its note stands among the documents."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.db import Model
from sandbox.documents.models import Document
from sandbox.tenancy import Named


class Vaccination(Named, Model):
    """`vaccine`: a code of `fixtures/common/vaccines.toml`; `dose`: « 2e dose », « rappel »; `next_on`: the next one, if any."""

    __tablename__ = "vaccination"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id", ondelete="SET NULL"), index=True)
    vaccine: Mapped[str] = mapped_column(sa.String(20))
    product: Mapped[str] = mapped_column(sa.String(80), default="")
    given_on: Mapped[date]
    dose: Mapped[str] = mapped_column(sa.String(40), default="")
    lot: Mapped[str] = mapped_column(sa.String(40), default="")
    site: Mapped[str] = mapped_column(sa.String(40), default="")
    next_on: Mapped[date | None]

    record: Mapped[Record] = relationship()
    author: Mapped[User] = relationship()
    document: Mapped[Document | None] = relationship()
