"""Messages in a real browser: kept while typing, told at once, never under the person's fingers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.cast import Cast
from tests.chromium import Person
from tests.messaging.letters import opened, written
from tests.room import Room

pytestmark = pytest.mark.browser


def area(person: Person) -> Locator:
    return person.page.locator("#ecrire textarea")


def counter(person: Person) -> Locator:
    return person.page.locator(".sections a", has_text="Messages").locator(".counter [aria-hidden]")


@pytest.mark.practises("F01")
def test_marie_reads_her_own_secure_address_and_copies_it(room: Room, people: Cast) -> None:
    marie = people.learner(1)
    marie.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with room.inside():
        mine, number = room.record(1).secure_address, room.record(1).nir
    assert mine.startswith(f"{number}@patient.")
    assert mine.endswith(".invalid")
    marie.go("/messages/").sees(mine).press("Copier l’adresse")
    expect(marie.page.get_by_role("button", name="Copié")).to_be_visible()
    assert marie.page.evaluate("navigator.clipboard.readText()") == mine


def test_what_is_typed_is_kept_at_a_pause_and_the_counter_moves_by_itself(room: Room, people: Cast) -> None:
    ref = opened(room)
    marie = people.learner(1).go(f"/messages/{ref}")
    expect(counter(marie)).to_have_text("1")
    area(marie).press_sequentially("Mon genou va mieux")
    marie.sees("Brouillon enregistré à")
    written(room, ref, "Une précision.")
    expect(marie.page.locator(".message").last).to_contain_text("Une précision.")
    expect(counter(marie)).to_have_text("2")
    expect(area(marie)).to_be_focused()
    area(marie).press_sequentially(", merci")
    with marie.page.expect_response("**/brouillon"):
        area(marie).blur()
    marie.go("/messages/brouillons").sees("Mon genou va mieux, merci")


def test_the_place_to_answer_goes_and_comes_back_and_what_was_typed_stays(room: Room, people: Cast) -> None:
    ref = opened(room)
    marie = people.learner(1).go(f"/messages/{ref}")
    area(marie).press_sequentially("Encore une question")
    written(room, ref, "Je termine.", closing=True)
    expect(marie.page.locator(".message").last).to_contain_text("Je termine.")
    expect(area(marie)).to_be_focused()
    area(marie).blur()
    marie.sees("a mis fin à cet échange").sees("Encore une question")
    expect(area(marie)).to_have_count(0)
    marie.look()
    written(room, ref, "Je rouvre.", receipt=True)
    expect(area(marie)).to_have_value("Encore une question")
    marie.press("J’ai bien reçu ce message").sees("Vous avez accusé réception")


def test_the_page_is_not_asked_again_before_what_was_typed_is_kept(room: Room, people: Cast) -> None:
    ref = opened(room)
    marie = people.learner(1).go(f"/messages/{ref}")
    slow: list[Route] = []
    marie.page.route("**/brouillon", lambda route: slow.append(route))  # noqa: PLW0108 — playwright looks at the signature
    area(marie).press_sequentially("Encore une question")
    written(room, ref, "Je termine.", closing=True)
    expect(marie.page.locator(".message").last).to_contain_text("Je termine.")
    with marie.page.expect_request("**/brouillon"):
        area(marie).blur()
    opened(room, subject="Autre chose")  # something else comes meanwhile, and shows
    expect(counter(marie)).to_have_text("3")
    expect(area(marie)).to_have_value("Encore une question")
    slow[0].continue_()
    marie.sees("a mis fin à cet échange").sees("Encore une question")
    expect(area(marie)).to_have_count(0)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_every_page_suits_everybody(room: Room, people: Cast, phone: bool) -> None:
    ref = opened(room, copies=("dr-haddad",), receipt=True)
    marie = people.learner(1, phone=phone).go(f"/messages/{ref}")
    marie.press("Joindre un document ou une photo")
    start = marie.page.url
    marie.click("La synthèse de mon profil médical").press("Joindre cette synthèse").sees("sur 10 Mo")
    for end in ("/documents", "/fichier"):
        marie.go(start + end)
    for path in ("/messages/", "/messages/brouillons", "/messages/nouveau"):
        marie.go(path)
    marie.click("Dr Claire Lemoine").sees("Écrire à Dr Claire Lemoine")
