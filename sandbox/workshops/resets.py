"""Putting everything back, and going back on it: verbs of the trainer. None of them commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import defer

from sandbox import clock, live
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import endings, spares, worlds
from sandbox.workshops.models import (
    LEAVES_A_WORLD,
    PUTS_BACK,
    Snapshot,
    Step,
    StepKind,
    Workshop,
    World,
    WorldState,
)

Listener = Callable[[Workshop, int, Step], None]
_put_back: list[Listener] = []
_given_back: list[Listener] = []
TRIES = 3  # a spare may be swept away, or entered, between the moment it is ready and the moment it is wanted
SHOWN = 3  # how many of the last things done are shown
NOTHING = "Il n’y a plus rien à annuler."
OTHER = "Autre chose a été fait entre-temps. Regardez ce qui sera annulé, puis appuyez de nouveau."


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


def back_to_start(workshop: Workshop) -> None:
    """Every seat back to the start, by a spare world: one is filled first when none is ready, which commits. Raises Refused."""
    for _ in range(TRIES):
        try:
            return reset_workshop(workshop)
        except NoSpare:
            spares.make_ready(workshop.id)
    raise NoSpare


def reset_workshop(workshop: Workshop, kind: StepKind = StepKind.WORKSHOP) -> None:
    """Every seat back to the start: the pointer moves to the spare world. Raises NoSpare when none is ready."""
    workshop = spares.lock(workshop.id)
    leave_for(workshop, spares.ready(workshop), kind)


def leave_for(workshop: Workshop, spare: World | None, kind: StepKind, **about: object) -> None:
    """The workshop, which is locked, enters a spare world; the one it leaves is kept. Raises NoSpare when there is none."""
    if spare is None or workshop.world_id is None:
        raise NoSpare
    step = keep_step(workshop, kind, **about)
    _enter(workshop, spare)
    _tell(_put_back, workshop, step)


def keep_step(workshop: Workshop, kind: StepKind, **about: object) -> Step:
    """Remember what is about to be done, so that it can be undone."""
    told = {"seat": 0, "world_id": workshop.world_id, "at": moment(workshop.id)} | about
    step = Step(workshop_id=workshop.id, kind=kind, **told)
    db.session.add(step)
    return step


def moment(workshop_id: int) -> datetime:
    """The moment of a new step: now, and after all others, as steps of one moment are undone together."""
    last = db.session.scalar(sa.select(sa.func.max(Step.at)).where(Step.workshop_id == workshop_id))
    now = clock.real_now()
    return now if last is None or last.timestamp() < now.timestamp() else last + timedelta(microseconds=1)


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


def reset_seat(
    workshop: Workshop, seat: int, *, at: datetime | None = None, kind: StepKind = StepKind.SEAT
) -> None:
    """One seat back to the start, in place: the others notice nothing. Raises Refused."""
    step = remember_seat(workshop, seat, kind, at=at)
    world = db.session.get_one(World, step.world_id)
    _refill(workshop, world, seat, spares.part(workshop, seat))
    _tell(_put_back, workshop, step)


def reset_seats(workshop: Workshop, seats: Iterable[int]) -> None:
    """Several seats back to the start, in one step: one undo gives them all back. Raises Refused."""
    at = moment(spares.lock(workshop.id).id)
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
    _forget_restarts(workshop, seat)
    former = worlds.pack(worlds.freeze(world, seat, secrets=True))
    return keep_step(workshop, kind, seat=seat, former=former, at=at or moment(workshop.id))


def remember_seats(workshop: Workshop, seats: Iterable[int], kind: StepKind) -> None:
    """Keep several as they are now, in one step: one undo gives them all back. Raises Refused."""
    at = moment(spares.lock(workshop.id).id)
    for seat in seats:
        remember_seat(workshop, seat, kind, at=at)


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


def undo(workshop: Workshop, *, expected: int | None = None) -> list[Step]:
    """Go back on what was done last; returns the steps undone. Raises Refused when there is nothing to undo.

    `expected`: the number of the step that was shown; another trainer may have done something since.
    """
    workshop = spares.lock(workshop.id)
    steps = latest_steps(workshop)
    if not steps:
        raise Refused(NOTHING)
    if expected is not None and expected not in {step.id for step in steps}:
        raise Refused(OTHER)
    for step in steps:
        _go_back(workshop, step)
        _tell(_given_back, workshop, step)
        db.session.delete(step)
    return steps


def _go_back(workshop: Workshop, step: Step) -> None:
    world = db.session.get_one(World, step.world_id)
    if step.start_id is not None:
        _start_again_from(workshop, step)
    if step.kind in LEAVES_A_WORLD:
        _enter(workshop, world)
    elif step.former is not None:
        _forget_restarts(workshop, step.seat)
        _refill(workshop, world, step.seat, worlds.unpack(step.former))


def _start_again_from(workshop: Workshop, step: Step) -> None:
    """The former start is the start again, even if it was removed; a point that was frozen meanwhile is not kept."""
    present, former = db.session.get_one(Snapshot, workshop.start_id), db.session.get_one(Snapshot, step.start_id)
    if step.kind is StepKind.FREEZE:
        present.removed_at = clock.real_now()
    former.removed_at = None
    workshop.start_id = former.id


def restart_of(workshop: Workshop, seat: int) -> Step | None:
    """The person's own « Recommencer mon dossier », while it can be taken back: nothing else has put the seat back since."""
    own = sa.select(Step).where(Step.workshop_id == workshop.id, Step.seat == seat, Step.kind == StepKind.STARTED_AGAIN)
    return db.session.scalars(own.where(Step.world_id == workshop.world_id).order_by(Step.id.desc())).first()


def take_back_restart(workshop: Workshop, seat: int) -> None:
    """The seat as it was before the person's own press. Raises Refused when there is nothing to take back."""
    workshop = spares.lock(workshop.id)
    step = restart_of(workshop, seat)
    if step is None or step.former is None:
        raise Refused(NOTHING)
    _refill(workshop, db.session.get_one(World, step.world_id), seat, worlds.unpack(step.former))
    _tell(_given_back, workshop, step)
    db.session.delete(step)


def _forget_restarts(workshop: Workshop, seat: int) -> None:
    """The seat is put back by another press: what the person could take back is out of date."""
    db.session.execute(sa.delete(Step).where(
        Step.workshop_id == workshop.id, Step.seat == seat, Step.kind == StepKind.STARTED_AGAIN
    ))


def latest_steps(workshop: Workshop) -> list[Step]:
    """What an undo would go back on: the latest step, and the seats that were kept at the same moment."""
    return next(iter(done_lately(workshop, 1)), [])


def done_lately(workshop: Workshop, most: int = SHOWN) -> list[list[Step]]:
    """What was done last and can be undone, one after the other, newest first; each with the seats of its moment."""
    trainers = Step.workshop_id == workshop.id, Step.kind != StepKind.STARTED_AGAIN
    mine = sa.select(Step).where(*trainers)
    moments = sa.select(Step.at).where(*trainers).distinct().order_by(Step.at.desc()).limit(most)
    found = mine.where(Step.at.in_(moments)).order_by(Step.at.desc(), Step.seat).options(defer(Step.former))
    return [list(steps) for _, steps in groupby(db.session.scalars(found), key=lambda step: step.at)]
