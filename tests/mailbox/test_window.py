"""The phone beside the page, in real windows: a drawer under the thumb, a dock on a wide screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from sandbox.mailbox.models import Channel
from tests.cast import Cast
from tests.chromium import Person
from tests.mailbox.phone import lured, sent
from tests.room import Room

pytestmark = pytest.mark.browser
ABOVE = """() => {
  const [field, drawer] = ['[autocomplete="one-time-code"]', ".phone-dock"].map((what) => document.querySelector(what).getBoundingClientRect());
  return document.documentElement.dataset.phone === "open" && field.bottom <= drawer.top;
}"""
CODE = "Votre code de connexion est 123456. Il sert une seule fois."


def handle(person: Person) -> Locator:
    return person.page.locator(".phone-handle button")


def focused(person: Person) -> str:
    return str(person.page.evaluate("document.activeElement.closest('.phone-dock') ? 'phone' : document.activeElement.tagName"))


def test_on_a_small_screen_it_is_a_drawer_under_the_thumb(people: Cast, room: Room) -> None:
    marie = people.learner(1, phone=True).go("/documents/")
    expect(handle(marie)).to_be_in_viewport()
    expect(handle(marie)).to_have_attribute("aria-expanded", "false")
    search = marie.page.get_by_label("Chercher dans vos documents")
    search.focus()
    expect(handle(marie)).to_be_hidden()
    sent(room, Channel.SMS, CODE)
    expect(marie.page.locator(".phone-count")).to_contain_text("1")
    assert focused(marie) == "INPUT"
    search.blur()
    handle(marie).click()
    expect(marie.page.locator(".phone-screen")).to_contain_text("123 456")
    assert focused(marie) == "phone"
    marie.look().page.keyboard.press("Escape")
    expect(marie.page.locator(".phone-screen")).to_have_count(0)
    expect(handle(marie)).to_be_focused()
    expect(marie.page.locator(".phone-count")).to_have_text("")


def test_the_drawer_lies_open_where_a_code_is_awaited_and_covers_no_field(people: Cast, room: Room) -> None:
    marie = people._seated("Marie", phone=True)
    marie.go(f"/carte/{room.card(1).token}").page.locator("main").get_by_role("button", name="Se connecter").click()
    expect(marie.page.locator(".phone-dock .code-figure").first).to_be_in_viewport()
    marie.page.get_by_label("Code à 6 chiffres").focus()
    marie.page.wait_for_function(ABOVE)  # once the drawer is open and the field brought above it; refused after a few seconds
    marie.look()


def test_on_a_wide_screen_it_lies_on_the_right_and_stays_as_it_was_left(people: Cast, room: Room) -> None:
    marie = people.learner(1).go("/documents/")
    expect(marie.page.locator(".phone-screen")).to_have_count(0)
    handle(marie).click()
    expect(marie.page.locator(".phone-screen")).to_be_visible()
    main, dock = marie.page.locator("main").bounding_box(), marie.page.locator(".phone-dock").bounding_box()
    assert main
    assert dock
    assert main["x"] + main["width"] <= dock["x"]
    marie.go("/agenda/")
    expect(marie.page.locator(".phone-screen")).to_be_visible()
    handle(marie).click()
    marie.go("/documents/")
    expect(handle(marie)).to_have_attribute("aria-expanded", "false")
    expect(marie.page.locator(".phone-screen")).to_have_count(0)


def test_a_false_message_is_reported_without_leaving_the_page(people: Cast, room: Room) -> None:
    marie = people.learner(1).go("/documents/")
    handle(marie).click()
    expect(marie.page.locator(".phone-screen")).to_be_visible()
    lured(room)
    marie.page.locator(".phone-message").filter(has_text="carte Vitale").get_by_role("link").click()
    expect(marie.page.locator(".phone-screen h2")).to_be_focused()
    marie.page.get_by_role("button", name="Signaler ce message").click()
    expect(marie.page.locator(".phone-verdict")).to_contain_text("Bravo, c’était un faux message.")
    assert marie.page.url.endswith("/documents/")
    marie.look()


def test_a_tablet_shows_the_message_as_it_comes(people: Cast, room: Room) -> None:
    marie, tablet = people.learner(1), people._seated("tablette", phone=True)
    marie.go("/telephone/autre-appareil").page.locator("details summary").click()
    address = marie.page.locator("details .phone-address").inner_text()
    tablet.go("/telephone/prendre/" + address.rsplit("/", 1)[-1])
    sent(room, Channel.SMS, "Votre code de connexion est 654321. Il sert une seule fois.")
    tablet.sees("654 321").look()
