"""Starting points: frozen from the present world, named, gone back to, removed. Verbs of the trainer; none commits.

(Going back fills a world first when none is ready, which does: see `spares`.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer

from sandbox import clock
from sandbox.db import db, still
from sandbox.errors import Refused
from sandbox.workshops import dating, resets, spares, worlds
from sandbox.workshops.models import (
    Snapshot,
    SnapshotPart,
    StepKind,
    Trainer,
    Workshop,
    World,
)

MOST = 30  # a point of sixty seats takes about one megabyte
LONGEST = 120
MOVED = "Les dossiers viennent d’être remis à zéro par quelqu’un d’autre : rien n’est figé. Regardez, puis recommencez."
TOO_MANY = f"Un atelier garde {MOST} points de départ au plus. Supprimez-en un, puis recommencez."
IS_START = "C’est le point de départ présent : choisissez-en un autre avant de le supprimer."
IS_FIRST = "Le premier point de départ est celui de l’histoire : il reste toujours."
NAMELESS = "Donnez un nom à ce point de départ."


@dataclass(frozen=True)
class View:
    """A world as it was at one moment, in the snapshot's terms."""

    world_id: int
    moment: str
    shift_seconds: int
    bodies: dict[int, bytes]


def of_workshop(workshop: Workshop) -> list[Snapshot]:
    """Its starting points, the oldest first: that of its story."""
    mine = sa.select(Snapshot).where(Snapshot.workshop_id == workshop.id, Snapshot.removed_at.is_(None))
    return list(db.session.scalars(mine.order_by(Snapshot.id).options(defer(Snapshot.head))))


def look(workshop_id: int) -> View:
    """The present world, all of one moment; nobody waits while it is read. What was read before is forgotten."""
    with still():
        workshop = db.session.get_one(Workshop, workshop_id, populate_existing=True)
        world = db.session.get_one(World, workshop.world_id, populate_existing=True)
        bodies = {seat: worlds.pack(worlds.freeze(world, seat)) for seat in range(workshop.seats + 1)}
        return View(world.id, dating.moment_of(world), world.shift_seconds, bodies)


def freeze(workshop: Workshop, view: View, label: str, trainer: Trainer | None, done: dict[str, list[int]]) -> Snapshot:
    """What was looked at becomes the starting point; `done`: the exercises already done there, and by which seats.

    Raises Refused.
    """
    workshop = spares.lock(workshop.id)
    if workshop.world_id != view.world_id:
        raise Refused(MOVED)
    if len(of_workshop(workshop)) >= MOST:
        raise Refused(TOO_MANY)
    start = db.session.get_one(Snapshot, workshop.start_id)
    point = Snapshot(
        workshop_id=workshop.id, label=_named(label), head=worlds.pack(head_of(start) | {"done": done}),
        moment=view.moment, shift_seconds=view.shift_seconds, made_by_id=trainer.id if trainer else None,
    )
    db.session.add(point)
    db.session.flush()
    db.session.add_all(SnapshotPart(snapshot_id=point.id, seat=seat, body=body) for seat, body in view.bodies.items())
    resets.keep_step(workshop, StepKind.FREEZE, start_id=workshop.start_id, label=point.label)
    workshop.start_id = point.id
    db.session.flush()
    return point


def head_of(point: Snapshot) -> dict[str, Any]:
    """What it says of the pack, of its exercises and of what may happen."""
    head: dict[str, Any] = worlds.unpack(point.head)
    return head


def _named(label: str) -> str:
    if not (tidy := " ".join(label.split())[:LONGEST]):
        raise Refused(NAMELESS)
    return tidy


def restore(workshop: Workshop, point: Snapshot) -> None:
    """The point becomes the start, and every seat goes back to it. Commits when a world has to be filled. Raises Refused."""
    for _ in range(resets.TRIES):
        spares.make_ready(workshop.id, point.id)
        workshop = spares.lock(workshop.id)
        if spare := spares.ready(workshop, point.id):
            former, workshop.start_id = workshop.start_id, point.id
            return resets.leave_for(workshop, spare, StepKind.RESTORE, start_id=former, label=point.label)
    raise resets.NoSpare


def rename(point: Snapshot, label: str) -> None:
    """Raises Refused."""
    point.label = _named(label)


def remove(workshop: Workshop, point: Snapshot) -> None:
    """It is no longer offered; an undo that needs it gives it back. Raises Refused."""
    workshop = spares.lock(workshop.id)
    if point.id == workshop.start_id:
        raise Refused(IS_START)
    if point.id == of_workshop(workshop)[0].id:
        raise Refused(IS_FIRST)
    point.removed_at = clock.real_now()
