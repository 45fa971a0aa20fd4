"""What a person allowed a service of the catalogue to do, purpose by purpose (reference §1.9)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named, WorldScoped


class Status(StrEnum):
    """Of a service (reference §1.9; PRESERIE is not shown in the catalogue)."""

    ONLINE = "EN_LIGNE"
    OFFLINE = "HORS_LIGNE"
    SUSPENDED = "SUSPENDUE"
    DELISTED = "DEREFERENCEE"

    @property
    def label(self) -> str:
        return STATUS_WORDS[self]


STATUS_WORDS = {
    Status.ONLINE: "Disponible", Status.OFFLINE: "Hors ligne", Status.SUSPENDED: "Suspendu", Status.DELISTED: "Retiré du catalogue",
}


class Purpose(StrEnum):
    """What a service may be allowed to do: read or write, in one area (reference §1.9)."""

    READ_AGENDA = "agenda-lecture"
    WRITE_AGENDA = "agenda-ecriture"
    READ_DOCUMENTS = "documents-lecture"
    WRITE_DOCUMENTS = "documents-ecriture"
    READ_MEASURES = "mesures-lecture"
    WRITE_MEASURES = "mesures-ecriture"

    @property
    def label(self) -> str:
        """« Lire votre agenda »."""
        return PURPOSE_WORDS[self]

    @property
    def reads(self) -> bool:
        return self.value.endswith("lecture")


PURPOSE_WORDS = {
    Purpose.READ_AGENDA: "Lire votre agenda", Purpose.WRITE_AGENDA: "Écrire dans votre agenda",
    Purpose.READ_DOCUMENTS: "Lire des documents", Purpose.WRITE_DOCUMENTS: "Ajouter des documents",
    Purpose.READ_MEASURES: "Lire vos mesures", Purpose.WRITE_MEASURES: "Ajouter des mesures",
}


class Synchronization(Named, Model):
    """A service and a record, tied by somebody's agreement; `passkey` is what the service shows at each call."""

    __tablename__ = "synchronization"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.Index("uq_synchronization_live", "record_id", "service", unique=True,
                 sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")),
        sa.Index(None, "world_id", "passkey"),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    agreed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    service: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[int] = mapped_column(default=1)  # of the service's demands, when they were agreed to
    passkey: Mapped[str] = mapped_column(sa.String(60), default="")
    since: Mapped[datetime] = mapped_column(default=now)
    agreed_at: Mapped[datetime] = mapped_column(default=now)  # the latest agreement
    until: Mapped[datetime]
    listed_at: Mapped[datetime | None]  # by the latest e-mail that lists the services
    ended_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()
    agreed_by: Mapped[User] = relationship()
    consents: Mapped[list[Consent]] = relationship(back_populates="synchronization", order_by="Consent.id")

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    @property
    def is_over(self) -> bool:
        """Its time is past: it must be agreed to again."""
        return self.until <= now()

    def grants(self, purpose: Purpose) -> bool:
        return any(one.purpose is purpose and one.granted for one in self.consents)


class Consent(WorldScoped, Model):
    """A yes or a no to one purpose."""

    __tablename__ = "consent"
    __table_args__ = (sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("synchronization_id", "purpose"))
    synchronization_id: Mapped[int] = mapped_column(sa.ForeignKey("synchronization.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    granted: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=now)

    synchronization: Mapped[Synchronization] = relationship(back_populates="consents")


class Listing(WorldScoped, Model):
    """What the trainer made happen to a service, as one seat sees it: another status, a newer version of its demands."""

    __tablename__ = "listing"
    __table_args__ = (sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("record_id", "service"))
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"))
    service: Mapped[str] = mapped_column(sa.String(40))
    status: Mapped[Status | None] = mapped_column(choice(Status))
    version: Mapped[int] = mapped_column(default=1)

    record: Mapped[Record] = relationship()
