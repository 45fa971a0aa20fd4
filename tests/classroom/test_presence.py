"""Who is on which page, and who may be stuck: noted after the page has left, told calmly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from sandbox import clock
from sandbox.classroom import presence
from sandbox.classroom.presence import Presence, Seen
from sandbox.db import db
from tests.browser import Browser
from tests.room import Room

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=clock.PARIS)


@pytest.fixture(autouse=True)
def _empty(room: Room) -> None:
    with room.inside():
        db.session.execute(sa.delete(Presence))


@pytest.fixture
def clockwork() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(TEN, tick=False) as traveller:
        yield traveller


def looks(person: Browser, path: str) -> None:
    """As a browser does: the page is read to its end, and closed."""
    with person.client.get(path, headers={"Accept": "text/html"}, buffered=True) as answer:
        assert answer.status_code == 200


def row(room: Room, seat: int = 1) -> Presence:
    with room.inside():
        found = presence.of_workshop(room.workshop_id, room.world().id)[seat]
        db.session.expunge(found)
        return found


def goes(room: Room, *pages: str, refused: bool = False) -> Presence:
    with room.inside():
        for page in pages:
            presence.note(Seen(room.workshop_id, room.world().id, 1, page, page.strip("/").title(), refused))
    return row(room)


def told(room: Room) -> str:
    return presence.stuck(row(room), clock.real_now())


def test_each_page_says_where_the_person_is_and_nothing_else_does(room: Room, marie: Browser, lemoine: Browser) -> None:
    looks(marie, "/documents/")
    assert (row(room).label, row(room).page) == ("Documents", "/documents/")
    since = row(room).since
    looks(marie, "/exercises/liste")  # a live part is no page
    with marie.client.get("/documents/rien", buffered=True):
        pass
    looks(lemoine, "/pro/")
    assert row(room).page == "/documents/"
    looks(marie, "/documents/")
    assert row(room).since == since


def test_five_minutes_on_a_page_may_be_stuck(room: Room, clockwork: time_machine.Coordinates) -> None:
    goes(room, "/documents/")
    clockwork.shift(timedelta(minutes=4, seconds=59))
    assert told(room) == ""
    clockwork.shift(timedelta(minutes=3))
    assert told(room) == "même page depuis 7 min"
    goes(room, "/messages/")
    assert told(room) == ""


def test_whoever_has_gone_is_not_stuck(room: Room, clockwork: time_machine.Coordinates) -> None:
    goes(room, "/documents/")
    clockwork.shift(timedelta(minutes=31))
    assert told(room) == ""


def test_the_same_refusal_three_times_may_be_stuck(room: Room) -> None:
    assert goes(room, "/documents/ajouter", "/documents/ajouter", refused=True).errors == 2
    assert told(room) == ""
    goes(room, "/documents/ajouter", refused=True)
    assert told(room) == "le même refus 3 fois"
    goes(room, "/documents/")
    assert told(room) == ""


def test_back_and_forth_may_be_stuck(room: Room) -> None:
    goes(room, "/documents/", "/messages/", "/documents/", "/messages/", "/documents/")
    assert told(room) == ""
    goes(room, "/messages/")
    assert told(room) == "va-et-vient entre deux pages"
    goes(room, "/agenda/")
    assert told(room) == ""


def test_whoever_signs_out_has_left(room: Room, marie: Browser) -> None:
    looks(marie, "/documents/")
    marie.go("/documents/").submit("Se déconnecter")
    assert row(room).left_at is not None
    assert told(room) == ""
    looks(room.learner(1), "/messages/")
    assert row(room).left_at is None


def test_after_a_reset_of_the_room_nobody_is_there_yet(room: Room, marie: Browser, samira: Browser) -> None:
    looks(marie, "/documents/")
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    with room.inside():
        assert presence.of_workshop(room.workshop_id, room.world().id) == {}
    looks(marie, "/documents/")
    assert row(room).page == "/documents/"


def test_a_very_long_address_is_cut(room: Room) -> None:
    assert len(goes(room, "/documents/" + "x" * 999).page) == 200


def test_the_heading_is_read_in_plain_words() -> None:
    assert presence.heading("<main><h1 class='a'>L’été &amp;\n <b>nous</b></h1>".encode()) == "L’été & nous"
    assert presence.heading(b"<p>rien</p>") == ""


def test_a_page_that_cannot_be_noted_is_shown_all_the_same(room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "note", lambda seen: 1 / 0)
    looks(marie, "/documents/")
    with room.inside():
        assert presence.of_workshop(room.workshop_id, room.world().id) == {}
