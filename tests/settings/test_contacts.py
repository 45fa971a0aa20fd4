"""A new e-mail address, a new mobile number: nothing changes before the code that was sent there is typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.account import codes
from sandbox.account.models import CodePurpose
from tests.browser import Browser, text_of
from tests.room import Room
from tests.settings.people import (
    NEW_EMAIL,
    NEW_MOBILE,
    NEW_PASSWORD,
    as_read,
    asks_email,
    code,
    contacts,
    later,
    lines,
    other_than,
)


@pytest.mark.practises("A14")
def test_marie_changes_her_email_her_mobile_and_her_password_each_with_a_code(room: Room, marie: Browser) -> None:
    card = room.card(1)
    marie.go("/parametres/").click("Informations personnelles").click("Adresse e-mail")
    marie.submit("Recevoir le code", new=f" {NEW_EMAIL.upper()} ")
    assert marie.sees(f"un e-mail à {as_read(NEW_EMAIL)}")
    assert marie.submit("Valider", code=code(room)).sees(f"Votre adresse e-mail est maintenant {NEW_EMAIL}")
    marie.click("Numéro de mobile").submit("Recevoir le code", new="+33 6 39 98 12 34")
    assert marie.sees(f"un SMS au {NEW_MOBILE}")
    assert marie.submit("Valider", code=code(room)).sees(f"Votre numéro de mobile est maintenant le {NEW_MOBILE}")
    assert contacts(room) == (NEW_EMAIL, NEW_MOBILE)
    marie.click("Paramètres").click("Mot de passe").submit("Recevoir le code", current=card.password, new=NEW_PASSWORD)
    assert marie.submit("Valider", code=code(room)).sees("Votre mot de passe est changé")
    assert marie.go("/documents/").path == "/documents/"
    person = Browser(room.app, "Marie").go(f"/atelier/{room.code}")
    assert person.submit("Se connecter", identifier=card.identifier, password=card.password).status == 422
    person.submit("Se connecter", identifier=card.identifier, password=NEW_PASSWORD)
    assert person.heading == "Saisir le code reçu"
    assert [lines(room, act) for act in ("EmailChanged", "MobileChanged", "PasswordChanged")] == [1, 1, 1]


def test_nothing_changes_before_the_code_and_one_may_change_one_s_mind(room: Room, marie: Browser) -> None:
    before = contacts(room)
    asks_email(marie)
    assert contacts(room) == before
    assert marie.go("/parametres/informations").sees(f"En attente de votre code : {as_read(NEW_EMAIL)}")
    late = code(room)
    assert marie.click("Saisir le code").submit("Ne rien changer").sees("vous gardez votre adresse e-mail")
    assert not marie.sees("En attente")
    assert marie.go("/parametres/code/email").path == "/parametres/contact/email"
    assert contacts(room) == before
    asks_email(marie, "autre@courriel.example").submit("Valider", code=late)
    assert marie.status == 422
    assert contacts(room) == before


@pytest.mark.parametrize(
    ("which", "typed", "answer"),
    [
        ("email", "", "Écrivez la nouvelle adresse"),
        ("email", "marie.durand", "Il manque quelque chose"),
        ("email", "marie@courriel", "Il manque quelque chose"),
        ("email", "marié@courriel.example", "sans espace ni accent"),
        ("email", "marie@gmail.com", "pourrait être celle d’une vraie personne"),
        ("mobile", "", "Écrivez le nouveau numéro"),
        ("mobile", "06 39 98 12", "a dix chiffres, celui-ci en a 8"),
        ("mobile", "zéro six", "seulement des chiffres"),
        ("mobile", "01 99 00 12 34", "doit commencer par 06 39 98"),
        ("mobile", "06 12 34 56 78", "pourrait être celui d’une vraie personne"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_cure(room: Room, marie: Browser, which: str, typed: str, answer: str) -> None:
    before = contacts(room)
    marie.go(f"/parametres/contact/{which}").submit("Recevoir le code", new=typed)
    assert marie.status == 422
    assert marie.sees(answer)
    assert contacts(room) == before
    assert lines(room, "CodeSent") == 0


def test_the_present_address_is_not_a_new_one(room: Room, marie: Browser) -> None:
    assert asks_email(marie, contacts(room)[0]).sees("C’est déjà votre adresse e-mail")
    assert marie.status == 422


def test_a_wrong_code_then_the_right_one_however_it_is_spaced(room: Room, marie: Browser) -> None:
    right = code(room, 1) if asks_email(marie) else ""
    assert marie.submit("Valider", code=other_than(right)).sees("Ce code n’est pas le bon")
    assert marie.submit("Valider", code=f" {right[:3]}-{right[3:]} ").sees("Votre adresse e-mail est maintenant")


def test_a_code_that_is_too_old_says_so_and_another_one_works(room: Room, marie: Browser) -> None:
    asks_email(marie)
    old = code(room)
    later(room, timedelta(minutes=11))
    assert marie.go("/parametres/code/email").sees("Ce code est trop ancien")
    assert marie.submit("Valider", code=old).sees("Ce code n’est plus valable")
    marie.submit("Recevoir un autre code")
    assert marie.submit("Valider", code=code(room)).sees(f"est maintenant {NEW_EMAIL}")


def test_a_replaced_code_and_a_used_one_do_nothing(room: Room, marie: Browser) -> None:
    asks_email(marie)
    first = code(room)
    marie.submit("Recevoir un autre code")
    assert marie.sees("Le précédent ne marche plus")
    assert marie.submit("Valider", code=first).sees("un autre l’a remplacé")
    used = code(room)
    marie.submit("Valider", code=used)
    asks_email(marie, "autre@courriel.example")
    assert marie.submit("Valider", code=used).sees("Ce code a déjà servi")
    assert contacts(room)[0] == NEW_EMAIL


def test_five_wrong_codes_wait_a_minute_and_nobody_else_does(room: Room, marie: Browser, jean: Browser) -> None:
    asks_email(marie)
    right = code(room)
    for _ in range(5):
        marie.submit("Valider", code=other_than(right))
    assert marie.sees("Trop d’essais")
    assert marie.go("/parametres/code/email").sees("Trop d’essais")
    assert marie.submit("Valider", code=right).status == 422
    asks_email(jean).submit("Valider", code=code(room, 2))
    assert jean.sees(f"est maintenant {NEW_EMAIL}")
    later(room, timedelta(minutes=1, seconds=1))
    assert marie.go("/parametres/code/email").submit("Valider", code=right).sees(f"est maintenant {NEW_EMAIL}")


def test_two_tabs_prove_the_address_that_the_code_was_sent_to(room: Room, marie: Browser) -> None:
    first = asks_email(marie, "un@courriel.example").page
    asks_email(marie, "deux@courriel.example")
    right = code(room)
    marie.page = first
    marie.submit("Valider", code=right)
    assert contacts(room)[0] == "deux@courriel.example"
    assert marie.sees("est maintenant deux@courriel.example")
    marie.page, marie.path = first, "/parametres/code/email"
    assert marie.submit("Valider", code=right).sees("Rien n’est en attente")


@pytest.mark.parametrize("path", ["/parametres/code/email", "/parametres/code/mobile", "/parametres/code/mot-de-passe", "/parametres/code/appareil"])
def test_the_page_of_the_code_leads_to_the_start_when_nothing_waits(marie: Browser, path: str) -> None:
    marie.go(path)
    assert marie.sees("Rien n’est en attente")
    assert not marie.path.startswith("/parametres/code")


def test_a_change_left_for_long_begins_again(room: Room, marie: Browser) -> None:
    asks_email(marie)
    later(room, timedelta(hours=2))
    assert marie.go("/parametres/code/email").path == "/parametres/contact/email"


@pytest.mark.parametrize("path", ["/parametres/contact/fax", "/parametres/code/fax"])
def test_there_is_no_other_contact(marie: Browser, path: str) -> None:
    assert marie.go(path).status == 404


def test_the_list_shows_a_part_of_each_contact(room: Room, marie: Browser) -> None:
    email, phone = contacts(room)
    shown = text_of(marie.go("/parametres/").page.find("main"))
    assert f"{email[0]}•••@courriel.example" in shown
    assert f"06 •• •• •• {phone[-2:]}" in shown
    assert email not in shown
    assert phone not in shown


def test_a_code_asked_for_at_the_door_changes_nothing_here(room: Room, marie: Browser) -> None:
    """A code of a forgotten password is not one that was asked for here."""
    with room.inside():
        codes.send(room.record(1).owner, CodePurpose.PASSWORD)
        before = room.record(1).owner.password_hash
    assert marie.go("/parametres/code/mot-de-passe").path == "/parametres/mot-de-passe"
    with room.inside():
        assert room.record(1).owner.password_hash == before
