"""The agenda in a real browser: a phone, the keyboard, paper, and what changes while one reads."""

from __future__ import annotations

import pytest

from sandbox import clock
from tests.agenda.noted import in_days, noted
from tests.cast import Cast
from tests.room import Room

pytestmark = pytest.mark.browser


def test_on_a_phone_the_month_is_the_list_of_the_days_that_hold_something(room: Room, people: Cast) -> None:
    noted(room, clock.at(in_days(9), 10), "Ostéopathe")
    marie = people.learner(1, phone=True).go(f"/agenda/mois?mois={in_days(9).isoformat()[:7]}")
    assert marie.page.locator(".calendar td.busy").first.is_visible()
    assert not marie.page.locator(".calendar td.free:not(.today)").first.is_visible()
    marie.go(f"/agenda/semaine?semaine={in_days(9).isoformat()}")
    assert not marie.page.locator(".days tr.free:not(.today)").first.is_visible()
    marie.click("10 h Ostéopathe").click("Modifier").go("/agenda/rappels/ajouter").go("/agenda/?genre=examens")


def test_everything_is_reached_with_the_keyboard(room: Room, people: Cast) -> None:
    noted(room, clock.at(in_days(1), 10), "Ostéopathe")
    marie = people.learner(1).go(f"/agenda/semaine?semaine={in_days(1).isoformat()}")
    reached = []
    marie.page.locator("h1").click()
    for _ in range(18):
        marie.page.keyboard.press("Tab")
        reached.append(marie.page.evaluate("document.activeElement.innerText.trim()"))
    wanted = ["Noter un rendez-vous", "Ajouter un rappel", "Liste", "Mois", "Tout", "Rappels", "Semaine d’avant"]
    assert [words for words in reached if words in wanted] == wanted
    assert any("Ostéopathe" in words for words in reached)


def test_on_paper_only_the_agenda_is_left(room: Room, people: Cast) -> None:
    noted(room, clock.at(in_days(1), 10), "Ostéopathe")
    marie = people.learner(1).go(f"/agenda/semaine?semaine={in_days(1).isoformat()}")
    assert marie.page.get_by_role("button", name="Imprimer cet agenda").is_visible()
    marie.page.emulate_media(media="print")
    assert marie.page.get_by_text("Ostéopathe").is_visible()
    assert marie.page.locator(".printed").is_visible()  # whose agenda it is
    for words in ("Noter un rendez-vous", "Semaine d’avant", "Imprimer cet agenda", "Examens", "Mes exercices"):
        assert not marie.page.get_by_text(words).first.is_visible()


def test_what_comes_while_one_reads_does_not_move_what_one_reads(room: Room, people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/agenda/")
    last = marie.page.locator(".row", has_text="Consultation de suivi")
    last.scroll_into_view_if_needed()
    before = last.bounding_box()
    noted(room, clock.at(in_days(5), 10), "Orthoptiste")
    marie.sees("Orthoptiste")
    after = last.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 4
