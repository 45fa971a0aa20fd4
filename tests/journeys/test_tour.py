"""Marie is led through an exercise on the page itself, at real windows: keyboard, small phone, another device, and on paper."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import Cast
from tests.chromium import Person
from tests.console.test_sheets import squeezed
from tests.exercises.test_again import opens_news
from tests.exercises.walking import exercise_of

pytestmark = pytest.mark.browser
SLUG = "masquer-un-document"


def says(person: Person, words: str) -> None:
    expect(person.page.get_by_role("region", name="Parcours guidé")).to_contain_text(words)


def glows(person: Person, selector: str) -> None:
    """What is pointed at has the ring around it, with words on it, in sight."""
    page = person.page
    expect(page.locator(selector).first).to_have_class(re.compile("tour-here"))
    expect(page.locator(".tour-ring")).to_contain_text("Regardez ici")
    around, inside = box(page, ".tour-ring"), box(page, ".tour-here")
    assert around["x"] <= inside["x"] + 8
    assert around["x"] + around["width"] >= inside["x"] + inside["width"] - 8


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return dict(found)


def tab_to(person: Person, words: str) -> None:
    """Only the key « Tab », until what has the focus says these words."""
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if words in person.page.evaluate("document.activeElement.innerText ?? ''").replace("\u00a0", " "):
            return
    raise AssertionError(f"« {words} » ne s’atteint pas au clavier")


@pytest.mark.practises("L09")
def test_marie_masks_a_document_led_by_the_page_with_the_keyboard_alone(people: Cast) -> None:
    marie = people.learner(1).go(f"/exercises/{SLUG}")
    tab_to(marie, "Montrez-moi sur la page")
    marie.page.keyboard.press("Enter")
    says(marie, "Étape 1 sur 5")
    glows(marie, '.sections a[href="/documents/"]')
    tab_to(marie, "Documents")
    marie.page.keyboard.press("Enter")
    says(marie, "Étape 2 sur 5")
    glows(marie, "#mots")
    tab_to(marie, "Étape précédente")
    marie.page.keyboard.press("Enter")
    says(marie, "Étape 1 sur 5, déjà faite")
    marie.look().press("Revenir à l’étape 2")
    before = marie.page.url
    marie.press("Répéter")
    assert marie.page.url == before
    says(marie, "Étape 2 sur 5")
    marie.press("Quitter")
    expect(marie.page.locator(".tour")).to_have_count(0)
    tablet = people.learner(1, phone=True).go(f"/exercises/{SLUG}").press("Reprendre le parcours à l’étape 2")
    says(tablet, "Ce n’est pas sur cette page.")
    tablet.click("Documents", exact=True).write("Chercher dans vos documents", "sommeil").press("Chercher")
    says(tablet, "Étape 3 sur 5")
    tablet.click("Compte rendu de consultation – sommeil et moral").click("Masquer ce document").press("Masquer ce document")
    says(tablet, "C’est fait !")
    tablet.press("Fermer")
    paper = PdfReader(BytesIO(tablet.page.request.get(f"/exercises/{SLUG}/fiche.pdf").body()))
    words = squeezed(paper.pages[0].extract_text())
    assert all(squeezed(step.say) in words for step in exercise_of(people.room, SLUG).steps)


def test_it_advances_on_the_open_page_when_the_act_happens_elsewhere(people: Cast) -> None:
    marie = people.learner(1).go("/exercises/ouvrir-une-notification").press("Montrez-moi sur la page")
    marie.page.locator("a.bell").click()
    says(marie, "Étape 2 sur 3")
    marie.page.locator("main .rows a").first.focus()
    with people.room.inside():
        opens_news(people.room, people.room.record(1))
    says(marie, "Étape 3 sur 3")
    assert marie.page.evaluate("document.activeElement.closest('main') !== null")  # the focus has not moved


def test_on_a_small_phone_nothing_is_hidden(people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/exercises/voir-qui-a-consulte").press("Montrez-moi sur la page")
    page = marie.page
    glows(marie, ".more > button")
    bar, nav, phone = box(page, ".tour"), box(page, ".sections"), box(page, ".phone-handle")
    assert bar["y"] + bar["height"] <= phone["y"]
    assert bar["y"] + bar["height"] <= nav["y"]
    tag = box(page, ".tour-tag")
    assert phone["y"] + phone["height"] <= tag["y"]
    page.locator(".more > button").click()
    glows(marie, '#plus a[href="/historique/"]')
    page.locator('#plus a[href="/historique/"]').click()
    says(marie, "Étape 2 sur 3")
    marie.look()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert box(page, ".tour")["y"] == 0


def test_the_phone_itself_is_pointed_at_where_it_lies(people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/exercises/reconnaitre-un-faux-message").press("Montrez-moi sur la page")
    glows(marie, ".phone-handle button")
    ring, phone = box(marie.page, ".tour-ring"), box(marie.page, ".phone-handle button")
    assert abs(ring["y"] + ring["height"] / 2 - phone["y"] - phone["height"] / 2) < 4
    buttons = [box(marie.page, f".tour-buttons > :nth-child({rank})") for rank in (1, 2, 3)]
    assert len({round(one["y"]) for one in buttons}) == 1  # in one line: the page keeps its room


def test_the_phone_of_the_exercise_opens_beside_the_page_and_the_tour_follows(people: Cast) -> None:
    marie = people.at_the_door(1).go("/exercises/reconnaitre-un-faux-message").press("Montrez-moi sur la page")
    glows(marie, ".phone-handle button")
    marie.page.locator(".phone-handle button").click()
    says(marie, "Étape 2 sur 3")
    glows(marie, ".phone-list")


def test_whoever_wants_no_motion_has_none(people: Cast) -> None:
    marie = people.learner(1)
    marie.page.emulate_media(reduced_motion="reduce")
    marie.go(f"/exercises/{SLUG}").press("Montrez-moi sur la page")
    expect(marie.page.locator(".tour-ring")).to_be_visible()
    assert marie.page.locator(".tour-ring").evaluate("ring => getComputedStyle(ring).animationName") == "none"
