"""Getting in as a professional, from a card or with what is printed on it."""

from __future__ import annotations

import pytest

from sandbox.db import db
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.room import Room


def test_a_card_opens_the_professional_part(room: Room) -> None:
    card = room.card(0, "dr-lemoine")
    doctor = Browser(room.app, "Dr Lemoine").go(f"/pro/carte/{card.token}")
    assert doctor.heading == "Bonjour Dr Claire Lemoine"
    doctor.submit("Se connecter")
    assert doctor.path == "/pro/"
    assert doctor.sees("Médecine générale · Cabinet des Tilleuls")


def test_straight_in_where_the_trainer_allows_it(room: Room) -> None:
    with room.inside():
        db.session.get_one(Workshop, room.workshop_id).quick_entry = True
    card = room.card(0, "pharm-garnier")
    pharmacist = Browser(room.app, "Hélène").go(f"/pro/carte/{card.token}").submit("Entrer")
    assert pharmacist.path == "/pro/"
    assert "Délivrance" in pharmacist.links()


def test_cards_of_the_two_kinds_lead_to_their_own_door(room: Room) -> None:
    person = Browser(room.app, "Marie").go(f"/pro/carte/{room.card(1).token}")
    assert person.path.startswith("/carte/")
    assert Browser(room.app, "x").go("/pro/carte/nobody").status == 404


def test_wrong_words_are_refused_kindly(room: Room) -> None:
    card = room.card(0, "dr-lemoine")
    doctor = Browser(room.app, "Dr Lemoine").go("/pro/connexion")
    doctor.submit("Se connecter", code="ZZZZZZ", identifier=card.identifier, password=card.password)
    assert doctor.status == 422
    assert doctor.sees("Aucun atelier ouvert n’a ce code")
    doctor.submit("Se connecter", code=room.code, identifier=card.identifier, password="faux")
    assert doctor.status == 422
    assert doctor.sees("L’identifiant ou le mot de passe n’est pas le bon")


def test_a_learner_has_no_business_here(room: Room, marie: Browser) -> None:
    assert marie.go("/pro/").path == "/pro/connexion"
    card = room.card(1)
    marie.submit("Se connecter", code=room.code, identifier=card.identifier, password=card.password)
    assert marie.status == 422


def test_signing_out_and_coming_back_to_the_page_left(room: Room, lemoine: Browser) -> None:
    lemoine.go("/pro/").submit("Se déconnecter")
    assert lemoine.path == "/pro/connexion"
    card = room.card(0, "dr-lemoine")
    lemoine.go("/pro/messages").submit(
        "Se connecter", code=room.code, identifier=card.identifier, password=card.password
    )
    assert lemoine.path == "/pro/messages"


@pytest.mark.parametrize(("slug", "words"), [
    ("pharm-garnier", "Délivrance"), ("inf-morvan", "Soins prescrits"), ("kine-kermarrec", "Séances"), ("labo-horizon", "Analyses"),
])
def test_who_carries_out_prescriptions_has_a_counter_in_the_words_of_the_trade(room: Room, slug: str, words: str) -> None:
    somebody = room.professional(slug).go("/pro/")
    assert somebody.click(words).heading == words
    assert somebody.page.select_one("nav [aria-current]").get_text(strip=True) == words  # type: ignore[union-attr]


def test_who_carries_out_nothing_has_no_counter_and_is_told_in_the_practice(lemoine: Browser) -> None:
    assert "Délivrance" not in lemoine.go("/pro/").links()
    assert lemoine.go("/pro/delivrance").status == 404
    assert lemoine.click("Revenir aux patients").path == "/pro/"
