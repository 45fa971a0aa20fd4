"""At real windows: the catalogue on a phone, and a sheet that changes while one reads it."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.cast import Cast
from tests.console.test_happenings import happens
from tests.room import Room

pytestmark = pytest.mark.browser


def test_a_sheet_left_open_says_at_once_that_the_service_is_suspended(room: Room, people: Cast, samira: Browser) -> None:
    marie = people.learner(1, phone=True)
    marie.go("/catalogue/").page.get_by_text("Thème et région").click()
    marie.page.get_by_label("Thème").select_option("observance")
    marie.press("Appliquer").sees("3 services sur 20").look()
    marie.click("Glyco Suivi").sees("Synchroniser ce service").look()
    happens(samira, room, "glyco-suivi-suspendu", [1])
    marie.sees("Service suspendu").sees("rien ne change pour vous")
    assert not marie.page.get_by_text("Synchroniser ce service").count()
