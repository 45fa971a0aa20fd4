"""Documents and folders; their files are in `sandbox.blobs`, shared by all worlds, named by content."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named

DELAY = {"snapshot": "delay"}


class Confidentiality(StrEnum):
    """Codes of the reference (§1.3, JDV_J08)."""

    NORMAL = "N"
    MASKED = "MASQUE_PS"


class Extraction(StrEnum):
    """What became of the measures that a received document holds (reference §1.3)."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Folder(Named, Model):
    __tablename__ = "folder"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(50))

    record: Mapped[Record] = relationship()


class Document(Named, Model):
    """One document of a record; the row carries the hash of its file, never the file."""

    __tablename__ = "document"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    folder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("folder.id", ondelete="SET NULL"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), default="")
    title: Mapped[str] = mapped_column(sa.String(80))
    category: Mapped[str] = mapped_column(sa.String(12))
    kind: Mapped[str] = mapped_column(sa.String(20), default="")
    dated: Mapped[date]
    deposited_at: Mapped[datetime] = mapped_column(default=now)
    confidentiality: Mapped[Confidentiality] = mapped_column(
        choice(Confidentiality), default=Confidentiality.NORMAL
    )
    pinned: Mapped[bool] = mapped_column(default=False)
    blob_hash: Mapped[str] = mapped_column(sa.String(64))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    size: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    loose: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # not on the shelf: an attachment, a former version, withdrawn
    hidden_until: Mapped[datetime | None] = mapped_column(info=DELAY)  # kept from the patient until it is announced (R1111-53)
    notice_at: Mapped[datetime | None] = mapped_column(info=DELAY)  # when the patient is told that something waits
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    version_of: Mapped[str] = mapped_column(sa.String(16), default="", server_default="")  # ref of what replaced this one
    withdrawn_at: Mapped[datetime | None]  # taken back by its author: it is no longer on the shelf
    withdrawn_for: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    measures: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # « poids=68,5 tension=132/78 »
    extraction: Mapped[Extraction | None] = mapped_column(choice(Extraction))

    record: Mapped[Record] = relationship()
    author: Mapped[User] = relationship()
    folder: Mapped[Folder | None] = relationship()
    successor: Mapped[Document | None] = relationship(
        primaryjoin="foreign(Document.version_of) == remote(Document.ref)", viewonly=True, uselist=False
    )

    @property
    def current(self) -> Document:
        """What stands for it now: itself, or what its author has put in its place."""
        return (self.successor if self.is_former else None) or self

    @property
    def is_masked(self) -> bool:
        return self.confidentiality is Confidentiality.MASKED

    @property
    def is_hidden(self) -> bool:
        """Whether its patient does not see it yet: ever, when it was withdrawn before it was announced.

        A former version is hidden as long as the present one.
        """
        until, withdrawn = self.current.hidden_until, self.current.is_withdrawn
        return until is not None and (withdrawn or until > now())

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_former(self) -> bool:
        """Whether its author has put a newer version in its place."""
        return self.version_of != ""

    @property
    def is_new(self) -> bool:
        return self.opened_at is None

    def is_own(self, user: User) -> bool:
        return self.author_id == user.id


class Sheet(Named, Model):
    """One file that a person has sent and not yet made a document of: a photo of a page, waiting for the others."""

    __tablename__ = "sheet"
    kept_in_snapshots = False
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    media_type: Mapped[str] = mapped_column(sa.String(40))
    blob_hash: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship()
    record: Mapped[Record] = relationship()
