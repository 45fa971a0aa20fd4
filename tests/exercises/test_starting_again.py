"""« Recommencer mon dossier »: alone, knowing what will be lost, and able to change one's mind."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.console.test_catching_up import digest
from tests.room import Room


@pytest.mark.practises("L07")
def test_marie_starts_again_alone_and_changes_her_mind(room: Room, marie: Browser) -> None:
    fresh, other = digest(room, 1), digest(room, 2)
    marie.go("/historique/")
    worked = digest(room, 1)
    page = marie.go("/exercises/").click("Recommencer mon dossier")
    assert page.sees("1 exercice fait")
    assert marie.submit("Recommencer mon dossier").sees("Votre dossier est comme au début")
    assert digest(room, 1) == fresh
    assert digest(room, 2) == other
    assert marie.go("/exercises/").sees("0 sur 14")
    marie.go("/exercises/recommencer").submit("Revenir comme avant")
    assert digest(room, 1) == worked
    assert marie.go("/exercises/").sees("1 sur 14")


def test_nothing_done_is_nothing_lost(marie: Browser) -> None:
    assert marie.go("/exercises/recommencer").sees("rien ne sera perdu")
    assert not marie.sees("Revenir comme avant")


def test_it_is_not_among_what_the_trainer_undoes(room: Room, marie: Browser, samira: Browser) -> None:
    samira.client.get(f"/console/{room.code}")
    marie.go("/exercises/recommencer").submit("Recommencer mon dossier")
    assert not samira.go(f"/console/{room.code}").sees("Annuler cette remise")


def test_once_the_trainer_put_the_seat_back_there_is_nothing_to_take_back(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/historique/")
    marie.go("/exercises/recommencer").submit("Recommencer mon dossier")
    marie.go("/exercises/recommencer")
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1").submit("Remettre la place 1 à zéro")
    before = digest(room, 1)
    marie.submit("Revenir comme avant")
    assert marie.status in {200, 409, 422}
    assert digest(room, 1) == before
    assert not marie.go("/exercises/recommencer").sees("Revenir comme avant")


def test_once_the_room_was_put_back_neither(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/exercises/recommencer").submit("Recommencer mon dossier")
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert not marie.go("/exercises/recommencer").sees("Revenir comme avant")


def test_twice_in_a_row_goes_back_one_press_at_a_time(room: Room, marie: Browser) -> None:
    marie.go("/historique/")
    for _ in range(2):
        marie.go("/exercises/recommencer").submit("Recommencer mon dossier")
    marie.go("/exercises/recommencer").submit("Revenir comme avant")
    assert marie.go("/exercises/").sees("0 sur 14")
