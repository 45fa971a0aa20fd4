"""The live board: four words, who is where, one screen for all, nobody named on the wall."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import acts, tenancy
from sandbox.classroom import hands, presence
from sandbox.classroom.hands import Hand
from sandbox.classroom.presence import Presence, Seen
from sandbox.console import boards
from sandbox.db import db
from sandbox.exercises import attempts, service
from sandbox.workshops.models import Workshop
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.console.test_room import cell, exercises
from tests.room import Room, open_room

HISTORY = "voir-qui-a-consulte"


@pytest.fixture(autouse=True)
def _empty(room: Room) -> None:
    with room.inside():
        for kind in (Presence, Hand):
            db.session.execute(sa.delete(kind))


def opens(room: Room, seat: int, slug: str = HISTORY) -> None:
    with room.inside():
        attempts.begin(tenancy.bound(), seat, service.named(room.workshop_id, slug))


def does(room: Room, seat: int) -> None:
    with room.inside():
        record = room.record(seat)
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


def at_page(room: Room, seat: int, *pages: str, refused: bool = False) -> None:
    with room.inside():
        for page in pages:
            presence.note(Seen(room.workshop_id, room.world().id, seat, page, page.strip("/").title(), refused))


def number_of(samira: Browser, words: str) -> int:
    return next(n for n, title in enumerate(exercises(samira)) if words in title)


def test_to_do_begun_done(room: Room, samira: Browser) -> None:
    at = number_of(samira.go(f"/console/{room.code}"), "qui a regardé")
    assert cell(samira, 1, at) == "À faire"
    opens(room, 1)
    assert cell(samira.go(f"/console/{room.code}"), 1, at) == "Commencé"
    does(room, 1)
    assert cell(samira.go(f"/console/{room.code}"), 1, at) == "Fait"
    assert cell(samira, 2, at) == "À faire"


def test_the_board_says_on_which_page_each_one_is_and_who_may_be_stuck(room: Room, samira: Browser) -> None:
    at_page(room, 2, "/documents/")
    at_page(room, 3, *["/documents/ajouter"] * 3, refused=True)
    page = samira.go(f"/console/{room.code}")
    assert "page ouverte : Documents" in text_of(page.page.select("table.board tbody tr")[1].th)
    assert page.sees("Peut-être bloqués")
    assert page.sees("le même refus 3 fois, sur « Documents/Ajouter »")
    at_page(room, 3, "/")
    assert not samira.go(f"/console/{room.code}").sees("Peut-être bloqués")


@pytest.mark.practises("T07")
def test_samira_watches_the_room_live(people: Cast, room: Room) -> None:
    """To do, begun, needs help, done, and the page each one is on: all by itself."""
    samira, marie = people.trainer().go(f"/console/{room.code}"), people.learner(1)
    rows = samira.page.locator("table.board tbody tr")
    marie.go("/exercises/").click("Voir qui a regardé votre dossier")
    rows.first.locator(".mark.doing").wait_for()
    rows.first.locator(".board-where").get_by_text("Voir qui a regardé").wait_for(timeout=15_000)
    with room.inside():
        hands.raise_hand(tenancy.bound(), 1, HISTORY)
    rows.first.locator(".mark.stuck").wait_for()
    marie.go("/historique/")
    rows.first.locator(".mark.done").wait_for()
    assert rows.nth(1).locator(".mark.done, .mark.doing, .mark.stuck").count() == 0
    samira.look()


def test_nobody_is_ranked(room: Room) -> None:
    for seat in (4, 2):
        at_page(room, seat, *["/documents/ajouter"] * 3, refused=True)
    does(room, 4)
    with room.app.app_context():
        seen = boards.board(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
    assert [seat.number for seat in seen.seats] == [1, 2, 3, 4]
    assert [seat.number for seat in seen.stuck] == [2, 4]


def test_the_wall_names_nobody_and_the_whole_room_is_on_one_screen(room: Room, samira: Browser) -> None:
    opens(room, 1)
    wall = samira.go(f"/console/{room.code}/projection").click("Où en est la salle")
    names = [room.card(seat).name for seat in range(1, 5)]
    assert not [name for name in names if wall.sees(name)]
    assert text_of(wall.page.select("table.whole-board tbody tr")[0]).count("Commencé") == 1
    samira.go(f"/console/{room.code}").click("Toute la salle sur un écran")
    assert all(samira.sees(name.split()[0]) for name in names)
    for who in ("noms", "numeros"):
        assert samira.client.get(f"/console/{room.code}/tableau/{who}").headers["ETag"]


@pytest.mark.parametrize("part", ["tableau", "tableau/noms", "tableau/numeros"])
def test_the_board_is_not_made_again_until_something_changes(
    room: Room, samira: Browser, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"/console/{room.code}/{part}"
    tag = samira.client.get(url).headers["ETag"]
    with monkeypatch.context() as patched:
        patched.setattr(boards, "board", lambda workshop: 1 / 0)
        assert samira.client.get(url, headers={"If-None-Match": tag}).status_code == 304
    for change in (lambda: does(room, 1), lambda: at_page(room, 1, "/agenda/"), lambda: opens(room, 2)):
        change()
        answer = samira.client.get(url, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        tag = answer.headers["ETag"]


def test_the_trainer_sees_what_is_done_within_half_a_second(people: Cast, room: Room) -> None:
    samira, marie = people.trainer(), people.learner(1)
    samira.go(f"/console/{room.code}").listens()
    begun = samira.page.evaluate("performance.now()")
    does(room, 1)
    samira.page.locator("table.board tbody tr").first.locator(".mark.done").wait_for()
    assert samira.page.evaluate("performance.now()") - begun < 2000  # half a second on a machine that does nothing else
    marie.go("/agenda/")
    samira.page.locator("table.board .board-where").first.get_by_text("Agenda").wait_for(timeout=15_000)


@pytest.mark.parametrize("seats", [8, 20, 60])
def test_the_whole_room_holds_on_one_screen_as_large_as_it_can(people: Cast, room: Room, seats: int) -> None:
    larger = open_room(room.app, seats=seats, seed=f"mur de {seats}")
    samira = people.trainer()
    for page in ("projection/tableau", "grand-tableau"):
        samira.go(f"/console/{larger.code}/{page}")
        last = samira.page.locator(".whole-board tbody tr").last.bounding_box()
        assert last["y"] + last["height"] < 900
        assert last["x"] + last["width"] < 1280
        assert last["height"] >= {8: 40, 20: 32, 60: 19}[seats]
    samira.page.set_viewport_size({"width": 1920, "height": 1080})
    assert samira.page.locator(".whole-board tbody tr").last.bounding_box()["height"] > last["height"]
