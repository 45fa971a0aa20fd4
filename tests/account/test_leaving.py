"""A session that ends, a world that changes, a workshop that closes: each said kindly, nothing lost."""

from __future__ import annotations

import pytest

from sandbox.db import db, writing
from sandbox.workshops import resets, service, spares
from sandbox.workshops.models import Workshop
from tests.account.at_the_door import code_on_the_phone
from tests.browser import Browser
from tests.room import Room

LETTER = "Bonjour docteur, je vais mieux, merci beaucoup."


def trainer_does(room: Room, verb) -> None:
    with room.app.app_context(), writing():
        spares.fill_one(room.workshop_id)
        verb(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()
        db.session.remove()


def open_conversation(marie: Browser) -> Browser:
    return marie.go("/messages/").click("Suivi de votre tension")


def test_an_expired_session_leads_back_to_the_page_left(room: Room) -> None:
    person = Browser(room.app, "Marie").go("/documents/?categorie=BIOLOGIE")
    assert person.path == "/rejoindre"
    assert person.sees("Connectez-vous pour continuer")
    card = room.card(1)
    person.submit("Continuer", code=room.code).submit("Se connecter", identifier=card.identifier, password=card.password)
    person.submit("Valider", code=code_on_the_phone(person))
    assert person.path == "/documents/?categorie=BIOLOGIE"


def test_what_was_typed_in_an_expired_session_is_given_back(marie: Browser) -> None:
    open_conversation(marie)
    left = marie.path
    marie.client.delete_cookie("sandbox_learner")
    marie.submit("Envoyer", text=LETTER)
    assert marie.heading == "Votre session est terminée"
    assert marie.sees(LETTER)
    with marie.client.session_transaction("/") as session:
        assert session["next"] in {left, marie.path}


def test_a_form_of_the_former_world_is_not_sent_and_is_given_back(room: Room, marie: Browser) -> None:
    open_conversation(marie)
    trainer_does(room, resets.reset_workshop)
    start = room.digest()
    marie.submit("Envoyer", text=LETTER)
    assert marie.status == 409
    assert marie.heading == "Les dossiers sont comme neufs"
    assert marie.sees(LETTER)
    assert room.digest() == start
    assert marie.click("Continuer").sees("Bonjour")


def test_a_page_asked_after_a_reset_says_so_once(room: Room, marie: Browser) -> None:
    trainer_does(room, resets.reset_workshop)
    assert marie.go("/documents/").sees("Le formateur a remis les dossiers")
    assert not marie.go("/documents/").sees("Le formateur a remis les dossiers")


def test_a_closed_workshop_thanks_and_lets_nobody_in(room: Room, marie: Browser) -> None:
    trainer_does(room, service.close)
    assert marie.go("/documents/").sees("Cet atelier est terminé")
    assert marie.path == "/rejoindre"
    assert Browser(room.app, "Jean").go(f"/carte/{room.card(2).token}").sees("Aucun atelier ouvert n’a ce code")


def test_five_wrong_passwords_lock_this_account_alone(room: Room) -> None:
    marie, jean = Browser(room.app, "Marie"), Browser(room.app, "Jean")
    for _ in range(5):
        marie.go(f"/atelier/{room.code}").submit("Se connecter", identifier=room.card(1).identifier, password="Non-0000")
    marie.submit("Se connecter", identifier=room.card(1).identifier, password=room.card(1).password)
    assert marie.sees("Attendez une minute")
    jean.go(f"/atelier/{room.code}")
    jean.submit("Se connecter", identifier=room.card(2).identifier, password=room.card(2).password)
    assert jean.heading == "Saisir le code reçu"


def test_a_code_serves_once(room: Room) -> None:
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").submit("Se connecter")
    first = code_on_the_phone(person)
    person.submit("Recevoir un autre code")
    assert person.submit("Valider", code=first).status == 422
    assert person.submit("Valider", code=code_on_the_phone(person)).path == "/"


@pytest.mark.parametrize("path", ["//ailleurs.example/", "https://ailleurs.example/"])
def test_the_page_left_is_never_elsewhere(room: Room, path: str) -> None:
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").submit("Se connecter")
    with person.client.session_transaction("/") as session:
        session["next"] = path
    person.submit("Valider", code=code_on_the_phone(person))
    assert person.path == "/"
