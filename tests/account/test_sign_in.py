"""Getting in, as the person holding a card does."""

from __future__ import annotations

import re

from sandbox.db import db, writing
from sandbox.workshops.models import Workshop
from tests.browser import Browser, text_of
from tests.room import Room


def code_on_the_phone(browser: Browser) -> str:
    """The six digits of the newest message of the phone drawn beside the page."""
    found = re.search(r"\b\d{6}\b", text_of(browser.page.find(class_="phone-screen")))
    assert found is not None
    return found[0]


def test_somebody_joins_with_the_code_of_the_room_and_their_card(room: Room) -> None:
    card = room.card(1)
    person = Browser(room.app, "Marie")
    person.go("/rejoindre").submit("Continuer", code=room.code.lower())
    person.submit("Se connecter", identifier=card.identifier.upper(), password=card.password)
    assert person.heading == "Saisir le code reçu"
    person.submit("Valider", code=code_on_the_phone(person))
    assert person.path == "/"
    assert card.name.split()[0] in person.heading


def test_a_wrong_code_is_explained_and_the_right_one_still_works(room: Room) -> None:
    card = room.card(1)
    person = Browser(room.app, "Marie").go(f"/carte/{card.token}").submit("Se connecter")
    right = code_on_the_phone(person)
    person.submit("Valider", code="000000" if right != "000000" else "111111")
    assert person.status == 422
    assert person.sees("Ce code n’est pas le bon")
    assert person.submit("Valider", code=right).path == "/"


def test_unknown_and_closed_workshops_get_the_same_answer(room: Room) -> None:
    person = Browser(room.app, "Marie").go("/rejoindre").submit("Continuer", code="ZZZZZZ")
    assert person.status == 422
    assert person.sees("Aucun atelier ouvert n’a ce code")


def allow_quick_entry(room: Room) -> None:
    with room.app.app_context(), writing():
        db.session.get_one(Workshop, room.workshop_id).quick_entry = True
        db.session.commit()
        db.session.remove()


def test_the_quick_way_in_is_a_seat_number_while_the_trainer_allows_it(room: Room) -> None:
    person = Browser(room.app, "Marie").go(f"/atelier/{room.code}/place")
    assert person.heading == "Se connecter"
    allow_quick_entry(room)
    person.go(f"/atelier/{room.code}").click("Entrer avec mon numéro de place").submit("Entrer", seat="9")
    assert person.sees("Aucune place n’a ce numéro")
    person.submit("Entrer", seat="deux")
    assert person.sees("Écrivez un nombre entier")
    assert person.submit("Entrer", seat="2").path == "/"
    assert person.sees(room.card(2).name)


def test_the_quick_way_in_is_one_press_on_a_card(room: Room) -> None:
    allow_quick_entry(room)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").submit("Entrer")
    assert person.path == "/"
