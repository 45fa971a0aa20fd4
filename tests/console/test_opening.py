"""The only time when seats can enter: from the moment the trainer opens the room to the moment it shuts by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from sandbox import clock, french
from sandbox.db import db
from sandbox.workshops.models import Workshop
from tests.account.at_the_door import settings
from tests.browser import Browser
from tests.room import Room

MORNING = clock.at(clock.real_now().date() + timedelta(days=1), 9, 5)


@pytest.fixture
def shut(room: Room) -> Iterator[Room]:
    """The room, not opened yet, tomorrow at five past nine."""
    settings(room, open_until=None)
    with time_machine.travel(MORNING, tick=False):
        yield room


def test_the_trainer_opens_the_room_for_four_hours_and_it_shuts_by_itself(shut: Room) -> None:
    samira = shut.trainer().go(f"/console/{shut.code}")
    assert samira.sees("La salle est fermée")
    assert samira.sees("Imprimez les cartes")
    samira.submit("Ouvrir la salle")
    assert samira.sees("Salle ouverte jusqu’à 13 h 05")
    assert is_open(shut)
    with time_machine.travel(MORNING + timedelta(hours=3, minutes=59), tick=False):
        assert is_open(shut)
    with time_machine.travel(MORNING + timedelta(hours=4), tick=False):
        assert not is_open(shut)
        assert shut.trainer().go(f"/console/{shut.code}").sees("La salle est fermée")


def is_open(room: Room) -> bool:
    with room.app.app_context():
        found = db.session.get_one(Workshop, room.workshop_id, populate_existing=True).is_open
        db.session.remove()
        return found


def test_it_opens_for_as_long_as_is_chosen_is_prolonged_and_shut(shut: Room) -> None:
    samira = shut.trainer().go(f"/console/{shut.code}").submit("Ouvrir la salle", hours="8")
    assert samira.sees("Salle ouverte jusqu’à 17 h 05")
    assert samira.submit("Prolonger d’une heure").sees("Salle ouverte jusqu’à 18 h 05")
    assert samira.submit("Fermer la salle").sees("Les personnes déjà entrées peuvent finir")
    assert samira.sees("Personne ne peut entrer")
    assert not is_open(shut)


def test_a_length_that_is_not_offered_opens_for_four_hours(shut: Room) -> None:
    samira = shut.trainer().go(f"/console/{shut.code}").submit("Ouvrir la salle", hours="400")
    assert samira.sees("Salle ouverte jusqu’à 13 h 05")


def test_the_wall_and_the_board_say_that_the_room_is_shut(shut: Room) -> None:
    samira, wall = shut.trainer(), f"/console/{shut.code}/projection"
    assert samira.go(wall).sees("La salle est fermée : attendez que le formateur l’ouvre.")
    assert samira.go(f"/console/{shut.code}/tableau").sees("Salle fermée")
    board = samira.response.headers["ETag"]
    samira.go(f"/console/{shut.code}").submit("Ouvrir la salle")
    assert not samira.go(wall).sees("La salle est fermée")
    assert not samira.go(f"/console/{shut.code}/tableau").sees("Salle fermée")
    assert samira.response.headers["ETag"] != board


def test_prolonging_a_room_that_has_just_shut_says_to_open_it(shut: Room) -> None:
    samira = shut.trainer().go(f"/console/{shut.code}").submit("Ouvrir la salle", hours="2")
    with time_machine.travel(MORNING + timedelta(hours=2, minutes=1), tick=False):
        samira.submit("Prolonger d’une heure")
        assert samira.sees("La salle est fermée : ouvrez-la d’abord.")
        assert samira.submit("Ouvrir la salle").sees("Salle ouverte jusqu’à 15 h 06")


def test_a_room_that_is_over_does_not_open(room: Room, samira: Browser) -> None:
    settings(room, open_until=None)
    samira.go(f"/console/{room.code}")
    settings(room, closed_at=clock.real_now())
    assert samira.submit("Ouvrir la salle").sees("plus rien ne peut y changer")


def test_a_person_enters_with_a_card_only_while_the_room_is_open(room: Room, samira: Browser) -> None:
    card = room.card(1)
    known = {"identifier": card.identifier, "password": card.password}
    person = Browser(room.app, "Marie").go(f"/atelier/{room.code}").submit("Se connecter", **known)
    assert person.path.endswith("/code")
    settings(room, open_until=None)
    person = Browser(room.app, "Marie").go(f"/atelier/{room.code}")
    assert person.heading == "La salle est fermée pour le moment"


def test_refusals_of_real_data_are_told_to_the_trainer_once_there_are_some(room: Room, samira: Browser) -> None:
    assert not samira.go(f"/console/{room.code}").sees("vraie donnée")
    settings(room, refusals=1)
    assert samira.go(f"/console/{room.code}").sees("Une fois, quelqu’un a failli écrire une vraie donnée")
    settings(room, refusals=2)
    assert samira.go(f"/console/{room.code}/salle").sees("2 fois, quelqu’un a failli écrire une vraie donnée")
    assert samira.sees("Redites-le à la salle.")


def test_when_a_room_shuts_is_said_as_people_say_it() -> None:
    day = datetime(2026, 3, 3, tzinfo=clock.PARIS).date()
    said = [french.until(clock.at(day + timedelta(days=n), 2, 5), day) for n in (0, 1, 2)]
    assert [" ".join(words.split()) for words in said] == [
        "jusqu’à 2 h 05", "jusqu’à demain 2 h 05", "jusqu’au 5 mars 2026 à 2 h 05",
    ]
