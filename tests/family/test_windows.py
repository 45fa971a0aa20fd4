"""Two tabs of one browser, two profiles: no page shows what is not of the profile it names."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sandbox.documents import service as documents
from tests.cast import Cast
from tests.family.test_profiles import child
from tests.room import Room


@pytest.mark.browser
def test_a_tab_left_in_the_childs_profile_says_that_another_is_open(room: Room, people: Cast) -> None:
    with room.inside():
        name = child(room, 1).first_name
    marie = people.learner(1, phone=True)
    marie.go("/profils/").press(f"Ouvrir le profil de {name}").sees(f"Vous êtes dans le profil de {name}")
    other = marie.context.new_page()
    other.goto("/documents/")
    other.get_by_role("button", name="Revenir à mon profil").click()
    expect(other.locator(".borrowed")).to_have_count(0)
    with room.inside():
        documents.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Bilan du parent", category="BIOLOGIE", text="Normal."
        )
    expect(marie.page.locator("[data-profile-changed]")).to_be_visible()
    expect(marie.page.locator("main")).not_to_contain_text("Bilan du parent")
    expect(other.locator(".switcher-others .counter [aria-hidden]")).to_have_text("2")
