"""Putting everything back, and going back on it: verbs of the trainer. None of them commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import sqlalchemy as sa

from sandbox import clock, live
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import endings, spares, worlds
from sandbox.workshops.models import Step, StepKind, Workshop, World, WorldState

Listener = Callable[[Workshop, int, Step], None]
_put_back: list[Listener] = []
_given_back: list[Listener] = []
PUTS_BACK = {StepKind.WORKSHOP, StepKind.SEAT}


def when_put_back(listener: Listener) -> Listener:
    """Subscribe: called with the workshop, the seat (0: all of them) and the step, once its records are put back."""
    _put_back.append(listener)
    return listener


def when_given_back(listener: Listener) -> Listener:
    """Subscribe: called with the same when an undo has given back what was put back, just before its step is forgotten."""
    _given_back.append(listener)
    return listener


def _tell(listeners: Iterable[Listener], workshop: Workshop, step: Step) -> None:
    if step.kind in PUTS_BACK:
        db.session.flush()
        for listener in listeners:
            listener(workshop, step.seat, step)


def reset_workshop(workshop: Workshop) -> None:
    """Every seat back to the start: the pointer moves to the spare world. Raises Refused when none is ready.

    The view makes sure that one is (`spares.fill_one`) and asks again: correct, merely slower.
    """
    workshop = spares.lock(workshop.id)
    spare = spares.ready(workshop)
    if spare is None or workshop.world_id is None:
        raise NoSpare
    step = Step(workshop_id=workshop.id, kind=StepKind.WORKSHOP, seat=0, world_id=workshop.world_id)
    db.session.add(step)
    _enter(workshop, spare)
    _tell(_put_back, workshop, step)


class NoSpare(Refused):
    """No world is ready to be entered."""

    def __init__(self) -> None:
        super().__init__("Les dossiers neufs ne sont pas encore prêts. Réessayez dans quelques secondes.")


def _enter(workshop: Workshop, world: World) -> None:
    world.state, world.due_at = WorldState.USED, None  # looked at again: something may have been planned since it was left
    if workshop.world_id is not None:
        endings.end_again(world.id, endings.ended(workshop.world_id))
    workshop.world_id = world.id
    live.tell(live.audience_of_workshop(workshop.id), "world")


def reset_seat(workshop: Workshop, seat: int, *, at: datetime | None = None) -> None:
    """One seat back to the start, in place: the others notice nothing. Raises Refused."""
    step = remember_seat(workshop, seat, at=at)
    world = db.session.get_one(World, step.world_id)
    _refill(workshop, world, seat, spares.part(workshop, seat))
    _tell(_put_back, workshop, step)


def reset_seats(workshop: Workshop, seats: Iterable[int]) -> None:
    """Several seats back to the start, in one step: one undo gives them all back. Raises Refused."""
    at = clock.real_now()
    for seat in seats:
        reset_seat(workshop, seat, at=at)


def remember_seat(
    workshop: Workshop, seat: int, kind: StepKind = StepKind.SEAT, *, at: datetime | None = None
) -> Step:
    """Keep the seat as it is now, so that what comes next can be undone; seats kept at one moment come back together.

    Raises Refused.
    """
    workshop = spares.lock(workshop.id)
    world = _world_of(workshop, seat)
    former = worlds.pack(worlds.freeze(world, seat, secrets=True))
    step = Step(
        workshop_id=workshop.id, kind=kind, seat=seat, world_id=world.id, former=former, at=at or clock.real_now()
    )
    db.session.add(step)
    return step


def _world_of(workshop: Workshop, seat: int) -> World:
    if not 1 <= seat <= workshop.seats:
        raise Refused(f"L’atelier n’a pas de place {seat} : les places vont de 1 à {workshop.seats}.")
    return db.session.get_one(World, workshop.world_id)


def _refill(workshop: Workshop, world: World, seat: int, part: worlds.Part) -> None:
    ended = endings.ended(world.id)
    worlds.erase(world.id, seat)
    worlds.release_taken_slots(world, part)
    writer = worlds.Writer(world, spares.secrets_of(workshop.id), worlds.shared_ids(world))
    writer.write(seat, part)
    endings.end_again(world.id, ended)
    world.due_at = None
    live.tell(live.audience_of_seat(workshop.id, seat), "world")
    live.tell(live.audience_of_room(workshop.id), "board")


def undo(workshop: Workshop) -> list[Step]:
    """Go back on what was done last; returns the steps undone. Raises Refused when there is nothing to undo."""
    workshop = spares.lock(workshop.id)
    steps = latest_steps(workshop)
    if not steps:
        raise Refused("Il n’y a aucune remise à zéro à annuler, ni aucun changement d’état.")
    for step in steps:
        _go_back(workshop, step)
        _tell(_given_back, workshop, step)
        db.session.delete(step)
    return steps


def _go_back(workshop: Workshop, step: Step) -> None:
    world = db.session.get_one(World, step.world_id)
    if step.kind is StepKind.WORKSHOP:
        _enter(workshop, world)
    else:
        assert step.former is not None  # noqa: S101
        _refill(workshop, world, step.seat, worlds.unpack(step.former))


def latest_steps(workshop: Workshop) -> list[Step]:
    """What an undo would go back on: the latest step, and the seats that were kept at the same moment."""
    mine = sa.select(Step).where(Step.workshop_id == workshop.id)
    last = mine.order_by(Step.id.desc()).limit(1).with_only_columns(Step.at).scalar_subquery()
    return list(db.session.scalars(mine.where(Step.at == last).order_by(Step.seat)))
