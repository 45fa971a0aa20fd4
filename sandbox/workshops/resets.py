"""Putting everything back, and going back on it: verbs of the trainer. None of them commits."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox import live
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import spares, worlds
from sandbox.workshops.models import Step, StepKind, Workshop, World, WorldState


def reset_workshop(workshop: Workshop) -> None:
    """Every seat back to the start: the pointer moves to the spare world. Raises Refused when none is ready.

    The view makes sure that one is (`spares.fill_one`) and asks again: correct, merely slower.
    """
    workshop = spares.lock(workshop.id)
    spare = spares.ready(workshop)
    if spare is None or workshop.world_id is None:
        raise NoSpare
    db.session.add(Step(workshop_id=workshop.id, kind=StepKind.WORKSHOP, world_id=workshop.world_id))
    _enter(workshop, spare)


class NoSpare(Refused):
    """No world is ready to be entered."""

    def __init__(self) -> None:
        super().__init__("Les dossiers neufs ne sont pas encore prêts. Réessayez dans quelques secondes.")


def _enter(workshop: Workshop, world: World) -> None:
    world.state = WorldState.USED
    workshop.world_id = world.id
    live.tell(live.audience_of_workshop(workshop.id), "world")


def reset_seat(workshop: Workshop, seat: int) -> None:
    """One seat back to the start, in place: the others notice nothing. Raises Refused."""
    workshop = spares.lock(workshop.id)
    world = _world_of(workshop, seat)
    former = worlds.pack(worlds.freeze(world, seat, secrets=True))
    db.session.add(
        Step(workshop_id=workshop.id, kind=StepKind.SEAT, seat=seat, world_id=world.id, former=former)
    )
    _refill(workshop, world, seat, spares.part(workshop, seat))


def _world_of(workshop: Workshop, seat: int) -> World:
    if not 1 <= seat <= workshop.seats:
        raise Refused(f"L’atelier n’a pas de place {seat} : les places vont de 1 à {workshop.seats}.")
    return db.session.get_one(World, workshop.world_id)


def _refill(workshop: Workshop, world: World, seat: int, part: worlds.Part) -> None:
    worlds.erase(world.id, seat)
    worlds.release_taken_slots(world, part)
    writer = worlds.Writer(world, spares.secrets_of(workshop.id), worlds.shared_ids(world))
    writer.write(seat, part)
    world.due_at = None
    live.tell(live.audience_of_seat(workshop.id, seat), "world")
    live.tell(live.audience_of_room(workshop.id), "board")


def undo(workshop: Workshop) -> Step:
    """Go back on the latest reset; returns what was undone. Raises Refused when there is nothing to undo."""
    workshop = spares.lock(workshop.id)
    step = latest_step(workshop)
    if step is None:
        raise Refused("Il n’y a aucune remise à zéro à annuler.")
    world = db.session.get_one(World, step.world_id)
    if step.kind is StepKind.WORKSHOP:
        _enter(workshop, world)
    else:
        assert step.former is not None  # noqa: S101
        _refill(workshop, world, step.seat, worlds.unpack(step.former))
    db.session.delete(step)
    return step


def latest_step(workshop: Workshop) -> Step | None:
    """The reset that an undo would go back on."""
    return db.session.scalars(
        sa.select(Step).where(Step.workshop_id == workshop.id).order_by(Step.id.desc()).limit(1)
    ).first()
