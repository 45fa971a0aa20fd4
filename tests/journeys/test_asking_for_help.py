"""Marie is stuck: one hint, one more, then the way on the page itself, then her hand; Samira sees where she is and comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exercises.walking import exercise_of

pytestmark = pytest.mark.browser
SLUG = "masquer-un-document"


@pytest.mark.practises("L02")
def test_a_hint_then_the_way_on_the_page_then_a_raised_hand(people: Cast) -> None:
    first, second = (" ".join(hint.split()) for hint in exercise_of(people.room, SLUG).hints[:2])
    samira = people.trainer().go(f"/console/{people.room.code}")
    marie = people.learner(1).go(f"/exercises/{SLUG}").press("Un indice").sees(first)
    expect(marie.page.locator(".hints")).not_to_contain_text(second)
    marie.press("Encore un indice").sees(second)
    marie.press("Montrez-moi sur la page")
    bar = marie.page.get_by_role("region", name="Parcours guidé")
    expect(bar).to_contain_text("Étape 1 sur 5")
    expect(marie.page.locator(".tour-ring")).to_contain_text("Regardez ici")
    marie.click("Documents", exact=True)
    expect(bar).to_contain_text("Étape 2 sur 5")
    marie.press("Demander de l’aide").sees("Le formateur est prévenu. Il arrive.")
    expect(bar).to_contain_text("Étape 2 sur 5")  # asking for help takes one nowhere
    expect(samira.page.locator(".raised-who").first).to_contain_text("1")
    samira.look().press("J’y vais")
    marie.sees("Le formateur vient vers vous.")
