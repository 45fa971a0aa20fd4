"""The room: shut, open, shut again by itself; thirty people at its door at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.account.at_the_door import (
    allow_quick_entry,
    at_the_door,
    code_on_the_phone,
    give_password,
    press,
    settings,
    shut,
)
from tests.browser import Browser
from tests.room import Room, open_room

SHUT, NO_LONGER = "La salle est fermée pour le moment", "La salle n’est plus ouverte"


def test_before_the_trainer_opens_the_room_the_door_says_so_calmly(room: Room) -> None:
    settings(room, open_until=None)
    person = at_the_door(room)
    assert (person.status, person.heading) == (200, SHUT)
    assert person.click("Réessayer").heading == SHUT
    room.renew()
    assert person.click("Réessayer").heading == "Se connecter"


@pytest.mark.parametrize("path", ["/atelier/{}/place", "/atelier/{}/images", "/atelier/{}/telephone", "/prendre-un-telephone",
                                  "/connexion/code", "/connexion/appareil"])
def test_every_page_of_the_door_waits_for_the_opening(room: Room, path: str) -> None:
    allow_quick_entry(room)
    person = at_the_door(room)
    settings(room, open_until=None)
    assert person.go(path.format(room.code)).heading == SHUT


def test_a_card_waits_too(room: Room) -> None:
    settings(room, open_until=None)
    assert Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").heading == SHUT


def test_the_room_shuts_by_itself_and_who_is_inside_stays(room: Room, marie: Browser) -> None:
    jean = give_password(room, seat=2)
    code = code_on_the_phone(jean)
    shut(room)
    assert jean.submit("Valider", code=code).heading == NO_LONGER
    assert marie.go("/documents/").path == "/documents/"
    assert at_the_door(room).heading == NO_LONGER


def test_pictures_pressed_too_late_let_nobody_in(room: Room) -> None:
    allow_quick_entry(room)
    person = at_the_door(room).go(f"/atelier/{room.code}/place").submit("Continuer", seat="1")
    token = person.page.find("input", attrs={"name": "csrf_token"})["value"]
    shut(room)
    person.client.post(person.path, data={"csrf_token": token, "press": "sun"})
    assert person.go("/").heading == NO_LONGER


@pytest.fixture
def full_room(room: Room) -> Room:
    return open_room(room.app, seats=30, seed="salle comble")


def test_thirty_people_sign_in_at_once_and_nobody_locks_anybody(full_room: Room) -> None:
    cards = [full_room.card(seat) for seat in range(1, 31)]

    def come_in(card) -> str:
        person = Browser(full_room.app, card.name).go(f"/atelier/{full_room.code}")
        for _ in range(4):
            person.submit("Se connecter", identifier=card.identifier, password="Non-0000")
        person.submit("Se connecter", identifier=card.identifier, password=card.password)
        return person.submit("Valider", code=code_on_the_phone(person)).path

    with ThreadPoolExecutor(8) as room_of_people:
        assert list(room_of_people.map(come_in, cards)) == ["/"] * 30


def test_one_who_insists_is_locked_out_alone(room: Room) -> None:
    allow_quick_entry(room)
    insists, card = at_the_door(room), room.card(1)
    for _ in range(6):
        insists.submit("Se connecter", identifier=card.identifier, password="Non-0000")
    assert insists.sees("personne d’autre n’est bloqué")
    for seat in (2, 3, 4):
        person = at_the_door(room).go(f"/atelier/{room.code}/place").submit("Continuer", seat=str(seat))
        assert press(person, room, seat=seat).path == "/"
