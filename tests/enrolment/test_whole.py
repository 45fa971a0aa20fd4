"""The whole story, from the invitation to the first page, then in again with what was chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import Browser
from tests.cast import Cast
from tests.chromium import Person
from tests.enrolment.applicant import Applicant, at_the_door
from tests.enrolment.proven import IDENTIFIER, PASSWORD, newest_digits, six_digits, with_email
from tests.room import Room


def invited(room: Room) -> Applicant:
    """Marie scanned her card: the phone beside the page is hers, with the invitation in it."""
    marie = at_the_door(room)
    marie.browser.go(f"/carte/{room.card(1).token}").go("/telephone/?boite=email")
    return marie


def goes_in_again(room: Room) -> Browser:
    again = Browser(room.app, "Marie, le lendemain").go(f"/atelier/{room.code}")
    again.submit("Se connecter", identifier=IDENTIFIER, password=PASSWORD)
    return again.submit("Valider", code=six_digits(again, "sms"))


def chooses(marie: Browser) -> Browser:
    """Everything that is asked once the twelve signs are right."""
    marie.submit("Continuer", identifier=IDENTIFIER, password=PASSWORD, again=PASSWORD)
    marie.submit("Continuer", accepted="y")
    marie.submit("Recevoir un code").submit("Valider", code=six_digits(marie))
    marie.submit("Recevoir un code").submit("Valider", code=six_digits(marie))
    marie.click("Commencer").submit("Enregistrer et continuer", choice="visible")
    return marie.submit("Enregistrer et continuer", samu="y", glass="y").click("Aller à mon accueil")


def test_from_the_invitation_to_home_by_hand_then_in_again(room: Room) -> None:
    marie = invited(room)
    marie.browser.click("Assurance Maladie").click("Activer mon espace, ou m’y opposer")
    marie.identify()
    marie.ask_for_code("email").submit("Valider", code=marie.received())
    chooses(marie.browser)
    assert marie.browser.path == "/"
    assert goes_in_again(room).path == "/"


def test_whoever_has_no_mobile_goes_in_again_with_a_code_by_e_mail(room: Room) -> None:
    with_email(room).submit("Oui, je n’ai pas de mobile")
    again = Browser(room.app, "place 1, le lendemain").go(f"/atelier/{room.code}")
    again.submit("Se connecter", identifier=f"{IDENTIFIER}.1", password=PASSWORD)
    assert again.sees("Il vient d’arriver par e-mail")
    assert not again.sees("par SMS")
    assert again.submit("Valider", code=six_digits(again, "email")).path == "/"


def test_the_steps_are_counted_without_a_gap(room: Room) -> None:
    marie = at_the_door(room)
    marie.prepare()
    seen = [marie.browser.page.progress["value"]]
    marie.browser.submit("Continuer", **marie.facts)
    for button, typed in (("Recevoir mon code", {"channel": "sms"}), ("Valider", {})):
        seen.append(marie.browser.page.progress["value"])
        marie.browser.submit(button, **(typed or {"code": marie.received()}))
    seen.append(marie.browser.page.progress["value"])
    assert seen == ["2", "3", "4", "5"]
    assert marie.browser.page.progress["max"] == "8"


def test_the_printed_keys_do_not_open_the_space_once_others_are_chosen(room: Room) -> None:
    marie, card = at_the_door(room), room.card(1)
    marie.identify()
    marie.ask_for_code().submit("Valider", code=marie.received())
    chooses(marie.browser)
    other = Browser(room.app, "une autre").go(f"/atelier/{room.code}")
    assert other.submit("Se connecter", identifier=card.identifier, password=card.password).status == 422


def types(person: Person, applicant: Applicant) -> None:
    """By hand, with a finger: from the first page to the twelve signs."""
    person.go("/activation/").click("Continuer sans FranceConnect")
    label = "Ma carte Vitale a une photo" if applicant.card == "photo" else "Ma carte Vitale n’a pas de photo"
    person.page.get_by_text(label).click()
    person.press("Continuer").write("date de naissance", applicant.born.isoformat()).write("sécurité sociale", applicant.nir)
    person.write("numéro de série", applicant.typed_serial).press("Continuer")
    person.page.get_by_text("Par SMS").click()
    person.press("Recevoir mon code").sees("Recopiez votre code").write("Code temporaire", applicant.received()).press("Valider")


@pytest.mark.browser
def test_on_a_phone_with_a_finger(people: Cast, room: Room) -> None:
    applicant, card = at_the_door(room), room.card(1)
    marie = Person(people.window, people.address, "Marie", phone=True)
    people.present.append(marie)
    marie.go(f"/carte/{card.token}")
    types(marie, applicant)
    marie.write("Identifiant", card.identifier).write("Mot de passe", card.password).write("Encore une fois", card.password)
    marie.press("Continuer").sees("Conditions d’utilisation").page.locator("label[for=accepted]").click()
    marie.press("Continuer")
    for step, channel in (("Mon adresse e-mail", "par e-mail"), ("Mon numéro de mobile", "par SMS")):
        marie.sees(step).press("Recevoir un code").sees(f"Le code reçu {channel}")
        marie.write("Code à 6 chiffres", newest_digits(room)).press("Valider")
    marie.sees("Votre espace est activé").click("Commencer").press("Enregistrer et continuer").press("Enregistrer et continuer")
    expect(marie.click("Aller à mon accueil").page).to_have_url(f"{people.address}/")
