"""The keyboard: where one types first, one Enter to the record, the shortcuts; and a record that closes under one's eyes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from sandbox.privacy import service as privacy
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.pro.people import name_of, patient_path
from tests.room import Room


def shortcuts(who: Browser) -> dict[str, str]:
    return {str(link["data-key"]): str(link["href"]) for link in who.page.select(".keys a")}


def test_the_first_page_has_the_cursor_in_its_search_field(lemoine: Browser) -> None:
    field = lemoine.go("/pro/").page.find(attrs={"autofocus": True})
    assert field is not None
    assert field["name"] == "q"


def test_every_shortcut_needs_alt_is_listed_once_and_leads_somewhere(room: Room, lemoine: Browser) -> None:
    lemoine.go(patient_path(room))
    lines = [text_of(line) for line in lemoine.page.select(".keys li")]
    assert all(line.startswith("Alt + ") for line in lines)
    found = shortcuts(lemoine)
    assert len(found) == len(lines) == 11
    for letter, href in found.items():
        assert lemoine.go(href.split("#")[0]).status == 200, letter
        if "#" in href:
            assert lemoine.page.find(id=href.split("#")[1]), letter


def test_the_shortcuts_of_a_record_are_there_only_when_it_is_open(room: Room, lemoine: Browser) -> None:
    few = set(shortcuts(lemoine.go("/pro/")))
    assert few == set("rtljg")
    assert set(shortcuts(room.professional("dr-perrin").go(patient_path(room)))) == few
    assert set(shortcuts(room.professional("pharm-garnier").go(patient_path(room)))) == few | set("cdvhep")


def listening(page: Page, keys: str) -> str:
    """The same keys, once the page listens: the list of shortcuts shows itself only then."""
    expect(page.locator(".keys")).to_be_visible()
    return keys


@pytest.mark.browser
def test_a_doctor_works_without_a_mouse_and_sees_the_record_close(people: Cast, room: Room) -> None:
    lemoine, path = people.professional("dr-lemoine"), patient_path(room)
    page = lemoine.page
    page.keyboard.type(name_of(room))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    page.keyboard.press(listening(page, "Alt+v"))
    page.wait_for_url("**volet=vaccinations")
    page.keyboard.press(listening(page, "v"))  # a letter alone does nothing
    page.keyboard.press("Alt+r")
    page.wait_for_url(re.compile("/pro/#q$"))
    listening(page, "Alt+r")
    page.locator("h1").click()
    page.keyboard.press("Alt+r")
    expect(page.locator("#q")).to_be_focused()
    lemoine.look().go(path)
    expect(page.locator(".record-body")).to_be_visible()
    with room.inside():
        privacy.block(room.record(1).owner, room.record(1), room.user("dr-lemoine"))
    lemoine.sees("Le patient vient de vous bloquer")
    expect(page.locator(".record-body")).to_be_hidden()
    lemoine.look()
