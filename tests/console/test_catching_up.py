"""« Rattraper »: whoever comes late is brought to where the room is; undone, the seat is as it was."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import tenancy
from sandbox.account import life
from sandbox.db import db
from sandbox.exercises import doing, report, standing
from sandbox.exercises.models import Attempt
from sandbox.workshops import worlds
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.room import Room


def catches_up(samira: Browser, room: Room, upto: int, *seats: int) -> Browser:
    page = samira.go(f"/console/{room.code}/remise-a-zero").click("Mettre sa place là où en est la salle")
    return page.submit("Rattraper", who="some", seats=[str(seat) for seat in seats], upto=str(upto))


def done(room: Room, seat: int) -> list[int]:
    with room.inside():
        return [item.number for item in standing.of_seat(tenancy.bound(), seat).done]


def digest(room: Room, seat: int) -> str:
    with room.app.app_context():
        found = worlds.digest(room.world(), [seat])
        db.session.remove()
        return found


def test_a_latecomer_is_brought_to_the_seventh_exercise_and_back(room: Room, samira: Browser) -> None:
    before, other = digest(room, 3), digest(room, 2)
    assert catches_up(samira, room, 7, 3).sees("La place 3 est rattrapée jusqu’à l’exercice 7")
    assert done(room, 3) == [1, 2, 3, 4, 5, 6, 7]
    assert done(room, 2) == []
    assert digest(room, 2) == other
    assert samira.submit("Annuler ce rattrapage").sees("Le rattrapage est annulé")
    assert digest(room, 3) == before
    assert done(room, 3) == []


def test_all_of_the_exercises_for_several_seats(room: Room, samira: Browser) -> None:
    catches_up(samira, room, 14, 1, 4)
    assert len(done(room, 1)) == len(done(room, 4)) == 14


def test_what_the_person_had_done_stays_theirs(room: Room, samira: Browser, marie: Browser) -> None:
    marie.go("/historique/")
    marie.go("/exercises/masquer-un-document")
    catches_up(samira, room, 6, 1)
    with room.inside():
        mine = sa.select(Attempt).where(Attempt.world_id == room.world().id, Attempt.seat == 1)
        goes = {one.exercise: one for one in db.session.scalars(mine)}
    assert goes["voir-qui-a-consulte"].done_at is not None
    assert goes["masquer-un-document"].done_at is None  # it was done for them
    assert set(goes) == {"voir-qui-a-consulte", "masquer-un-document"}


def test_the_report_does_not_count_what_was_done_for_them(room: Room, samira: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Attempt).where(Attempt.workshop_id == room.workshop_id))
    catches_up(samira, room, 3, 2)
    with room.inside():
        assert report.of_workshop(room.workshop_id).done == 0


def test_a_seat_whose_space_is_shut_is_refused_and_nobody_moves(room: Room, samira: Browser) -> None:
    with room.inside():
        life.put(room.record(2), Start.OPPOSED)
    before = digest(room, 1)
    assert catches_up(samira, room, 3, 1, 2).sees("La place 2 n’a pas d’espace ouvert")
    assert digest(room, 1) == before


def test_what_cannot_be_done_is_refused_naming_the_seat_and_nothing_is_half_done(
    room: Room, samira: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(room, 1)
    monkeypatch.delitem(doing.DO, "document_masked")
    assert catches_up(samira, room, 5, 1).sees("Place 1 : L’exercice « Masquer un document » ne peut pas être rattrapé")
    assert digest(room, 1) == before


@pytest.mark.parametrize(("upto", "seats"), [("0", ["1"]), ("99", ["1"]), ("x", ["1"]), ("3", []), ("3", ["77"])])
def test_odd_values_are_refused_with_their_cure(room: Room, samira: Browser, upto: str, seats: list[str]) -> None:
    samira.go(f"/console/{room.code}/rattraper")
    assert samira.submit("Rattraper", who="some", seats=seats, upto=upto).status == 422
