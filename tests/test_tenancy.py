"""The wall from both sides: two worlds, every way to read and to write."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from sandbox.account.models import Record, User
from sandbox.db import db, writing
from sandbox.documents.models import Document, Folder
from sandbox.messaging.models import Conversation, Message
from sandbox.tenancy import WrongWorld, world
from tests.room import Room, open_room


@pytest.fixture(scope="module")
def other(app) -> Room:
    return open_room(app, seats=2, seed="other")


READS = {
    "entities": lambda: db.session.scalars(sa.select(Document)).all(),
    "joined": lambda: db.session.scalars(sa.select(Document).options(joinedload(Document.author))).all(),
    "selectin": lambda: [m for c in db.session.scalars(
        sa.select(Conversation).options(selectinload(Conversation.messages))) for m in c.messages],
    "lazy": lambda: [m for c in db.session.scalars(sa.select(Conversation)) for m in c.messages],
    "aliased": lambda: db.session.scalars(sa.select(aliased(Document))).all(),
    "join": lambda: db.session.scalars(sa.select(Message).join(Conversation)).all(),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_whatever_way_one_reads_only_this_world_is_there(room: Room, other: Room, read) -> None:
    with room.inside():
        mine = {row.world_id for row in read()}
        expected = {room.world().id}
    assert mine == expected


def test_columns_and_counts_are_filtered_too(room: Room, other: Room) -> None:
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Record.id))) == 16  # each seat, its child and its twins
        assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 51  # the services of the catalogue too
    with other.inside():
        assert db.session.scalar(sa.select(sa.func.count(Record.id))) == 8


def test_in_no_world_there_is_nothing(room: Room) -> None:
    with room.app.app_context():
        assert db.session.scalars(sa.select(User)).all() == []


def test_updates_and_deletes_stop_at_the_wall(room: Room, other: Room) -> None:
    with other.inside():
        before = db.session.scalar(sa.select(sa.func.count(Document.id)))
    with room.inside():
        db.session.execute(sa.update(Document).values(title="changé"))
        db.session.execute(sa.delete(Document))
        assert db.session.scalar(sa.select(sa.func.count(Document.id))) == 0
    with other.inside():
        assert db.session.scalar(sa.select(sa.func.count(Document.id))) == before
        assert db.session.scalars(sa.select(Document).where(Document.title == "changé")).first() is None


def test_a_row_of_another_world_cannot_be_written(room: Room, other: Room) -> None:
    with other.app.app_context(), writing(), world(other.world().bound):
        foreign = db.session.scalars(sa.select(Record)).first()
        db.session.expunge(foreign)
    with room.app.app_context(), writing(), world(room.world().bound):
        db.session.add(foreign)
        foreign.first_name = "Autre"
        with pytest.raises(WrongWorld):
            db.session.flush()
        db.session.rollback()


def test_a_new_row_takes_the_seat_of_its_parents_who_must_agree(room: Room) -> None:
    with room.inside():
        folder = Folder(record=room.record(2), name="Papiers")
        db.session.add(folder)
        db.session.flush()
        assert (folder.seat, folder.world_id) == (2, room.world().id)
    with room.app.app_context(), writing(), world(room.world().bound):
        talk = db.session.scalars(sa.select(Conversation).where(Conversation.seat == 1)).first()
        db.session.add(Folder(record=room.record(2), name="De l’un", seat=talk.seat))
        with pytest.raises(WrongWorld):
            db.session.flush()
        db.session.rollback()


def test_nothing_is_written_in_no_world(room: Room) -> None:
    with room.app.app_context(), writing():
        db.session.add(Folder(name="Nulle part", seat=1))
        with pytest.raises(WrongWorld):
            db.session.flush()
        db.session.rollback()


def test_one_question_asked_here_and_there_has_the_answer_of_each_place(room: Room, other: Room) -> None:
    question = sa.select(Document)
    for place in (room, other, room):
        with place.inside():
            found = db.session.scalars(question).all()
            assert {row.world_id for row in found} == {place.world().id}
        with place.app.app_context():
            assert db.session.scalars(question).all() == []
