"""Doing an exercise for somebody who came late: each one, by the verbs of their own pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from sandbox import tenancy
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.exercises import doing, service, standing
from sandbox.exercises.service import Exercise
from sandbox.workshops import packs, worlds
from tests.room import Room

SLUGS = [one["slug"] for one in packs.load("decouverte").exercises]


@pytest.fixture(autouse=True)
def inside(room: Room) -> Iterator[None]:
    with room.inside():
        yield
        db.session.rollback()


def does(room: Room, seat: int, *slugs: str) -> None:
    for slug in slugs:
        doing.do(room.record(seat), service.named(room.workshop_id, slug))


def done(seat: int) -> set[str]:
    return {item.exercise.slug for item in standing.of_seat(tenancy.bound(), seat).done}


@pytest.mark.parametrize("slug", SLUGS)
def test_each_exercise_can_be_done_for_somebody(room: Room, slug: str) -> None:
    jean = worlds.digest(room.world(), [2])
    does(room, 1, slug)
    assert slug in done(1)
    assert done(2) == set()
    assert worlds.digest(room.world(), [2]) == jean


def test_all_of_them_one_after_the_other(room: Room) -> None:
    does(room, 1, *SLUGS)
    assert done(1) == set(SLUGS)


def test_what_is_done_is_not_done_twice(room: Room) -> None:
    does(room, 1, "ajouter-un-document", "ajouter-un-document")
    mine = sa.select(sa.func.count(Document.id)).where(Document.seat == 1, Document.title == "Mon papier de santé")
    assert db.session.scalar(mine) == 1


def test_somebody_without_papers_of_their_own_has_one_to_delete(room: Room) -> None:
    record = room.record(1)
    mine = sa.select(Document).where(Document.record_id == record.id, Document.author_id == record.owner_id)
    for paper in db.session.scalars(mine).all():
        db.session.delete(paper)
    db.session.flush()
    does(room, 1, "supprimer-un-document")
    assert "supprimer-un-document" in done(1)


def test_what_only_the_person_can_do_is_said(room: Room) -> None:
    alone = Exercise(slug="seul", title="Se connecter", instruction="", why="", hints=[], question="space_activated")
    with pytest.raises(Refused, match="il faut le faire soi-même"):
        doing.do(room.record(1), alone)


def test_what_is_no_longer_there_is_said_with_its_cure(room: Room) -> None:
    record = room.record(1)
    gone = db.session.scalars(sa.select(Document).where(Document.record_id == record.id, Document.slug == "bilan-lipidique")).one()
    db.session.delete(gone)
    db.session.flush()
    with pytest.raises(Refused, match="remettez d’abord cette place à zéro"):
        does(room, 1, "lire-un-document")
    assert documents.of_record(record)
