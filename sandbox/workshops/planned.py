"""What a trainer made happen, or planned: it belongs to the workshop, so that a reset forgets none of it.

Its moments are the machine's: what was planned in twenty minutes happens in twenty minutes, wherever the world's clock is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock, live
from sandbox.db import Model, choice, db
from sandbox.errors import Refused
from sandbox.tenancy import new_ref
from sandbox.workshops.models import Workshop

TOPIC = "happenings"
NOT_PLANNED = "Ce n’est plus prévu : c’est déjà arrivé, ou quelqu’un vient de l’arrêter."


class Stage(StrEnum):
    PLANNED = "planned"
    PAUSED = "paused"  # its timeline is
    DONE = "done"
    FAILED = "failed"  # it reached nobody
    STOPPED = "stopped"

    @property
    def is_to_come(self) -> bool:
        return self in {Stage.PLANNED, Stage.PAUSED}


@dataclass(frozen=True)
class Wish:
    """What is to happen, as a pack's trigger tells it; its name on the screen; at which seats."""

    label: str
    deed: dict[str, Any]
    seats: list[int]


class Unfolding(Model):
    """One playing of the pack's timeline, from its start to its end."""

    __tablename__ = "unfolding"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(default=clock.real_now)
    paused_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class Happening(Model):
    """One thing that happens, once: planned, then done seat by seat, or stopped before."""

    __tablename__ = "happening"
    __table_args__ = (sa.Index(None, "workshop_id", "stage"),)
    ref: Mapped[str] = mapped_column(sa.String(16), default=new_ref, unique=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainer.id", ondelete="SET NULL"), index=True)
    unfolding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unfolding.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    deed: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    seats: Mapped[list[int]] = mapped_column(sa.JSON)
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.PLANNED)
    wanted_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    reached: Mapped[list[int]] = mapped_column(sa.JSON, default=list)
    missed: Mapped[list[tuple[int, str]]] = mapped_column(sa.JSON, default=list)  # a seat, and why it was not reached

    @property
    def has_failed_somewhere(self) -> bool:
        return bool(self.missed)


def add(workshop_id: int, wish: Wish, at: datetime, **about: Any) -> Happening:
    """Write it down. The caller sees to it that the world is looked at then."""
    happening = Happening(
        workshop_id=workshop_id, label=wish.label[:200], deed=wish.deed, seats=sorted(set(wish.seats)), wanted_at=at, **about
    )
    db.session.add(happening)
    db.session.flush()
    tell(workshop_id)
    return happening


def tell(workshop_id: int) -> None:
    """The trainers' open pages."""
    live.tell(live.audience_of_room(workshop_id), TOPIC)


def stop(workshop: Workshop, ref: str) -> Happening:
    """It will not happen. Raises Refused when it has happened, or was stopped already."""
    mine = Happening.workshop_id == workshop.id, Happening.ref == ref, Happening.stage.in_([Stage.PLANNED, Stage.PAUSED])
    stopped = sa.update(Happening).where(*mine).values(stage=Stage.STOPPED, done_at=clock.real_now())
    if not db.session.execute(stopped).rowcount:  # type: ignore[attr-defined]
        raise Refused(NOT_PLANNED)
    tell(workshop.id)
    return db.session.scalars(sa.select(Happening).where(Happening.ref == ref)).one()


def late(workshop_id: int) -> list[Happening]:
    """What should have happened by now, in order; nobody else may take it up before the transaction is over."""
    query = _planned(workshop_id).where(Happening.wanted_at <= clock.real_now())
    return list(db.session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def next_at(workshop_id: int) -> datetime | None:
    """When something happens next, by the machine's clock."""
    return db.session.scalar(_planned(workshop_id).with_only_columns(Happening.wanted_at).limit(1))


def is_late(code: str) -> bool:
    """Whether something should have happened by now in the workshop with this code, whose world is there."""
    query = sa.select(Happening.id).join(Workshop, Workshop.id == Happening.workshop_id).where(
        Workshop.code == code, Happening.stage == Stage.PLANNED, Happening.wanted_at <= clock.real_now(),
    )
    return db.session.scalar(query.limit(1)) is not None


def next_of(code: str) -> datetime | None:
    """The same for the workshop with this code, while it is not over."""
    mine = Workshop.code == code, Workshop.closed_at.is_(None), Happening.stage == Stage.PLANNED
    query = sa.select(sa.func.min(Happening.wanted_at)).join(Workshop, Workshop.id == Happening.workshop_id).where(*mine)
    return db.session.scalar(query)


def _planned(workshop_id: int) -> sa.Select[Happening]:
    mine = Happening.workshop_id == workshop_id, Happening.stage == Stage.PLANNED
    return sa.select(Happening).where(*mine).order_by(Happening.wanted_at, Happening.id)


def to_come(workshop: Workshop) -> list[Happening]:
    """What is planned, the soonest first; what a paused timeline holds comes last."""
    query = sa.select(Happening).where(
        Happening.workshop_id == workshop.id, Happening.stage.in_([Stage.PLANNED, Stage.PAUSED])
    )
    found = db.session.scalars(query.order_by(Happening.wanted_at, Happening.id)).all()
    return sorted(found, key=lambda one: one.stage is Stage.PAUSED)


def past(workshop: Workshop, most: int = 100) -> list[Happening]:
    """What happened or was stopped, the latest first."""
    query = sa.select(Happening).where(
        Happening.workshop_id == workshop.id, Happening.stage.not_in([Stage.PLANNED, Stage.PAUSED])
    )
    return list(db.session.scalars(query.order_by(Happening.done_at.desc(), Happening.id.desc()).limit(most)))


def later(minutes: float) -> datetime:
    """So many minutes from now, on the machine's clock: when the hour changes in between, they are as many."""
    return clock.later(clock.real_now(), timedelta(minutes=minutes))
