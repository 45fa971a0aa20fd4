"""The bell of an open page, in a real browser."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from sandbox.documents import service as documents
from tests.cast import Cast
from tests.room import Room


@pytest.mark.browser
@pytest.mark.practises("C02")
def test_the_counter_rises_within_half_a_second_without_reloading(room: Room, people: Cast) -> None:
    page = people.learner(1).go("/documents/").listens().page
    page.evaluate("window.neverReloaded = true")
    counter = page.locator(".bell .counter [aria-hidden]")
    before, waited = int(counter.inner_text()), []
    for number in range(1, 4):
        with room.inside():
            documents.deposit_text(
                room.user("labo-horizon"), room.record(1), title=f"Bilan {number}", category="BIOLOGIE", text="Normal."
            )
        since = time.monotonic()
        expect(counter).to_have_text(str(before + number))
        waited.append(time.monotonic() - since)
    assert min(waited) < 0.5, waited
    expect(page.locator("main")).to_contain_text("3 documents viennent d’arriver")
    assert page.evaluate("window.neverReloaded")
    page.locator(".bell").click()
    page.get_by_role("link", name="« Bilan 3 »").click()
    expect(page.locator("h1")).to_have_text("Bilan 3")
    expect(counter).to_have_text(str(before + 2))
