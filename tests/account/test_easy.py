"""The easy way in: seat number and three pictures; and taking a seat's simulated phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.account import life
from sandbox.workshops.printed import PICTURES, pictures
from sandbox.workshops.starts import Start
from tests.account.at_the_door import allow_quick_entry, at_the_door, known_of, later, press, settings
from tests.browser import Browser, text_of
from tests.room import Room


def at_the_pictures(room: Room, seat: int = 1) -> Browser:
    allow_quick_entry(room)
    return at_the_door(room).click("Entrer avec mon numéro de place").submit("Continuer", seat=str(seat))


def chosen(person: Browser) -> list[str]:
    """The pictures shown as pressed."""
    return [text_of(li) for li in person.page.find(class_="picture-row").find_all("li") if text_of(li)]


@pytest.mark.practises("L10")
def test_jean_signs_in_with_his_seat_and_three_pictures(room: Room) -> None:
    jean = at_the_pictures(room, seat=2)
    assert jean.heading == "Vos trois images"
    assert press(jean, room, seat=2).path == "/"
    assert jean.sees(room.card(2).name)


def test_the_twelve_pictures_have_their_word_and_their_drawing(room: Room) -> None:
    person = at_the_pictures(room)
    keys = person.page.find(class_="picture-keys").find_all("button")
    assert [text_of(key) for key in keys] == [picture.label for picture in PICTURES]
    for key in keys:
        assert person.client.get(key.find("img")["src"]).mimetype == "image/svg+xml"


def test_what_was_pressed_is_shown_and_the_last_can_be_taken_back(room: Room) -> None:
    first, second, third = (picture.label for picture in pictures(room.card(1).token))
    person = at_the_pictures(room).submit(first).submit(third)
    assert chosen(person) == [first, third]
    person.submit("Effacer la dernière image")
    assert chosen(person) == [first]
    assert person.submit(second).submit(third).path == "/"


def test_the_same_picture_pressed_twice_counts_once(room: Room) -> None:
    first = pictures(room.card(1).token)[0]
    person = at_the_pictures(room)
    token = person.page.find("input", attrs={"name": "csrf_token"})["value"]
    for _ in range(2):
        person.client.post(person.path, data={"csrf_token": token, "press": first.slug})
    assert chosen(person.go(person.path)) == [first.label]


def test_the_wrong_order_is_said_kindly_and_one_starts_again(room: Room) -> None:
    person = press(at_the_pictures(room), room, seat=1, wrongly=True)
    assert person.sees("Ce ne sont pas ces trois images, ou pas dans cet ordre")
    assert chosen(person) == []
    assert press(person, room, seat=1).path == "/"


def test_five_wrong_tries_lock_that_seat_alone(room: Room) -> None:
    marie, jean = at_the_pictures(room, 1), at_the_pictures(room, 2)
    for _ in range(5):
        press(marie, room, seat=1, wrongly=True)
    assert marie.page.find(attrs={"data-behaviour": "countdown"})
    press(marie, room, seat=1)
    assert marie.heading == "Vos trois images"
    assert press(jean, room, seat=2).path == "/"
    later(room, timedelta(seconds=61))
    assert press(marie.go(marie.path), room, seat=1).path == "/"


def test_a_seat_that_does_not_exist_or_is_not_a_number_is_explained(room: Room) -> None:
    allow_quick_entry(room)
    person = at_the_door(room).go(f"/atelier/{room.code}/place").submit("Continuer", seat="9")
    assert person.sees("Aucune place n’a ce numéro")
    assert person.submit("Continuer", seat="deux").sees("Écrivez un nombre entier")


def test_it_stops_the_moment_the_trainer_closes_it(room: Room) -> None:
    person = at_the_pictures(room)
    settings(room, quick_entry=False)
    press_one = pictures(room.card(1).token)[0].label
    assert person.submit(press_one).heading == "Se connecter"
    assert person.sees("n’est pas ouverte en ce moment")
    assert person.go(f"/atelier/{room.code}/place").heading == "Se connecter"


def test_the_pictures_without_a_seat_ask_for_it(room: Room) -> None:
    allow_quick_entry(room)
    assert at_the_door(room).go(f"/atelier/{room.code}/images").heading == "Entrer avec ma place"


def test_a_seat_whose_space_is_not_active_is_led_where_one_can_act(room: Room) -> None:
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    assert press(at_the_pictures(room), room, seat=1).path.startswith("/activation")


def test_somebody_takes_the_phone_of_a_seat_without_being_let_in(room: Room) -> None:
    person = at_the_door(room).click("Prendre le téléphone simulé d’une place").submit("Continuer", seat="1")
    press(person, room, seat=1)
    assert {"hand", "easy"} & known_of(person) == {"hand"}
    assert person.go("/documents/").path != "/documents/"


def test_whoever_is_signed_in_holds_their_own_phone(marie: Browser, room: Room) -> None:
    assert marie.go("/prendre-un-telephone").path.startswith("/telephone")
