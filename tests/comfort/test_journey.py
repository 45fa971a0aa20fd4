"""Somebody who reads with difficulty: larger, darker, further apart; heard; each hard word explained where it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.chromium import Person
from tests.comfort.test_listening import at_a_window_with_a_voice, listen, said
from tests.room import Room

SHOWN = "[document.documentElement.dataset.text, document.documentElement.dataset.contrast, document.documentElement.dataset.spacing].join()"
INK = "getComputedStyle(document.body).color"


def choose(person: Person) -> None:
    person.click("Confort de lecture")
    for words in ("La plus grande", "Fort", "Plus large"):
        person.page.get_by_label(words).check()
    person.press("Appliquer").sees("Toutes les pages s’affichent maintenant ainsi")


def hears(person: Person, *words: str) -> None:
    """The voice reads the whole page, its title first."""
    page = person.page
    before = len(said(page))
    listen(page)
    page.evaluate("readAll()")
    heard = said(page)[before:]
    assert heard[0] == page.locator("h1").inner_text()
    for each in words:
        assert any(each in one for one in heard), each


def asks(person: Person, word: str, explanation: str) -> None:
    """A word is explained in place, then folded again."""
    person.page.get_by_role("button", name=f"{word} (explication)").first.click()
    expect(person.page.get_by_text(explanation)).to_be_visible()
    person.look().page.get_by_role("button", name="Fermer").locator("visible=true").click()
    expect(person.page.get_by_text(explanation)).to_be_hidden()


@pytest.mark.browser
@pytest.mark.practises("L06")
def test_marie_reads_and_hears_her_pages_at_ease_then_hands_the_tablet_over(room: Room, people: Cast) -> None:
    marie = people.learner(1, phone=True)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/confidentialite/")
    choose(marie)
    marie.click("Revenir à ma page")
    assert page.evaluate(SHOWN) == "largest,strong,wide"
    assert page.evaluate(INK) == "rgb(0, 0, 0)"
    hears(marie, "C’est vous qui décidez.", "Bris de glace")
    asks(marie, "Bris de glace", "Il doit dire pourquoi, et vous êtes prévenu.")
    marie.click("Documents")
    hears(marie, "Ajouter un document")
    asks(marie, "Masquer", "Cacher un document aux soignants.")
    marie.go("/aide/").click("Les mots du site").write("Le mot que vous cherchez", "générique").press("Chercher")
    hears(marie, "Le pharmacien donne un autre médicament")
    marie.press("Personne suivante")
    assert page.evaluate(SHOWN) == ",,"


@pytest.mark.browser
@pytest.mark.practises("L06")
def test_it_is_there_before_the_sign_in_and_for_the_professional_too(room: Room, people: Cast) -> None:
    jean = people.stranger("Jean", phone=True)
    page = at_a_window_with_a_voice(people, jean)
    jean.go(f"/atelier/{room.code}")
    choose(jean)
    hears(jean.click("Revenir à ma page"), "Mot de passe")
    assert page.evaluate(SHOWN) == "largest,strong,wide"
    lemoine = people.professional("dr-lemoine")
    page = at_a_window_with_a_voice(people, lemoine)
    choose(lemoine.go("/pro/"))
    hears(lemoine.click("Revenir à ma page"), "Patients")
    assert page.evaluate(SHOWN) == "largest,strong,wide"
    asks(lemoine.click("Lire une carte"), "Datamatrix", "Un petit carré de points noirs et blancs.")
