"""A shared computer goes from one person to the next in one tap: a real browser is searched for what the former one left."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from sandbox.db import db
from sandbox.messaging.models import Draft
from sandbox.workshops.printed import pictures
from tests.account.at_the_door import allow_quick_entry
from tests.cast import Cast
from tests.chromium import Person
from tests.room import Room

WORDS = "Bonjour docteur, ma tension monte le soir."
LEFT = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  bases: await indexedDB.databases(), workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
  caches: self.caches ? await caches.keys() : [], state: history.state, name: window.name, cookie: document.cookie,
})"""
EMPTY = {"local": [], "session": [], "bases": [], "workers": 0, "caches": [], "state": None, "name": "", "cookie": ""}


def named(room: Room, seat: int) -> list[str]:
    """What would tell who sat there."""
    with room.inside():
        record = room.record(seat)
        told = [record.name, record.nir, record.email, record.owner.identifier, record.owner.ref, record.ref]
    card = room.card(seat)
    return [words for words in [*told, card.password, card.token] if words]


def enters(person: Person, room: Room, seat: int) -> Person:
    """The easy way: the number of the seat, then the three pictures of its card."""
    person.write("place", str(seat)).press("Continuer")
    for one in pictures(room.card(seat).token):
        person.press(one.label)
    return person


def fields(person: Person) -> list[str]:
    """What stands in the fields of the page."""
    typed: Any = person.page.eval_on_selector_all(
        "input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea", "all => all.map(field => field.value)"
    )
    return [value for value in typed if value]


@pytest.mark.browser
@pytest.mark.practises("T20")
def test_marie_hands_the_computer_over_and_jean_finds_nothing_of_hers(people: Cast, room: Room) -> None:
    allow_quick_entry(room)
    hers = named(room, 1)
    shared = people.stranger("Marie").go(f"/carte/{room.card(1).token}").press("Entrer").go("/documents/")
    shared.page.locator("ul.rows .row-title a").first.click()
    shared.page.wait_for_load_state()
    title = shared.page.locator("h1").inner_text()
    shared.go(f"/pro/carte/{room.card(0, 'dr-lemoine').token}").press("Entrer").go("/messages/")
    shared.page.evaluate("sessionStorage.setItem('telephone', 'open')")  # as the phone beside the page does
    shared.click("Suivi de votre tension")
    shared.page.locator("textarea").first.fill(WORDS)
    shared.press("Personne suivante")  # at once: nothing of what was typed is lost, and nothing of it stays
    expect(shared.page.locator("h1")).to_have_text("Entrer avec ma place")
    assert shared.page.evaluate(LEFT) == EMPTY
    assert [cookie["name"] for cookie in shared.context.cookies()] == ["sandbox_learner"]
    _goes_back_and_finds_nothing(shared, [*hers, title, WORDS])
    shared.go(f"/atelier/{room.code}/place")
    enters(shared, room, 2)
    assert shared.page.url.rstrip("/") == people.address
    shared.sees(room.card(2).name)
    assert shared.page.evaluate(LEFT) == EMPTY
    _goes_back_and_finds_nothing(shared, [*hers, title, WORDS])
    assert shared.go("/pro/").page.locator("h1").inner_text() == "Entrer dans l’espace du professionnel"
    with room.inside():
        kept = db.session.scalars(sa.select(Draft)).all()
        assert [(draft.seat, draft.body) for draft in kept] == [(1, WORDS)]


def _goes_back_and_finds_nothing(person: Person, hers: list[str]) -> None:
    """Behind the arrow, page after page to the first: neither her name nor her words, and no field is filled."""
    for _ in range(person.page.evaluate("history.length") - 1):
        person.page.go_back()
        person.page.wait_for_load_state()
        seen = person.page.content() + person.page.url.rpartition("/")[2]
        assert not [words for words in hers if words in seen], person.page.url
        assert not set(fields(person)) & set(hers), person.page.url
