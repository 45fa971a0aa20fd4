"""Filling worlds off the request's path, seat by seat, and sweeping away those that no reset can reach any more.

This is the one service that commits: each seat is its own short transaction, so that nobody waits behind a fill,
and a fill cut short (`kill -9`) leaves a world that is not ready, which the next look takes up or sweeps away.
"""

from __future__ import annotations

import time
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from sandbox import blobs, clock, live
from sandbox.db import db, is_sqlite, writing
from sandbox.workshops import worlds
from sandbox.workshops.models import (
    Credential,
    SnapshotPart,
    Step,
    StepKind,
    Workshop,
    World,
    WorldState,
)

SEATS_AT_ONCE = 5  # in one transaction: other writers wait some 15 ms at most
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


def ready(workshop: Workshop) -> World | None:
    """A full world from the workshop's present start, dated today, that nobody has entered."""
    return db.session.scalars(
        sa.select(World).where(
            World.workshop_id == workshop.id,
            World.snapshot_id == workshop.start_id,
            World.state == WorldState.READY,
            World.day == clock.real_now().date(),
        ).order_by(World.id).limit(1)
    ).first()


def fill_one(workshop_id: int, *, snapshot_id: int | None = None) -> int:
    """Fill a world from the workshop's start (or another snapshot), dated today, and return its id.

    Commits every few seats.
    """
    with writing():
        workshop = db.session.get_one(Workshop, workshop_id)
        world = _begun(workshop_id, snapshot_id or workshop.start_id)
        writer = worlds.Writer(world, secrets_of(workshop_id))
        for number, (seat, body) in enumerate(_parts(world.snapshot_id)):
            writer.write(seat, worlds.unpack(body))
            if seat == worlds.SHARED:
                writer.shared = worlds.shared_ids(world)
            if number % SEATS_AT_ONCE == 0:
                world.touched_at = clock.real_now()
                db.session.commit()
                breathe()
        world.state = WorldState.READY
        db.session.commit()
        return world.id


def _begun(workshop_id: int, snapshot_id: int | None) -> World:
    """A world of today with nothing in it yet, which nobody can enter."""
    world = World(
        workshop_id=workshop_id, snapshot_id=snapshot_id, day=clock.real_now().date(), state=WorldState.FILLING
    )
    db.session.add(world)
    db.session.commit()
    return world


def _parts(snapshot_id: int) -> list[tuple[int, bytes]]:
    """Every part, what is shared first."""
    query = sa.select(SnapshotPart.seat, SnapshotPart.body).where(SnapshotPart.snapshot_id == snapshot_id)
    return [(seat, body) for seat, body in db.session.execute(query.order_by(SnapshotPart.seat))]


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
        wanted = not workshop.is_closed and not ready(workshop) and not _being_filled(workshop_id)
        db.session.commit()
    if wanted:
        fill_one(workshop_id)


def _being_filled(workshop_id: int) -> bool:
    fresh = clock.real_now() - ABANDONED
    query = sa.select(World.id).where(
        World.workshop_id == workshop_id, World.state == WorldState.FILLING, World.touched_at > fresh
    )
    return db.session.execute(query.limit(1)).first() is not None


def reachable(workshop: Workshop) -> set[int]:
    """The present world and those that an undo can still go back to."""
    formers = current_app.config["SETTINGS"].formers
    steps = sa.select(Step.world_id).where(
        Step.workshop_id == workshop.id, Step.kind == StepKind.WORKSHOP
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
