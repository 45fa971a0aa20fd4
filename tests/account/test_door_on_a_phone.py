"""The door on a telephone, in a real browser: the pictures by thumb and by keyboard, the countdown to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sandbox.workshops.printed import pictures
from tests.account.at_the_door import allow_quick_entry, later, settings
from tests.cast import Cast
from tests.chromium import Person
from tests.room import Room

pytestmark = pytest.mark.browser
THUMB = 88  # pixels


def at_the_pictures(people: Cast, room: Room) -> Person:
    allow_quick_entry(room)
    person = people.stranger("Marie", phone=True)
    person.page.clock.install()
    person.go(f"/atelier/{room.code}").click("Entrer avec mon numéro de place")
    return person.write("Numéro de place", "1").press("Continuer")


def press(person: Person, words: list[str]) -> None:
    for at, label in enumerate(words):
        person.page.get_by_role("button", name=label).click()
        expect(person.page.locator(".picture-row .picture")).to_have_count((at + 1) % 3)


def test_the_pictures_fit_a_thumb_and_the_keyboard_signs_in(people: Cast, room: Room) -> None:
    marie = at_the_pictures(people, room)
    for box in [key.bounding_box() for key in marie.page.locator(".picture-keys button").all()]:
        assert min(box["width"], box["height"]) >= THUMB
    for picture in pictures(room.card(1).token):
        marie.page.get_by_role("button", name=picture.label).focus()
        with marie.page.expect_navigation():
            marie.page.keyboard.press("Enter")
    marie.sees(room.card(1).name).look()


def test_the_countdown_holds_the_pictures_then_gives_them_back(people: Cast, room: Room) -> None:
    marie = at_the_pictures(people, room)
    three = [picture.label for picture in pictures(room.card(1).token)]
    for _ in range(5):
        press(marie, three[::-1])
    marie.sees("Trop d’essais").look()
    key = marie.page.get_by_role("button", name=three[0])
    expect(key).to_have_attribute("aria-disabled", "true")
    marie.page.clock.run_for(61_000)
    marie.sees("vous pouvez réessayer").look()
    expect(key).not_to_have_attribute("aria-disabled", "true")
    later(room, timedelta(seconds=61))
    for label in three:
        with marie.page.expect_navigation():
            marie.page.get_by_role("button", name=label).click()
    marie.sees(room.card(1).name)


def test_the_back_button_of_a_shared_computer_shows_nothing(people: Cast, room: Room) -> None:
    marie = people.learner(1)
    marie.go("/documents/").press("Se déconnecter").sees("Rien de vous ne reste")
    marie.page.go_back()
    expect(marie.page.locator("h1")).to_have_text("Se connecter")
    expect(marie.page.locator("body")).not_to_contain_text(room.card(1).name)


def test_the_door_opens_by_itself(people: Cast, room: Room) -> None:
    settings(room, open_until=None)
    marie = people.stranger("Marie", phone=True)
    marie.page.clock.install()
    marie.go(f"/atelier/{room.code}").sees("avance toute seule")
    room.renew()
    marie.page.clock.run_for(11_000)
    expect(marie.page.locator("h1")).to_have_text("Se connecter")
