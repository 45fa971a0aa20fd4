"""A new password: the present one first, the rules, the code; and what becomes of the other sessions."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import OneTimeCode
from sandbox.db import db
from tests.browser import Browser
from tests.room import Room
from tests.settings.people import NEW_PASSWORD, code, lines


def asks(room: Room, person: Browser, new: str = NEW_PASSWORD) -> Browser:
    return person.go("/parametres/mot-de-passe").submit("Recevoir le code", current=room.card(1).password, new=new)


def password_hash(room: Room) -> str:
    with room.inside():
        return room.record(1).owner.password_hash


def test_the_other_sessions_end_and_this_one_goes_on(room: Room, marie: Browser) -> None:
    elsewhere = room.learner(1)
    assert elsewhere.go("/documents/").status == 200
    asks(room, marie).submit("Valider", code=code(room))
    assert marie.go("/documents/").path == "/documents/"
    elsewhere.go("/documents/")
    assert elsewhere.sees("Connectez-vous")


def test_a_wrong_present_password_is_told_and_five_wait(room: Room, marie: Browser) -> None:
    for _ in range(4):
        marie.go("/parametres/mot-de-passe").submit("Recevoir le code", current="Non-0000", new=NEW_PASSWORD)
        assert marie.sees("Ce n’est pas votre mot de passe actuel")
        assert marie.status == 422
    marie.submit("Recevoir le code", current="Non-0000", new=NEW_PASSWORD)
    assert marie.sees("Trop d’essais")
    assert asks(room, marie).sees("Trop d’essais")
    assert lines(room, "CodeSent") == 0


def test_each_rule_that_is_broken_is_named(room: Room, marie: Browser) -> None:
    asks(room, marie, "court")
    assert marie.status == 422
    for words in ("Écrivez au moins 9 signes", "ajoutez une lettre majuscule", "ajoutez un chiffre"):
        assert marie.sees(words), words
    with room.inside():
        name = room.record(1).family_name
    assert asks(room, marie, f"{name.capitalize()}+2041").sees("Enlevez votre nom")
    assert lines(room, "CodeSent") == 0


def test_the_same_password_is_not_a_new_one(room: Room, marie: Browser) -> None:
    asks(room, marie).submit("Valider", code=code(room))
    marie.go("/parametres/mot-de-passe").submit("Recevoir le code", current=NEW_PASSWORD, new=NEW_PASSWORD)
    assert marie.sees("C’est le même que l’actuel")


def test_giving_up_keeps_the_password_and_forgets_the_new_one(room: Room, marie: Browser) -> None:
    before = password_hash(room)
    asks(room, marie)
    right = code(room)
    assert marie.submit("Ne rien changer").sees("vous gardez votre mot de passe")
    assert marie.go("/parametres/code/mot-de-passe").path == "/parametres/mot-de-passe"
    with room.inside():
        assert set(db.session.scalars(sa.select(OneTimeCode.target))) == {""}
    asks(room, marie).submit("Valider", code=right)
    assert marie.status == 422
    assert password_hash(room) == before


def test_no_secret_is_in_the_cookie_or_on_the_page(room: Room, marie: Browser) -> None:
    asks(room, marie)
    with marie.client.session_transaction("/") as session:
        assert NEW_PASSWORD not in str(dict(session))
        assert "$2b$" not in str(dict(session))
    assert "$2b$" not in str(marie.page)
    marie.submit("Valider", code=code(room))
    with room.inside():
        assert set(db.session.scalars(sa.select(OneTimeCode.target))) == {""}


def test_who_has_no_mobile_gets_the_code_by_email(room: Room, marie: Browser) -> None:
    with room.inside():
        room.record(1).phone = ""
    assert asks(room, marie).sees("un e-mail à")
    assert marie.submit("Valider", code=code(room)).sees("Votre mot de passe est changé")
    assert marie.sees("Mobile : aucun")
