"""What belongs to no world: trainers, workshops, starting points, worlds and how to go back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.clock import real_now, seconds_until
from sandbox.db import Model, choice
from sandbox.tenancy import Bound


class Trainer(UserMixin, Model):
    """The only real people of the software: an address and a password."""

    __tablename__ = "trainer"
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(60))
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=real_now)
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # manages trainers, sees totals
    blocked_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]  # sessions begun before are over

    role = "trainer"

    @property
    def name(self) -> str:
        return self.email


class Workshop(Model):
    """One session of practice: a pack, a number of seats, and the world they are in now."""

    __tablename__ = "workshop"
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    place: Mapped[str] = mapped_column(sa.String(120), default="")
    territory: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")  # « Loire-Atlantique (44) »
    held_on: Mapped[date]
    pack: Mapped[str] = mapped_column(sa.String(40))
    seed: Mapped[str] = mapped_column(sa.String(40))
    seats: Mapped[int]
    quick_entry: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=real_now)
    closed_at: Mapped[datetime | None]
    matrix: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")  # blob of the trainer's own matrix
    open_until: Mapped[datetime | None]  # seats can enter until then; None: not opened yet, or shut
    erase_on: Mapped[date | None]  # once it is closed: the day when everything in it goes
    erased_at: Mapped[datetime | None]
    figures: Mapped[dict[str, int] | None] = mapped_column(sa.JSON)  # what was erased, in numbers: all that stays
    returns_at: Mapped[datetime | None]  # when it next goes back to its start by itself, by the machine's clock
    pause_until: Mapped[datetime | None]  # until then the room looks at the wall
    pause_words: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    refusals: Mapped[int] = mapped_column(default=0, server_default="0")  # times that real data were refused at the door
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainer.id"), index=True)
    start_id: Mapped[int | None] = mapped_column(sa.ForeignKey("snapshot.id", use_alter=True, ondelete="SET NULL"))
    world_id: Mapped[int | None] = mapped_column(sa.ForeignKey("world.id", use_alter=True, ondelete="SET NULL"))

    trainer: Mapped[Trainer | None] = relationship()
    start: Mapped[Snapshot | None] = relationship(foreign_keys=[start_id])
    world: Mapped[World | None] = relationship(foreign_keys=[world_id])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_erased(self) -> bool:
        """Whether nothing of it is left but its name and some numbers."""
        return self.erased_at is not None

    @property
    def is_open(self) -> bool:
        """Whether seats can enter now."""
        return self.open_until is not None and not self.is_closed and real_now() < self.open_until

    @property
    def is_paused(self) -> bool:
        """Whether the room looks at the wall."""
        return self.pause_left > 0

    @property
    def pause_left(self) -> int:
        """For how many seconds more."""
        return seconds_until(self.pause_until)


class Share(Model):
    """A colleague who runs the workshop with the trainer whose it is."""

    __tablename__ = "workshop_share"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "trainer_id"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    trainer_id: Mapped[int] = mapped_column(sa.ForeignKey("trainer.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(default=real_now)

    trainer: Mapped[Trainer] = relationship()


class Credential(Model):
    """What is printed on a card: it belongs to the workshop, so that a reset never changes it."""

    __tablename__ = "credential"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "ref"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    ref: Mapped[str] = mapped_column(sa.String(16))  # the user's ref in every world of the workshop
    seat: Mapped[int]  # 0 for a professional
    name: Mapped[str] = mapped_column(sa.String(120))
    identifier: Mapped[str] = mapped_column(sa.String(60))
    password: Mapped[str] = mapped_column(sa.String(40))
    password_hash: Mapped[str] = mapped_column(sa.String(60))
    token: Mapped[str] = mapped_column(sa.String(32), unique=True)


class Snapshot(Model):
    """A starting point: the head (pack, exercises, triggers); its rows are in parts, one a seat.

    One frozen from a world remembers its moment there, told from the world's day, and how its clock was shifted.
    """

    __tablename__ = "snapshot"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(sa.String(120))
    created_at: Mapped[datetime] = mapped_column(default=real_now)
    head: Mapped[bytes] = mapped_column(sa.LargeBinary)
    moment: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # empty: as a pack tells it
    shift_seconds: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    made_by_id: Mapped[int | None]  # the trainer, without a key; None: the software itself
    removed_at: Mapped[datetime | None]  # no longer offered; it goes away once no world and no undo needs it


class SnapshotPart(Model):
    """The rows of one seat (0: what all share), compressed canonical JSON in the snapshot's terms."""

    __tablename__ = "snapshot_part"
    __table_args__ = (sa.UniqueConstraint("snapshot_id", "seat"),)
    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("snapshot.id", ondelete="CASCADE"))
    seat: Mapped[int]
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)


class WorldState(StrEnum):
    FILLING = "filling"
    READY = "ready"
    USED = "used"


class World(Model):
    """One complete copy of a workshop's people and records, dated from `day`."""

    __tablename__ = "world"
    __table_args__ = {"sqlite_autoincrement": True}
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    snapshot_id: Mapped[int] = mapped_column(sa.ForeignKey("snapshot.id", ondelete="CASCADE"))
    day: Mapped[date]
    state: Mapped[WorldState] = mapped_column(choice(WorldState))
    due_at: Mapped[datetime | None]  # when something falls due next; None: not looked for yet
    touched_at: Mapped[datetime] = mapped_column(default=real_now)
    shift_seconds: Mapped[int] = mapped_column(sa.BigInteger, default=0)

    @property
    def bound(self) -> Bound:
        """What one enters to be in this world."""
        return Bound(self.id, self.workshop_id, self.day, timedelta(seconds=self.shift_seconds))


class StepKind(StrEnum):
    WORKSHOP = "workshop"
    SEAT = "seat"
    STATE = "state"  # a seat put in another starting state
    FREEZE = "freeze"  # the present world became the starting point
    CAUGHT_UP = "caught_up"  # exercises were done for whoever came late
    STARTED_AGAIN = "started_again"  # the person's own press: theirs to undo, and not among the trainer's
    SCHEDULED = "scheduled"  # back to the start by itself, at its hour
    RESTORE = "restore"  # another point became the start, and the workshop went back to it


LEAVES_A_WORLD = {StepKind.WORKSHOP, StepKind.SCHEDULED, StepKind.RESTORE}  # their undo moves the pointer back
PUTS_BACK = {*LEAVES_A_WORLD, StepKind.SEAT, StepKind.STARTED_AGAIN}


class Step(Model):
    """What can be undone: the world left, the seat as it was, the point that was the start."""

    __tablename__ = "step"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    kind: Mapped[StepKind] = mapped_column(choice(StepKind))
    seat: Mapped[int] = mapped_column(default=0)
    world_id: Mapped[int] = mapped_column(sa.ForeignKey("world.id", ondelete="CASCADE"))
    former: Mapped[bytes | None] = mapped_column(sa.LargeBinary)  # the seat's part, secrets included
    start_id: Mapped[int | None]  # the starting point until then; without a key, as it may be shown the door meanwhile
    label: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # the point's name
    at: Mapped[datetime] = mapped_column(default=real_now)
