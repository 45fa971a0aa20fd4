"""Filling worlds off the request's path, seat by seat, and sweeping away those that no reset can reach any more.

This is the one service that commits: each seat is its own short transaction, so that nobody waits behind a fill,
and a fill cut short (`kill -9`) leaves a world that is not ready, which the next look takes up or sweeps away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from sandbox import blobs, clock, live
from sandbox.db import db, is_sqlite, writing
from sandbox.errors import Refused
from sandbox.workshops import dating, worlds
from sandbox.workshops.models import (
    LEAVES_A_WORLD,
    Credential,
    Snapshot,
    SnapshotPart,
    Step,
    Workshop,
    World,
    WorldState,
)

SEATS_AT_ONCE = 5  # in one transaction: other writers wait some 15 ms at most
WAIT, ONE_LOOK = "wait", 0.05
ABANDONED = timedelta(seconds=20)  # a fill that has not moved for so long has no filler any more


def lock(workshop_id: int) -> Workshop:
    """The workshop's row, held until the end of the transaction: its resets happen one after another."""
    return db.session.execute(
        sa.select(Workshop).where(Workshop.id == workshop_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()


def secrets_of(workshop_id: int) -> dict[str, str]:
    """What is never in a snapshot: the hash of each card's password, by the user's ref."""
    query = sa.select(Credential.ref, Credential.password_hash).where(Credential.workshop_id == workshop_id)
    return {ref: hashed for ref, hashed in db.session.execute(query)}


def part(workshop: Workshop, seat: int) -> worlds.Part:
    """One seat as the workshop starts."""
    body = db.session.execute(
        sa.select(SnapshotPart.body).where(SnapshotPart.snapshot_id == workshop.start_id, SnapshotPart.seat == seat)
    ).scalar_one()
    return worlds.unpack(body)


def ready(workshop: Workshop, snapshot_id: int | None = None) -> World | None:
    """A full world from the workshop's present start (or another point), dated today, that nobody has entered."""
    if (number := snapshot_id or workshop.start_id) is None:
        return None  # everything is erased
    point = db.session.get_one(Snapshot, number)
    return db.session.scalars(
        sa.select(World).where(
            World.workshop_id == workshop.id,
            World.snapshot_id == point.id,
            World.state == WorldState.READY,
            World.day.in_(dating.days_today(point)),
        ).order_by(World.id).limit(1)
    ).first()


def fill_one(workshop_id: int, *, snapshot_id: int | None = None) -> int:
    """Fill a world from the workshop's start (or another snapshot), dated today, and return its id.

    Commits every few seats.
    """
    with writing():
        start_id = snapshot_id or db.session.get_one(Workshop, workshop_id).start_id
        return _filled(_begun(workshop_id, start_id))


def make_ready(workshop_id: int, snapshot_id: int | None = None) -> None:
    """When this returns a spare is ready: there already, waited for while somebody fills it, or filled here. Commits.

    Raises Refused when the point has just been removed.
    """
    with writing():
        db.session.commit()
        while (begun := _needed(workshop_id, snapshot_id)) == WAIT:
            time.sleep(ONE_LOOK)
        if isinstance(begun, World):
            _filled(begun)


def _needed(workshop_id: int, snapshot_id: int | None) -> World | str | None:
    """None when a spare is ready, WAIT while somebody fills one, else the world to fill: one filler for each point."""
    workshop = lock(workshop_id)
    point = db.session.get(Snapshot, snapshot_id or workshop.start_id, populate_existing=True)
    if point is None or point.removed_at is not None:
        raise Refused("Ce point de départ vient d’être supprimé.")
    is_ready, filling = ready(workshop, point.id), _being_filled(workshop_id, point.id)
    if not is_ready and not filling:
        return _begun(workshop_id, point.id)
    db.session.commit()
    return None if is_ready else WAIT


def _filled(world: World) -> int:
    writer = worlds.Writer(world, secrets_of(world.workshop_id))
    for number, (seat, part) in enumerate(parts(world.snapshot_id)):
        writer.write(seat, part)
        if number % SEATS_AT_ONCE == 0:
            world.touched_at = clock.real_now()
            db.session.commit()
            breathe()
    world.state = WorldState.READY
    db.session.commit()
    return world.id


def _begun(workshop_id: int, snapshot_id: int | None) -> World:
    """A world of today with nothing in it yet, which nobody can enter. Commits."""
    point = db.session.get_one(Snapshot, snapshot_id)
    world = World(
        workshop_id=workshop_id, snapshot_id=point.id, day=dating.first_day(point, clock.real_now()),
        shift_seconds=point.shift_seconds, state=WorldState.FILLING,
    )
    db.session.add(world)
    db.session.commit()
    return world


def parts(snapshot_id: int) -> Iterator[tuple[int, worlds.Part]]:
    """Every part of a starting point, what is shared first."""
    query = sa.select(SnapshotPart.seat, SnapshotPart.body).where(SnapshotPart.snapshot_id == snapshot_id)
    for seat, body in db.session.execute(query.order_by(SnapshotPart.seat)).all():
        yield seat, worlds.unpack(body)


def breathe() -> None:
    """Let other writers through between two transactions."""
    if milliseconds := current_app.config["SETTINGS"].fill_pause_ms:
        time.sleep(milliseconds / 1000)


def keep_ready(workshop_id: int) -> None:
    """Sweep what is out of reach, then fill a spare unless one is ready or on its way. Commits."""
    with writing():
        sweep(workshop_id)
        live.forget_old()
        blobs.forget_old_renderings()
        workshop = lock(workshop_id)
        start_id = workshop.start_id or 0
        wanted = not workshop.is_closed and not ready(workshop) and not _being_filled(workshop_id, start_id)
        begun = _begun(workshop_id, start_id) if wanted else None
        db.session.commit()
        if begun:
            _filled(begun)


def _being_filled(workshop_id: int, snapshot_id: int) -> bool:
    query = sa.select(World.id).where(
        World.workshop_id == workshop_id, World.snapshot_id == snapshot_id,
        World.state == WorldState.FILLING, World.touched_at > clock.real_now() - ABANDONED,
    )
    return db.session.execute(query.limit(1)).first() is not None


def reachable(workshop: Workshop) -> set[int]:
    """The present world and those that an undo can still go back to."""
    formers = current_app.config["SETTINGS"].formers
    steps = sa.select(Step.world_id).where(
        Step.workshop_id == workshop.id, Step.kind.in_(LEAVES_A_WORLD)
    ).order_by(Step.id.desc()).limit(formers)
    return {workshop.world_id or 0, *db.session.scalars(steps)}


def sweep(workshop_id: int) -> None:
    """Delete worlds that no reset and no undo can reach: pushed out, outdated, or abandoned half filled. Commits."""
    workshop = db.session.get_one(Workshop, workshop_id)
    kept, spare = reachable(workshop), ready(workshop)
    fresh = clock.real_now() - ABANDONED
    for world in db.session.scalars(sa.select(World).where(World.workshop_id == workshop_id)).all():
        filling = world.state is WorldState.FILLING and world.touched_at > fresh
        if world.id not in kept and world is not spare and not filling:
            demolish(world, workshop.seats)
    _drop_removed_points(workshop_id)


def _drop_removed_points(workshop_id: int) -> None:
    """Those that a trainer removed go once no world is made of them and no undo can give them back."""
    filled = sa.exists().where(World.snapshot_id == Snapshot.id)
    wanted = sa.exists().where(Step.start_id == Snapshot.id)
    gone = sa.delete(Snapshot).where(Snapshot.workshop_id == workshop_id, Snapshot.removed_at.is_not(None), ~filled, ~wanted)
    db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.commit()


def demolish(world: World, seats: int) -> None:
    """Seat by seat, so that nobody waits behind it; marked first, so that it is never entered again."""
    world.state = WorldState.FILLING
    world.touched_at = clock.real_now() - ABANDONED
    db.session.execute(sa.delete(Step).where(Step.world_id == world.id))
    db.session.commit()
    for seat in [*range(1, seats + 1), worlds.SHARED]:
        worlds.erase(world.id, seat)
        db.session.commit()
        breathe()
    db.session.delete(world)
    db.session.commit()


def tidy_after_start() -> None:
    """At start: sweep every workshop's half-filled worlds, which no filler of this start can be at work on."""
    with writing():
        for workshop_id in db.session.scalars(sa.select(Workshop.id)).all():
            sweep(workshop_id)
        if is_sqlite(db.engine):
            db.session.execute(sa.text("PRAGMA optimize"))
        db.session.commit()
