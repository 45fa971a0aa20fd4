"""What the room remembers of an exercise at a seat: begun, done, helped. Never whether it is true: the database is asked."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.db import Model


class Attempt(Model):
    """One go at an exercise by one seat, in one world. A row of the workshop: it outlives resets, for the report.

    `left_at` says that the seat was put back since: the go is over, whatever came of it. Moments are the machine's,
    for durations: the room's own clock may be moved.
    """

    __tablename__ = "attempt"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    world_id: Mapped[int]  # no key: it outlives its world
    seat: Mapped[int]
    exercise: Mapped[str] = mapped_column(sa.String(60))
    begun_at: Mapped[datetime | None]  # None: done without having been opened
    done_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    hints: Mapped[int] = mapped_column(default=0, server_default="0")  # how many were read
    path_at: Mapped[datetime | None]  # when the way was first shown on the page
    step: Mapped[int] = mapped_column(default=0, server_default="0")  # where the tour is


IS_PRESENT = Attempt.left_at.is_(None)  # the go that is not over
sa.Index(
    "uq_attempt_present", Attempt.world_id, Attempt.seat, Attempt.exercise, unique=True,
    sqlite_where=IS_PRESENT, postgresql_where=IS_PRESENT,
)
