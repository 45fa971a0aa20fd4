"""What the room remembers of a go at an exercise: begun, done, helped, over."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from sandbox import acts, clock, tenancy
from sandbox.db import db, writing
from sandbox.exercises import attempts, service
from sandbox.exercises.models import Attempt
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.room import Room

HISTORY = "voir-qui-a-consulte"


def goes(room: Room, seat: int) -> dict[str, Attempt]:
    """Only inside."""
    where = tenancy.bound()
    assert where is not None
    return attempts.present(where, seat)


def begins(room: Room, seat: int, slug: str = HISTORY) -> Attempt:
    """Only inside."""
    where, exercise = tenancy.bound(), service.named(room.workshop_id, slug)
    assert where is not None
    assert exercise is not None
    return attempts.begin(where, seat, exercise)


def opens_the_history(room: Room, seat: int) -> None:
    record = room.record(seat)
    acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


def test_what_is_done_is_noted_at_that_seat_and_nowhere_else(room: Room) -> None:
    with room.inside():
        opens_the_history(room, 1)
        assert goes(room, 1)[HISTORY].done_at is not None
        assert goes(room, 1)[HISTORY].begun_at is None  # it was never opened
        assert goes(room, 2) == {}


def test_the_moment_when_it_was_first_done_stays(room: Room) -> None:
    with room.inside():
        begun = begins(room, 1)
        opens_the_history(room, 1)
        first = begun.done_at
        opens_the_history(room, 1)
        assert begun.done_at == first
        assert begun.begun_at <= first


def test_nobody_else_makes_it_done(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        acts.publish(acts.SectionOpened(actor=room.user("dr-lemoine"), record=record, section="historique", label="H"))
        assert goes(room, 1) == {}


def test_opening_it_twice_is_one_go(room: Room) -> None:
    with room.inside():
        assert begins(room, 1).id == begins(room, 1).id
        assert len(goes(room, 1)) == 1


def test_hints_that_were_read_stay_read(room: Room) -> None:
    with room.inside():
        exercise = service.named(room.workshop_id, HISTORY)
        for wanted, read in ((1, 1), (0, 1), (2, 2), (1, 2), (10**30, 3), (-4, 3)):
            assert attempts.read_hint(tenancy.bound(), 1, exercise, wanted).hints == read


def test_a_seat_that_is_put_back_begins_anew_and_an_undo_gives_its_goes_back(room: Room) -> None:
    with room.inside():
        former = begins(room, 1)
        begins(room, 2)
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        resets.reset_seat(workshop, 1)
        db.session.commit()
    with room.inside():
        assert goes(room, 1) == {}
        assert goes(room, 2) != {}
        anew = begins(room, 1)
        assert anew.id != former.id
    with room.app.app_context(), writing():
        resets.undo(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()
    with room.inside():
        assert goes(room, 1)[HISTORY].id == former.id
        assert db.session.get_one(Attempt, anew.id, populate_existing=True).left_at is not None


def test_what_was_left_earlier_does_not_come_back(room: Room) -> None:
    with room.inside():
        begun = begins(room, 1)
        moment = clock.real_now()
        attempts.leave(begun.world_id, 1, moment)
        attempts.take_up(begun.world_id, 1, moment + timedelta(seconds=1))
        assert goes(room, 1) == {}


def test_only_the_exercises_named_are_left(room: Room) -> None:
    with room.inside():
        begun = begins(room, 1)
        begins(room, 1, "lire-un-document")
        attempts.leave(begun.world_id, 1, clock.real_now(), [HISTORY])
        assert set(goes(room, 1)) == {"lire-un-document"}


def test_what_was_done_outlives_a_reset_of_the_room(room: Room, samira: Browser) -> None:
    with room.inside():
        opens_the_history(room, 1)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    with room.inside():
        assert goes(room, 1) == {}
        mine = sa.select(sa.func.count(Attempt.id)).where(Attempt.workshop_id == room.workshop_id, Attempt.done_at.is_not(None))
        assert db.session.scalar(mine) >= 1


def test_every_exercise_knows_what_may_make_it_true(room: Room) -> None:
    names = {act.__name__ for act in acts.every_act()}
    with room.inside():
        for exercise in service.of_workshop(room.workshop_id):
            moved = [act for act in names if exercise in service.moved_by(room.workshop_id, act)]
            assert moved, exercise.slug
