"""The trainer stops the room: pages wait, forms sent meanwhile are done, professionals go on, and all is as it was after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from sandbox import clock
from sandbox.classroom import pausing
from sandbox.db import db
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.classroom.helping import say, shown, silent
from tests.room import Room

__all__ = ["silent"]
WAITS = "On regarde l’écran"


@pytest.fixture(autouse=True)
def _goes_on(room: Room) -> Iterator[None]:
    yield
    stops(room, goes_on=True)


def stops(room: Room, words: str = "", *, goes_on: bool = False) -> None:
    with room.inside():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        pausing.resume(workshop) if goes_on else pausing.pause(workshop, words)


def test_a_page_asked_for_during_a_pause_waits_and_comes_back_at_the_same_address(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/")
    assert samira.go(f"/console/{room.code}").submit("Regardez l’écran").sees("Toutes les places voient")
    marie.go("/documents/?tri=nom")
    assert marie.heading == WAITS
    assert marie.sees("Rien n’est perdu.")
    assert marie.click("Reprendre").heading == WAITS
    samira.submit("Reprendre l’atelier")
    assert samira.sees("Chacun retrouve sa page")
    assert marie.click("Reprendre").heading == "Documents"
    assert marie.path == "/documents/?tri=nom"


def test_a_sentence_goes_with_it(room: Room, marie: Browser, samira: Browser) -> None:
    samira.go(f"/console/{room.code}").click("Avec une phrase").submit("Regardez l’écran", words="Voici où sont les ordonnances.")
    assert samira.sees("Avec : « Voici où sont les ordonnances. »")
    assert marie.go("/").sees("Voici où sont les ordonnances.")


def test_a_sentence_too_long_or_real_is_refused_and_nobody_is_stopped(room: Room, marie: Browser, samira: Browser) -> None:
    for words in ("x" * 201, "Appelez le 06 12 34 56 78"):
        assert samira.go(f"/console/{room.code}/pause").submit("Regardez l’écran", words=words).status == 422
    assert marie.go("/documents/").heading == "Documents"


def test_a_form_sent_during_a_pause_is_done(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux")
    stops(room)
    words = "Je prends bien mon traitement."
    marie.submit("Envoyer", text=words)
    assert marie.heading == WAITS
    stops(room, goes_on=True)
    assert marie.click("Reprendre").sees(words)


def test_a_refused_form_keeps_what_was_typed(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux")
    stops(room)
    assert marie.submit("Envoyer", text=" ").status == 422
    assert marie.page.select_one("div[data-behaviour=veil] .veil-words") is not None


def test_professionals_and_trainers_are_not_stopped(room: Room, lemoine: Browser, samira: Browser) -> None:
    stops(room)
    assert lemoine.go("/pro/").heading != WAITS
    assert samira.go(f"/console/{room.code}").heading != WAITS


def test_the_phone_and_the_door_wait_too(room: Room, marie: Browser) -> None:
    stranger = Browser(room.app, "place 2")
    stranger.go(f"/carte/{room.card(2).token}")
    stops(room)
    assert marie.go("/telephone/").heading == WAITS
    assert stranger.go(f"/carte/{room.card(2).token}").heading == WAITS


def test_it_ends_by_itself_after_half_an_hour(room: Room, marie: Browser, samira: Browser) -> None:
    with time_machine.travel(clock.real_now(), tick=False) as traveller:
        stops(room)
        traveller.shift(timedelta(minutes=29, seconds=59))
        assert marie.go("/documents/").heading == WAITS
        traveller.shift(timedelta(seconds=2))
        assert marie.go("/documents/").heading == "Documents"
        assert not samira.go(f"/console/{room.code}").sees("Toutes les places voient")


def test_two_trainers_stop_and_start_the_same_room(room: Room, marie: Browser, samira: Browser) -> None:
    colleague = room.trainer()
    colleague.go(f"/console/{room.code}")
    samira.go(f"/console/{room.code}").submit("Regardez l’écran")
    colleague.submit("Regardez l’écran")
    assert colleague.sees("Toutes les places voient")
    colleague.submit("Reprendre l’atelier")
    samira.submit("Reprendre l’atelier")
    assert marie.go("/documents/").heading == "Documents"


def test_a_reset_of_the_room_leaves_it_paused(room: Room, marie: Browser, samira: Browser) -> None:
    stops(room)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert marie.go("/documents/").heading == WAITS


def test_the_live_part_says_nothing_while_the_room_goes_on(room: Room, marie: Browser) -> None:
    assert marie.client.get("/pause/").get_data(as_text=True).strip() == ""
    stops(room)
    assert "Regardez" in marie.client.get("/pause/").get_data(as_text=True)
    assert room.app.test_client().get("/pause/").headers["Location"] == "/rejoindre"


@pytest.mark.usefixtures("silent")
def test_what_is_said_during_a_pause_is_read_after_it(room: Room, marie: Browser) -> None:
    stops(room)
    say(room, "Bravo")
    marie.go("/")
    stops(room, goes_on=True)
    assert "Bravo" in shown(marie.go("/"))


def test_a_pause_costs_a_page_no_question(room: Room, marie: Browser) -> None:
    """What says that a room is paused comes with what every request asks anyway."""
    marie.go("/documents/")
    assert marie.page.select_one('[data-behaviour="veil"]') is not None
    assert marie.page.select_one("dialog.veil") is not None
