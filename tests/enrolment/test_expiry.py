"""The page that closes by itself says so two minutes before, and stays when it is asked to."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.enrolment.applicant import at_the_door
from tests.room import Room

pytestmark = pytest.mark.browser
THIRTEEN_MINUTES, TWO_MINUTES = 13 * 60_000 + 2_000, 2 * 60_000 + 2_000


def test_marie_is_warned_two_minutes_before_and_stays_without_losing_what_she_typed(people: Cast, room: Room) -> None:
    serial = at_the_door(room).typed_serial
    marie = people.stranger("Marie", phone=True)
    marie.page.clock.install()
    marie.go(f"/atelier/{room.code}").go("/activation/preparer")
    marie.page.get_by_label("Ma carte Vitale a une photo").check()
    marie.press("Continuer").page.locator("#serial").fill(serial)
    warning = marie.page.get_by_role("alert")
    expect(warning).to_be_hidden()
    marie.page.clock.fast_forward(THIRTEEN_MINUTES)
    expect(warning).to_contain_text("va se fermer dans deux minutes")
    marie.look()
    warning.get_by_role("button", name="Rester 15 minutes de plus").click()
    expect(warning).to_be_hidden()
    expect(marie.page.locator("#serial")).to_have_value(serial)
    marie.page.clock.fast_forward(THIRTEEN_MINUTES)
    marie.page.clock.fast_forward(TWO_MINUTES)
    expect(warning).to_contain_text("Votre session a expiré")
    marie.look()
