"""The wall between worlds: reads are filtered, writes stamped, foreign rows refused; nothing else decides."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    object_mapper,
    with_loader_criteria,
)
from sqlalchemy.orm.interfaces import MANYTOONE
from sqlalchemy.sql.base import Executable, ExecutableOption

from sandbox import clock
from sandbox.db import db

REF_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
REF_LENGTH = 8
# A question that is made once and asked in every request: its copy behind the wall, as it was last asked, and of what world.
_walled: WeakKeyDictionary[Executable, tuple[int, Executable]] = WeakKeyDictionary()


class WrongWorld(RuntimeError):
    """A row of another world, of another seat, or of none, was about to be written."""


class WorldScoped:
    """Mixin: the row belongs to one seat (0: shared by all) of one world, and exists for no other world."""

    kept_in_snapshots: ClassVar[bool] = True

    world_id: Mapped[int] = mapped_column(sa.ForeignKey("world.id", ondelete="CASCADE"))
    seat: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        return (sa.Index(None, "world_id", "seat"),)


def new_ref() -> str:
    """A name for a URL: eight characters that say nothing and cannot be guessed."""
    return "".join(secrets.choice(REF_ALPHABET) for _ in range(REF_LENGTH))


class Named(WorldScoped):
    """Mixin: the row has a `ref`, unguessable, unique in its world, the same after a reset for what a pack defines."""

    ref: Mapped[str] = mapped_column(sa.String(16), default=new_ref)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        return (sa.Index(None, "world_id", "seat"), sa.UniqueConstraint("world_id", "ref"))


@dataclass(frozen=True)
class Bound:
    """Where one is: a world, its workshop, the day its dates are told from, its time."""

    world_id: int
    workshop_id: int
    day: date
    shift: timedelta = timedelta()
    matrix: str = ""  # the workshop's own habilitation matrix, by the hash of its file


def bind(where: Bound | None) -> None:
    """Enter a world for the rest of this request or command, or none."""
    db.session.info["bound"] = where
    clock.shift(where.shift if where else timedelta())


def bound() -> Bound | None:
    """The world one is in, if any."""
    where: Bound | None = db.session.info.get("bound")
    return where


def world_day() -> date:
    """The day that the dates of stored texts are told from."""
    where = bound()
    return where.day if where else clock.today()


@contextmanager
def world(where: Bound) -> Iterator[None]:
    """Be in a world for a block. What the session held of another world is forgotten on both sides."""
    before = bound()
    db.session.flush()
    db.session.expunge_all()
    db.session.info["bound"] = where
    with clock.shifted(where.shift):
        try:
            yield
            db.session.flush()
        finally:
            db.session.expunge_all()
            db.session.info["bound"] = before


def _scope(session: Session) -> int | None:
    where: Bound | None = session.info.get("bound")
    return where.world_id if where else None


@event.listens_for(Session, "do_orm_execute")
def _filter_reads(state: ORMExecuteState) -> None:
    if state.is_column_load:
        return
    world_id = _scope(state.session) or 0  # in no world: no row matches
    known = _walled.get(state.statement)
    if known is None or known[0] != world_id:
        known = _walled[state.statement] = world_id, state.statement.options(_wall(world_id))
    state.statement = known[1]


def _wall(world_id: int) -> ExecutableOption:
    return with_loader_criteria(WorldScoped, lambda cls: cls.world_id == world_id, include_aliases=True)


@event.listens_for(Session, "before_flush")
def _stamp_writes(session: Session, *_: Any) -> None:
    scope = _scope(session)
    for row in [*session.new, *session.dirty, *session.deleted]:
        if isinstance(row, WorldScoped):
            if row in session.new:
                _stamp(row, scope)
            if scope is None or row.world_id != scope:
                raise WrongWorld(f"{row!r} belongs to world {row.world_id}, not to {scope}")


def _stamp(row: WorldScoped, scope: int | None) -> None:
    """The world is the one we are in; the seat is the parents', who must agree."""
    if row.world_id is None and scope is not None:
        row.world_id = scope
    parents = list(_parents(row))
    if any(parent.world_id not in (None, row.world_id) for parent in parents):
        raise WrongWorld(f"{row!r} would point out of world {row.world_id}")
    seats = {_seat(parent) for parent in parents} - {0}
    if row.seat is not None:
        seats |= {row.seat} - {0}
    if len(seats) > 1:
        raise WrongWorld(f"{row!r} would join the seats {sorted(seats)}")
    row.seat = seats.pop() if seats else 0


def _seat(row: WorldScoped) -> int:
    """A parent may itself be new and not stamped yet."""
    if row.seat is not None:
        return row.seat
    return next((seat for seat in map(_seat, _parents(row)) if seat), 0)


def _parents(row: WorldScoped) -> Iterator[WorldScoped]:
    for relation in object_mapper(row).relationships:
        if relation.direction is MANYTOONE:
            parent = row.__dict__.get(relation.key)
            if isinstance(parent, WorldScoped):
                yield parent
