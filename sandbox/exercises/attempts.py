"""Goes at an exercise: begun when it is opened, done when the database says so, over when the seat is put back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from sandbox import clock, live, tenancy
from sandbox.acts import Act, after
from sandbox.db import db
from sandbox.exercises import questions, service
from sandbox.exercises.models import IS_PRESENT, Attempt
from sandbox.exercises.service import Exercise
from sandbox.tenancy import Bound
from sandbox.workshops import resets
from sandbox.workshops.models import Step, Workshop


def present(where: Bound, seat: int) -> dict[str, Attempt]:
    """The goes of a seat that are not over, by exercise."""
    mine = sa.select(Attempt).where(Attempt.world_id == where.world_id, Attempt.seat == seat, IS_PRESENT)
    return {attempt.exercise: attempt for attempt in db.session.scalars(mine)}


def begin(where: Bound, seat: int, exercise: Exercise) -> Attempt:
    """The seat's present go at this exercise; begun now if it was not yet."""
    attempt = _present(where, seat, exercise)
    if attempt.begun_at is None and attempt.done_at is None:
        attempt.begun_at = clock.real_now()
        _tell(where, seat)
    return attempt


def read_hint(where: Bound, seat: int, exercise: Exercise, number: int) -> Attempt:
    """The seat reads the hints up to this one (from 1); those read stay read."""
    attempt = begin(where, seat, exercise)
    wanted = min(max(number, 0), len(exercise.hints))
    if wanted > attempt.hints:
        attempt.hints = wanted
        _tell(where, seat)
    return attempt


@after
def recognise(act: Act) -> None:
    """Note when the seat has just done an exercise: for the time it took, and for the open pages."""
    where, seat = tenancy.bound(), act.record.seat
    if where is None or not seat:
        return
    for exercise in service.moved_by(where.workshop_id, type(act).__name__):
        if questions.seats_where(exercise.question, exercise.params, seat):
            _note_done(where, seat, exercise)


def _note_done(where: Bound, seat: int, exercise: Exercise) -> None:
    attempt = _present(where, seat, exercise)
    if attempt.done_at is None:
        attempt.done_at = clock.real_now()
        _tell(where, seat)


def _present(where: Bound, seat: int, exercise: Exercise) -> Attempt:
    """One row a seat and an exercise, whoever asks first: two requests at once find the same."""
    query = sa.select(Attempt).where(
        Attempt.world_id == where.world_id, Attempt.seat == seat, Attempt.exercise == exercise.slug, IS_PRESENT,
    )
    found = db.session.scalars(query).first()
    return found or _made(where, seat, exercise) or db.session.scalars(query.execution_options(populate_existing=True)).one()


def _made(where: Bound, seat: int, exercise: Exercise) -> Attempt | None:
    """None when another request has just made it."""
    attempt = Attempt(workshop_id=where.workshop_id, world_id=where.world_id, seat=seat, exercise=exercise.slug)
    try:
        with db.session.begin_nested():
            db.session.add(attempt)
    except sa.exc.IntegrityError:
        return None
    return attempt


def leave(world_id: int, seat: int, at: datetime, slugs: Iterable[str] | None = None) -> None:
    """The seat was put back at that moment: its present goes (at these exercises, or all) are over."""
    over = sa.update(Attempt).where(Attempt.world_id == world_id, Attempt.seat == seat, IS_PRESENT)
    if slugs is not None:
        over = over.where(Attempt.exercise.in_(list(slugs)))
    db.session.execute(over.values(left_at=at))


def take_up(world_id: int, seat: int, at: datetime) -> None:
    """What was put back at that moment is given back: the goes that were over then go on."""
    leave(world_id, seat, clock.real_now())
    mine = sa.update(Attempt).where(Attempt.world_id == world_id, Attempt.seat == seat, Attempt.left_at == at)
    db.session.execute(mine.values(left_at=None))


def unnote(where: Bound, seat: int, since: datetime) -> None:
    """What was done since then was done for the person, not by them: neither the report nor the certificate counts it."""
    mine = Attempt.world_id == where.world_id, Attempt.seat == seat, Attempt.done_at >= since
    db.session.execute(sa.delete(Attempt).where(*mine, Attempt.begun_at.is_(None)))
    db.session.execute(sa.update(Attempt).where(*mine).values(done_at=None))


@resets.when_put_back
def put_back(workshop: Workshop, seat: int, step: Step) -> None:
    """One seat was put back. (A reset of all moves to another world, where nothing is begun.)"""
    if seat:
        leave(step.world_id, seat, step.at)


@resets.when_given_back
def given_back(workshop: Workshop, seat: int, step: Step) -> None:
    """An undo gave the seat back."""
    if seat:
        take_up(step.world_id, seat, step.at)


def _tell(where: Bound, seat: int) -> None:
    live.tell(live.audience_of_seat(where.workshop_id, seat), "exercises")
    live.tell(live.audience_of_room(where.workshop_id), "board")
