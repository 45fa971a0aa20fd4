"""A hand, a word, a place that glows, in real windows: within half a second, without losing what is typed, with the keyboard."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sandbox.classroom import pausing
from tests.cast import Cast
from tests.chromium import Person
from tests.classroom.helping import exercise, say, silent, up
from tests.classroom.test_pause import stops
from tests.room import Room

__all__ = ["silent"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("silent")]
HALF_A_SECOND = 500
MINE = "Je voudrais savoir si je peux"


def writes_to_a_doctor(person: Person) -> Person:
    """Somebody in the middle of a sentence, well down the page."""
    person.go("/messages/").page.get_by_role("link", name="Votre").first.click()
    person.page.wait_for_load_state()
    person.page.get_by_role("textbox").first.fill(MINE)
    return person.listens()


def focused(person: Person) -> str:
    return str(person.page.evaluate("document.activeElement.tagName"))


@pytest.mark.practises("T09")
def test_a_hand_is_raised_seen_answered_by_a_hint_and_a_place_that_glows(people: Cast, room: Room) -> None:
    asked = exercise(room)
    marie, samira = people.learner(1, phone=True), people.trainer()
    samira.go(f"/console/{room.code}").sees("Personne ne demande d’aide.")
    samira.listens()
    marie.go(f"/exercises/{asked.slug}").listens()
    marie.page.locator("main .hand-button").click()
    expect(samira.page.locator(".raised")).to_contain_text(asked.title, timeout=2 * HALF_A_SECOND)
    marie.sees("Le formateur est prévenu. Il arrive.").look()
    samira.look().press("J’y vais")
    expect(marie.page.locator("main .hand")).to_contain_text("Le formateur vient vers vous.", timeout=HALF_A_SECOND)
    marie.go("/documents/").listens()
    samira.page.get_by_text("Envoyer un indice").click()
    samira.press("Envoyer cet indice")
    expect(marie.page.locator(".word")).to_contain_text(asked.hints[0][:30], timeout=HALF_A_SECOND)
    marie.look().press("J’ai lu")
    expect(marie.page.locator(".word")).to_have_count(0)
    samira.click("Écrire ou montrer")
    samira.page.get_by_label("Et montrer un endroit").select_option(value="bell")
    samira.press("Envoyer").sees("la place 1")
    expect(marie.page.locator("a.bell[data-glowing]")).to_be_visible(timeout=HALF_A_SECOND)
    marie.look().page.locator("a.bell").click()
    expect(marie.page.locator(".word")).to_have_count(0)
    samira.sees("Lu 1 sur 1").go(f"/console/{room.code}").press("Baisser la main").sees("Personne ne demande d’aide.")


def test_a_word_comes_while_one_types_and_nothing_is_lost_nor_moved(people: Cast, room: Room) -> None:
    marie = writes_to_a_doctor(people.learner(1, phone=True))
    field = marie.page.get_by_role("textbox").first
    field.focus()
    before = field.bounding_box()
    begun = time.monotonic()
    say(room, "Regardez le tableau dans deux minutes.")
    expect(marie.page.locator(".word")).to_be_visible(timeout=HALF_A_SECOND)
    assert time.monotonic() - begun < 1
    assert focused(marie) == "TEXTAREA"
    after = field.bounding_box()
    assert before
    assert after
    if marie.page.evaluate("scrollY"):
        assert abs(after["y"] - before["y"]) < 2
    assert marie.page.locator(".words").get_attribute("role") == "status"
    marie.look().page.keyboard.type(" venir demain.")
    marie.press("J’ai lu")
    expect(marie.page.locator(".word")).to_have_count(0)
    assert field.input_value() == MINE + " venir demain."


def test_asking_for_help_loses_nothing_of_what_is_typed(people: Cast, room: Room) -> None:
    marie = writes_to_a_doctor(people.learner(1))
    button = marie.page.get_by_role("button", name="Demander de l’aide")
    button.focus()
    marie.page.keyboard.press("Enter")
    marie.sees("Le formateur est prévenu. Il arrive.")
    assert marie.page.get_by_role("textbox").first.input_value() == MINE
    marie.page.keyboard.press("Tab")
    marie.page.keyboard.press("Enter")
    expect(marie.page.get_by_role("button", name="Demander de l’aide")).to_be_visible()


def test_a_place_behind_plus_shows_the_way_and_the_keyboard_is_led_there(people: Cast, room: Room) -> None:
    marie = people.learner(1, phone=True).go("/documents/").listens()
    say(room, landmark="nav.agenda")
    expect(marie.page.locator(".more > button")).to_have_attribute("data-glowing", "Regardez ici", timeout=HALF_A_SECOND)
    marie.look().press("Me le montrer")
    assert focused(marie) == "BUTTON"
    marie.page.keyboard.press("Enter")
    assert marie.page.locator(".word").count() == 1
    marie.page.locator("#plus").get_by_role("link", name="Agenda").click()
    expect(marie.page).to_have_url(f"{people.address}/agenda/")
    expect(marie.page.locator(".word")).to_have_count(0)


def test_what_glows_stops_when_it_is_taken_off(people: Cast, room: Room) -> None:
    marie, samira = people.learner(1).go("/documents/").listens(), people.trainer()
    samira.page.emulate_media(reduced_motion="reduce")
    marie.page.emulate_media(reduced_motion="reduce")
    say(room, landmark="nav.profile")
    glowing = marie.page.locator("[data-glowing]")
    expect(glowing).to_contain_text("Profil médical", timeout=HALF_A_SECOND)
    assert glowing.evaluate("element => getComputedStyle(element).animationName") == "none"
    assert "Regardez ici" in glowing.evaluate("element => getComputedStyle(element, '::after').content")
    samira.go(f"/console/{room.code}/mots").press("Retirer des écrans")
    expect(glowing).to_have_count(0, timeout=HALF_A_SECOND)


def test_a_word_reaches_another_firms_site_and_a_wide_screen(people: Cast, room: Room) -> None:
    marie = people.learner(1).go("/partenaires/rdv-valbrune").listens()
    say(room, "Revenez sur « Mon espace santé ».")
    expect(marie.page.locator(".word")).to_be_visible(timeout=HALF_A_SECOND)
    marie.look().page.get_by_role("button", name="Demander de l’aide").click()
    marie.sees("Le formateur est prévenu.").look()


def test_without_javascript_each_press_leads_back_and_a_pause_is_a_page(people: Cast, room: Room) -> None:
    marie = people.learner(1)
    plain = people.window.new_context(base_url=people.address, java_script_enabled=False, storage_state=marie.context.storage_state())
    page = plain.new_page()
    page.goto("/documents/?page=2")
    page.get_by_role("button", name="Demander de l’aide").click()
    expect(page).to_have_url(f"{people.address}/documents/?page=2")
    expect(page.locator("body")).to_contain_text("Le formateur est prévenu. Il arrive.")
    try:
        stops(room)
        page.goto("/documents/?page=2")
        expect(page.locator("h1")).to_have_text("On regarde l’écran")
    finally:
        stops(room, goes_on=True)
    page.get_by_role("link", name="Reprendre").click()
    expect(page.locator("h1")).to_have_text("Documents")
    plain.close()


@pytest.mark.practises("T11")
def test_the_room_looks_up_and_everyone_finds_their_page_as_they_left_it(people: Cast, room: Room) -> None:
    marie, jean = writes_to_a_doctor(people.learner(1, phone=True)), people.learner(2).go("/documents/").listens()
    lemoine, samira = people.professional("dr-lemoine"), people.trainer()
    field = marie.page.get_by_role("textbox").first
    field.focus()
    samira.go(f"/console/{room.code}").click("Avec une phrase").write("Une phrase", "Voici où sont les ordonnances.")
    samira.page.get_by_role("button", name="Regardez l’écran").click()
    for person in (marie, jean):
        expect(person.page.locator("dialog.veil")).to_contain_text("Voici où sont les ordonnances.", timeout=2 * HALF_A_SECOND)
        assert person.look().page.get_by_role("dialog", name="Regardez l’écran").is_visible()
    for _ in range(3):
        marie.page.keyboard.press("Escape")
    marie.page.keyboard.type("perdu")
    assert marie.page.get_by_role("dialog").is_visible()
    jean.page.reload()
    jean.sees("On regarde l’écran").look()
    lemoine.go("/pro/").sees("Patients")
    samira.look().press("Reprendre l’atelier")
    expect(marie.page.locator("dialog.veil")).to_be_hidden(timeout=HALF_A_SECOND)
    assert field.input_value() == MINE
    assert focused(marie) == "TEXTAREA"
    expect(jean.page.get_by_role("heading", level=1)).to_have_text("Documents")
    assert jean.page.url.endswith("/documents/")


def test_the_veil_comes_within_half_a_second(people: Cast, room: Room) -> None:
    marie = people.learner(1, phone=True).go("/documents/").listens()
    try:
        stops(room)
        expect(marie.page.locator("dialog.veil")).to_be_visible(timeout=HALF_A_SECOND)
    finally:
        stops(room, goes_on=True)
    expect(marie.page.locator("dialog.veil")).to_be_hidden(timeout=HALF_A_SECOND)


def test_a_pause_that_nobody_ends_goes_by_itself_from_an_open_page(people: Cast, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pausing, "LONGEST", timedelta(seconds=3))
    marie = people.learner(1).go("/documents/").listens()
    stops(room)
    expect(marie.page.locator("dialog.veil")).to_be_visible()
    expect(marie.page.locator("dialog.veil")).to_be_hidden(timeout=8000)


@pytest.mark.practises("T10")
def test_the_trainer_looks_over_a_shoulder_follows_and_plays_a_professional(people: Cast, room: Room) -> None:
    marie, samira = people.learner(1, phone=True), people.trainer()
    marie.go("/documents/")
    name = room.card(1).name
    samira.go(f"/console/{room.code}").page.locator("table.board").get_by_role("link", name=name).click()
    expect(samira.page.locator("h1")).to_have_text("Documents")
    samira.sees("Vous regardez la place 1 · lecture seule").look()
    before = room.digest()
    samira.page.locator("main").get_by_role("link", name="Bilan lipidique").first.click()
    expect(samira.page.locator("h1")).to_contain_text("Bilan lipidique")
    samira.look().click("Suivre ses pages")
    assert room.digest() == before
    marie.go("/messages/")
    expect(samira.page.locator("h1")).to_have_text("Messages")
    samira.click("Ne plus suivre").look()
    marie.go("/profil/")
    samira.sees("est sur « Profil médical »")
    assert samira.page.locator("h1").inner_text() == "Messages"
    samira.page.locator(".tools form button").first.click(force=True)
    samira.page.keyboard.press("Enter")
    assert samira.page.locator("h1").inner_text() == "Messages"
    assert up(room) == []
    samira.click("Quitter la vue").sees("Mains levées")
    with samira.context.expect_page() as opened:
        samira.page.get_by_role("link", name="Dr Claire Lemoine").click()
    opened.value.get_by_role("button", name="Se connecter").click()
    expect(opened.value).to_have_url(f"{people.address}/pro/")
    samira.go(f"/console/{room.code}").sees("Mains levées")
