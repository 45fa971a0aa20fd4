"""Appointments and reminders (reference §1.7). A booked slot is held by a unique index: the database decides who gets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import PARIS, now
from sandbox.db import Model, choice
from sandbox.tenancy import Named, WorldScoped


class Origin(StrEnum):
    OWN = "own"  # typed by the person
    SYNCED = "synced"  # of a booking service or the professional's software, read-only
    GIVEN = "given"  # the same, written by the professional during the workshop: not the patient's to cancel


class Status(StrEnum):
    CONFIRMED = "confirmed"
    HONOURED = "honoured"
    CANCELLED = "cancelled"
    MISSED = "missed"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The word of the reference (§1.7)."""
        return STATUS_WORDS[self]


STATUS_WORDS = {
    Status.CONFIRMED: "Confirmé", Status.HONOURED: "Honoré", Status.CANCELLED: "Annulé",
    Status.MISSED: "Non honoré", Status.ERROR: "Saisi par erreur",
}


class Appointment(Named, Model):
    """`held`: this row holds the professional's slot; nobody else can take it.

    One taken at a booking service (`service`) stands in the agenda only once the service was allowed to write there
    (`in_agenda`). What it changes later without that right is not told: the agenda keeps a copy of what it knew (`stale_of`).
    """

    __tablename__ = "appointment"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"),
        sa.UniqueConstraint("world_id", "ref"),
        sa.Index("uq_appointment_slot", "professional_id", "starts_at", unique=True,
                 sqlite_where=sa.text("held"), postgresql_where=sa.text("held")),
    )
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    professional_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(40), default="")
    title: Mapped[str] = mapped_column(sa.String(100))
    with_name: Mapped[str] = mapped_column(sa.String(120), default="")
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=20)
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.OWN)
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.CONFIRMED)
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    held: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]  # by the professional themselves: a booking alone is not their word
    at_establishment: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # one's own: not with a person
    service: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # of the catalogue, where it was taken
    in_agenda: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    stale_of: Mapped[str] = mapped_column(sa.String(16), default="", server_default="")  # ref of the one that changed elsewhere since
    told_at: Mapped[datetime | None]  # the reminder of it

    record: Mapped[Record] = relationship()
    professional: Mapped[User | None] = relationship()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_over(self) -> bool:
        return self.starts_at <= now()

    @property
    def day(self) -> date:
        """The day in Paris."""
        return self.starts_at.astimezone(PARIS).date()

    @property
    def is_read_only(self) -> bool:
        return self.origin is not Origin.OWN

    @property
    def is_booked(self) -> bool:
        """Taken by the patient at a booking service."""
        return self.service != ""

    @property
    def can_be_cancelled(self) -> bool:
        return self.status is Status.CONFIRMED and not self.is_over


class Reminder(Named, Model):
    """`eve`: told the day before, otherwise the day itself (reference §1.7)."""

    __tablename__ = "reminder"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(sa.String(100))
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(1000), default="")
    eve: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    service: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # of the catalogue, which wrote it: read-only
    told_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()

    @property
    def is_read_only(self) -> bool:
        return self.service != ""


class CalendarLink(Named, Model):
    """An address at which a calendar reads the agenda without signing in: whoever has it reads, until it is revoked."""

    __tablename__ = "calendar_link"
    __table_args__ = (
        sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("world_id", "ref"), sa.UniqueConstraint("secret"),
    )
    kept_in_snapshots = False
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    secret: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(60), default="")  # where it is used, as the person says it
    made_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()
    made_by: Mapped[User] = relationship()


class Availability(WorldScoped, Model):
    """A weekly opening of a professional: 1 is Monday; times are « HH:MM » in Paris."""

    __tablename__ = "availability"
    professional_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    opens: Mapped[str] = mapped_column(sa.String(5))
    closes: Mapped[str] = mapped_column(sa.String(5))
    minutes: Mapped[int]

    professional: Mapped[User] = relationship()
