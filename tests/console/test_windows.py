"""The trainer's pages in a real window."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from sandbox import clock
from sandbox.account import life
from sandbox.db import db, writing
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.cast import Cast
from tests.room import Room

pytestmark = pytest.mark.browser


def shuts_in(room: Room, seconds: int) -> None:
    with room.app.app_context(), writing():
        db.session.get_one(Workshop, room.workshop_id).open_until = clock.real_now() + timedelta(seconds=seconds)
        db.session.commit()
        db.session.remove()


def test_an_open_page_says_by_itself_that_the_room_has_shut(people: Cast, room: Room) -> None:
    samira = people.trainer()
    shuts_in(room, 6)
    samira.page.goto(f"/console/{room.code}")  # looked at once it has shut: a look takes longer than the room stays open
    samira.sees("Salle ouverte jusqu’à")
    expect(samira.page.locator("body")).to_contain_text("La salle est fermée", timeout=20_000)
    samira.look()


def test_seats_change_state_in_two_presses_and_every_page_is_well_made(people: Cast, room: Room) -> None:
    samira = people.trainer().go(f"/console/{room.code}").click("États de départ")
    samira.page.get_by_label("2 ·").check()
    samira.press("Mettre en « Créé, pas encore activé »").sees("La place 2 a changé d’état").sees("pas activé")
    for page in ("cartes", "courriers", "reglages", "projection"):
        samira.go(f"/console/{room.code}/{page}")
    samira.page.set_viewport_size({"width": 320, "height": 640})
    for page in ("", "/etats", "/cartes", "/courriers", "/reglages"):
        samira.go(f"/console/{room.code}{page}")


def test_what_is_printed_from_the_pages_holds_on_its_sheets(people: Cast, room: Room) -> None:
    with room.inside():
        for seat in (1, 2, 3, 4):
            life.put(room.record(seat), Start.CREATED)  # the card that says the most
    samira = people.trainer()
    for page, sheets in (("courriers", 4), ("cartes", 4)):
        samira.go(f"/console/{room.code}/{page}")
        assert len(PdfReader(BytesIO(samira.page.pdf(prefer_css_page_size=True))).pages) == sheets
    cut = "cards => cards.filter(card => card.scrollHeight > card.clientHeight).length"
    assert samira.page.eval_on_selector_all(".seat-card", cut) == 0
