"""Pairing, partial consent and withdrawal at a real Chromium, by keyboard and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sandbox.catalogue import halting, pairing
from sandbox.catalogue.models import Purpose, Status
from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import inbox
from tests.cast import Cast
from tests.chromium import Person
from tests.partners.pairing import tied
from tests.room import Room

pytestmark = pytest.mark.browser
METER = "glyco-suivi"


def digits(room: Room, seat: int) -> str:
    with room.inside():
        return next(mail.code for mail in inbox(room.record(seat).owner, channel=Channel.EMAIL) if mail.code)


def reaches(person: Person, words: str, role: str) -> None:
    """Tab after tab until the focus is on that control."""
    wanted = person.page.get_by_role(role, name=words).first  # type: ignore[arg-type]
    for _ in range(80):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{person.name} n’atteint pas « {words} » au clavier")


def presses(person: Person, words: str, role: str = "button") -> Person:
    reaches(person, words, role)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    return person.look()


def granted(room: Room, seat: int) -> set[Purpose]:
    with room.inside():
        tie = pairing.with_service(room.record(seat), METER)
        return {purpose for purpose in Purpose if tie and tie.grants(purpose)}


def test_pairing_refusing_one_thing_and_withdrawing_by_keyboard_alone(room: Room, people: Cast) -> None:
    marie = people.learner(1).go(f"/catalogue/{METER}")
    presses(marie, "Synchroniser ce service").sees("Entrer chez Glyco Suivi")
    presses(marie, "Recevoir mon code").sees("Saisir le code reçu")
    reaches(marie, "Code à 6 chiffres", "textbox")
    marie.page.keyboard.type(digits(room, 1))
    presses(marie, "Valider").sees("Glyco Suivi demande votre accord")
    for answer in ("Autoriser", "Refuser", "Autoriser"):
        answer_with_keys(marie, answer)
    presses(marie, "Valider mes réponses").sees("Glyco Suivi est synchronisé").sees("Vous avez refusé")
    assert granted(room, 1) == {Purpose.WRITE_MEASURES, Purpose.WRITE_DOCUMENTS}
    presses(marie, "Revenir à mes services synchronisés", "link")
    presses(marie, "Glyco Suivi", "link")
    open_question(marie)
    presses(marie, "Oui, ne plus synchroniser").sees("n’est plus synchronisé")
    assert granted(room, 1) == set()


def answer_with_keys(person: Person, words: str) -> None:
    """The next question: the space bar takes the first answer, the arrow goes to the other."""
    kind = "document.activeElement.type === 'radio' && !document.activeElement.closest('fieldset').querySelector(':checked')"
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if person.page.evaluate(kind):
            break
    person.page.keyboard.press("Space" if words == "Autoriser" else "ArrowDown")


def open_question(person: Person) -> None:
    summary = person.page.locator("summary", has_text="Ne plus synchroniser")
    for _ in range(80):
        if summary.evaluate("node => node === document.activeElement"):
            break
        person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")


def test_questions_forgotten_are_shown_on_a_telephone(room: Room, people: Cast) -> None:
    tied(room, 1, METER, Purpose.READ_MEASURES)
    marie = people.learner(1, phone=True)
    marie.go(f"/services-synchronises/{METER}")
    marie.page.get_by_text("dit qu’il n’est pas synchronisé").click()
    marie.press("Relier de nouveau").press("Recevoir mon code")
    marie.write("Code à 6 chiffres", digits(room, 1)).press("Valider").press("Valider mes réponses")
    marie.sees("3 points sont à corriger").sees("La dernière fois, vous aviez répondu")
    assert granted(room, 1) == {Purpose.READ_MEASURES}


def test_a_service_that_is_suspended_says_so_on_the_open_page(room: Room, people: Cast) -> None:
    tied(room, 1, METER)
    marie = people.learner(1).go(f"/services-synchronises/{METER}").sees("Autorisé")
    with room.inside():
        halting.halt(room.user("portail"), room.record(1), METER, Status.SUSPENDED)
    expect(marie.page.locator("main")).to_contain_text("Rien n’est échangé en ce moment")
