"""Snapshots, worlds, resets and undos."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from sandbox.account.models import Record
from sandbox.agenda.models import Appointment
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.numbers import key
from sandbox.workshops import resets, spares, worlds
from sandbox.workshops.models import Workshop, World, WorldState
from tests.room import Room, open_room


def delete_documents(room: Room, seat: int) -> None:
    with room.inside():
        db.session.execute(sa.delete(Document).where(Document.seat == seat))


def change(room: Room, verb, *arguments) -> None:
    """A verb of the trainer, committed."""
    with room.app.app_context(), writing():
        verb(db.session.get_one(Workshop, room.workshop_id), *arguments)
        db.session.commit()
        db.session.remove()


def spare(room: Room) -> None:
    with room.app.app_context():
        spares.fill_one(room.workshop_id)


def test_reset_then_undo_then_nothing_left_to_undo(room: Room) -> None:
    start = room.digest()
    delete_documents(room, 1)
    changed = room.digest()
    assert changed != start
    spare(room)
    change(room, resets.reset_workshop)
    assert room.digest() == start
    change(room, resets.undo)
    assert room.digest() == changed
    with pytest.raises(Refused):
        change(room, resets.undo)


def test_one_seat_goes_back_alone_and_its_undo_too(room: Room) -> None:
    start = room.digest()
    delete_documents(room, 1)
    delete_documents(room, 2)
    both = room.digest()
    change(room, resets.reset_seat, 1)
    assert room.digest() not in {start, both}
    change(room, resets.reset_seat, 2)
    assert room.digest() == start
    change(room, resets.undo)
    change(room, resets.undo)
    assert room.digest() == both


def test_a_seat_that_does_not_exist_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match="de 1 à 4"):
        change(room, resets.reset_seat, 9)


def test_two_workshops_of_one_seed_have_one_digest_and_other_cards(room: Room) -> None:
    twin = open_room(room.app, seats=4, seed="tests")
    assert twin.digest() == room.digest()
    assert twin.card(1).password != room.card(1).password
    assert open_room(room.app, seats=4, seed="autre").digest() != room.digest()


@pytest.mark.parametrize("days", [0, 1, 40, 200, 400])
def test_whatever_the_day_the_story_is_as_fresh_and_never_on_a_sunday(room: Room, days: int) -> None:
    with room.inside():
        ages = [record.age for record in db.session.scalars(sa.select(Record).order_by(Record.seat, Record.id))]
    start = room.digest()
    with time_machine.travel(date(2026, 11, 23) + timedelta(days=days), tick=False):
        later = open_room(room.app, seats=4, seed="tests")
        assert later.digest() == start
        with later.inside():
            sundays = [a for a in db.session.scalars(sa.select(Appointment)) if a.starts_at.weekday() == 6]
            records = db.session.scalars(sa.select(Record).order_by(Record.seat, Record.id)).all()
            assert [record.age for record in records] == ages
            assert not sundays


def test_every_number_is_valid_and_nobodys(room: Room) -> None:
    with room.inside():
        records = db.session.scalars(sa.select(Record)).all()
        assert len({record.nir for record in records}) == len(records)
        for record in records:
            assert record.nir[10:13] == "000"
            assert record.nir[13:] == key(record.nir[:13])
            assert record.phone.startswith("06 39 98")
            assert record.email.endswith(".example")


def test_a_fill_cut_short_is_never_entered_and_is_swept(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        half = World(
            workshop_id=workshop.id, snapshot_id=workshop.start_id, day=date(2026, 1, 1), state=WorldState.FILLING
        )
        db.session.add(half)
        db.session.commit()
        worlds.Writer(half, {}).write(0, spares.part(workshop, 0))
        half.touched_at -= timedelta(minutes=5)
        db.session.commit()
        assert spares.ready(workshop) is None
        spares.tidy_after_start()
        assert db.session.scalars(sa.select(World.id).where(World.id == half.id)).first() is None
        db.session.remove()


def test_a_spare_of_yesterday_is_not_ready_today(room: Room) -> None:
    spare(room)
    with room.app.app_context():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        assert spares.ready(workshop) is not None
        with time_machine.travel(timedelta(days=1), tick=False):
            assert spares.ready(workshop) is None


def test_the_start_is_a_believable_three_year_story(room: Room) -> None:
    with room.app.app_context():
        world_id = room.world().id
        counts = {
            name: db.session.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.world_id == world_id, table.c.seat == 1)
            )
            for name, table in worlds.kept_tables().items()
        }
    least = {"document": 40, "conversation": 4, "message": 10, "appointment": 8, "profile_entry": 25,
             "prescription": 4, "line": 12, "notification": 30, "entry": 60}
    assert {name: counts[name] >= number for name, number in least.items()} == dict.fromkeys(least, True)
