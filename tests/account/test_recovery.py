"""A forgotten identifier, a forgotten password: found again, and nothing told to whoever tries at random."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account import life
from sandbox.account.models import OneTimeCode
from sandbox.db import db
from sandbox.mailbox.models import Mail
from sandbox.workshops.starts import Start
from tests.account.at_the_door import at_the_door, code_in_the_email, code_on_the_phone, later, shut
from tests.browser import Browser, text_of
from tests.room import Room

NEW = "Tournesol+4827"
CODE = "Saisir le code reçu"
ASK = "Recevoir un code"


def known_of(room: Room, seat: int = 1) -> tuple[str, str, str]:
    """What the seat's card says: e-mail, mobile, birth date."""
    with room.inside():
        record = room.record(seat)
        return record.email, record.phone, f"{record.birth_date:%d/%m/%Y}"


def asks_identifier(room: Room, contact: str = "", born: str = "") -> Browser:
    email, _, birth = known_of(room)
    return at_the_door(room).click("Identifiant oublié").submit(ASK, contact=contact or email, born=born or birth)


def asks_password(room: Room, identifier: str = "", channel: str = "sms") -> Browser:
    person = at_the_door(room).click("Mot de passe oublié")
    return person.submit(ASK, identifier=identifier or room.card(1).identifier, channel=channel)


def proven(room: Room) -> Browser:
    """Before the choice of a new password."""
    marie = asks_password(room)
    return marie.submit("Valider", code=code_on_the_phone(marie))


def chooses(person: Browser, password: str) -> Browser:
    return person.submit("Enregistrer", password=password, again=password)


@pytest.mark.practises("A12")
def test_marie_finds_her_identifier_then_chooses_a_password_and_signs_in(room: Room) -> None:
    marie = asks_identifier(room, contact=known_of(room)[1])
    assert marie.heading == CODE
    marie.submit("Valider", code=code_on_the_phone(marie))
    identifier = marie.page.select_one("main .code-figure").get_text()
    assert identifier == room.card(1).identifier
    marie.click("J’ai aussi oublié mon mot de passe").submit(ASK, identifier=identifier, channel="email")
    marie.submit("Valider", code=code_in_the_email(marie))
    assert "majuscule" in text_of(chooses(marie, "tournesol").page.find(id="password-error"))
    chooses(marie, NEW)
    assert marie.sees("Votre nouveau mot de passe est enregistré")
    assert marie.submit("Se connecter", identifier=identifier, password=room.card(1).password).status == 422
    marie.submit("Se connecter", identifier=identifier, password=NEW)
    assert marie.submit("Valider", code=code_on_the_phone(marie)).path == "/"
    assert marie.go("/historique/").sees("Changement du mot de passe")


def test_the_identifier_also_comes_by_simulated_mail(room: Room) -> None:
    marie = asks_identifier(room)
    marie.submit("Valider", code=code_in_the_email(marie))
    identifier = room.card(1).identifier
    with room.inside():
        newest = db.session.scalars(sa.select(Mail).where(Mail.seat == 1).order_by(Mail.id.desc())).first()
        assert newest is not None
        assert identifier in newest.body
        assert newest.channel == "email"


@pytest.mark.parametrize("way", ["email", "sms"])
def test_the_code_comes_by_the_way_that_was_given(room: Room, way: str) -> None:
    email, mobile, _ = known_of(room)
    asks_identifier(room, contact=email.upper() if way == "email" else mobile.replace(" ", "."))
    asks_password(room, channel=way)
    with room.inside():
        assert [mail.channel for mail in db.session.scalars(sa.select(Mail).order_by(Mail.id.desc()).limit(2))] == [way, way]


def bare(person: Browser) -> str:
    """The page's own part, without the token and the phone beside."""
    main = person.page.find("main")
    for token in main.select("[name=csrf_token]"):
        token.decompose()
    return str(main)


def test_nothing_tells_whether_somebody_exists(room: Room) -> None:
    others = "personne@courriel.example", "06 39 98 99 99", "01/01/1901"
    for known, unknown in (
        (asks_identifier(room), asks_identifier(room, contact=others[0])),
        (asks_identifier(room, contact=known_of(room)[1]), asks_identifier(room, contact=others[1])),
        (asks_identifier(room), asks_identifier(room, born=others[2])),
        (asks_password(room), asks_password(room, identifier="personne")),
    ):
        assert (unknown.heading, unknown.status, unknown.path) == (CODE, 200, known.path)
        assert bare(known) == bare(unknown)
        assert bare(known.submit("Valider", code="nonnon")) == bare(unknown.submit("Valider", code="nonnon"))


@pytest.mark.parametrize("identifier", ["", "personne"])
def test_five_wrong_codes_wait_a_minute_whoever_it_is(room: Room, identifier: str) -> None:
    person = asks_password(room, identifier=identifier)
    for _ in range(4):
        assert person.submit("Valider", code="nonnon").sees("Ce code n’est pas le bon")
    assert person.submit("Valider", code="nonnon").sees("une petite pause")
    assert person.submit("Valider", code="nonnon").sees("une petite pause")
    later(room, timedelta(seconds=61))
    assert person.submit("Valider", code="nonnon").sees("Ce code n’est pas le bon")


def test_for_nobody_no_code_is_made_and_none_is_right(room: Room) -> None:
    person = asks_password(room, identifier="personne").submit("Recevoir un autre code")
    with room.inside():
        assert db.session.scalars(sa.select(OneTimeCode)).first() is None
    assert person.submit("Valider", code="000000").status == 422
    assert person.go("/mot-de-passe-oublie/nouveau").heading == CODE


def test_a_space_never_activated_has_no_keys_to_find(room: Room) -> None:
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    marie = asks_identifier(room)
    assert marie.heading == CODE
    assert marie.click("Je n’ai pas encore activé").path.startswith("/activation")
    with room.inside():
        assert db.session.scalars(sa.select(OneTimeCode)).first() is None


def test_another_code_replaces_the_first(room: Room) -> None:
    marie = asks_password(room)
    first = code_on_the_phone(marie)
    marie.submit("Recevoir un autre code")
    assert marie.submit("Valider", code=first).sees("un autre l’a remplacé")
    assert marie.submit("Valider", code=f"{code_on_the_phone(marie)[:3]} {code_on_the_phone(marie)[3:]}").sees("nouveau mot de passe")


def test_a_code_too_old_is_said_so(room: Room) -> None:
    marie = asks_password(room)
    later(room, timedelta(minutes=11))
    assert marie.submit("Valider", code=code_on_the_phone(marie)).sees("n’est plus valable")


def test_a_lock_leads_here_and_ends_with_the_new_password(room: Room) -> None:
    marie, card = at_the_door(room), room.card(1)
    for _ in range(5):
        marie.submit("Se connecter", identifier=card.identifier, password="Non-0000")
    marie.click("Mot de passe oublié").submit(ASK, identifier=card.identifier)
    code = code_on_the_phone(marie)
    assert marie.submit("Valider", code=code).sees("une petite pause")
    later(room, timedelta(seconds=61))
    chooses(marie.submit("Valider", code=code), NEW)
    assert marie.submit("Se connecter", identifier=card.identifier, password=NEW).heading == CODE


def test_who_was_in_with_the_former_password_is_out(room: Room, marie: Browser, jean: Browser) -> None:
    assert marie.go("/").path == "/"
    chooses(proven(room), NEW)
    assert marie.go("/").path != "/"
    assert jean.go("/").path == "/"


RULES = [("Abc-1", "au moins 9 signes"), ("tournesol+4827", "majuscule"), ("TOURNESOL+4827", "minuscule"),
         ("Tournesol+abcd", "chiffre"), ("Tournesol4827", "signe spécial")]


@pytest.mark.parametrize(("typed", "cure"), RULES)
def test_each_rule_of_the_password_is_told(room: Room, typed: str, cure: str) -> None:
    marie = chooses(proven(room), typed)
    assert marie.status == 422
    assert cure in text_of(marie.page.find(id="password-error"))


def test_a_password_holds_nothing_personal_and_is_typed_twice(room: Room) -> None:
    marie = proven(room)
    first_name = room.card(1).name.split()[0]
    assert chooses(marie, f"{first_name}+Abcd9876").sees("nlevez votre nom, votre prénom")
    assert chooses(marie, f"A+{room.card(1).identifier}1").sees("nlevez votre identifiant")
    assert marie.submit("Enregistrer", password=NEW, again=f"{NEW}x").sees("ne sont pas pareils")
    assert chooses(marie, NEW).path == f"/atelier/{room.code}"


MIDDLE = ["identifiant-oublie/code", "identifiant-oublie/trouve", "mot-de-passe-oublie/code", "mot-de-passe-oublie/nouveau"]


@pytest.mark.parametrize("page", MIDDLE)
def test_a_page_of_the_middle_leads_to_the_beginning(room: Room, page: str) -> None:
    person = at_the_door(room).go(f"/{page}")
    assert person.path == f"/{page.split('/')[0]}"
    assert person.sees("Commencez ici")
    assert Browser(room.app, "Jean").go(f"/{page}").path == "/rejoindre"


def test_the_back_button_never_does_anything_twice(room: Room) -> None:
    marie = proven(room)
    assert marie.go("/mot-de-passe-oublie/code").path == "/mot-de-passe-oublie/nouveau"
    form = marie._form_of("Enregistrer")
    chooses(marie, NEW)
    marie._send(form, "/mot-de-passe-oublie/nouveau", {"password": "Autre+48271", "again": "Autre+48271"} | {"csrf_token": form.find("input")["value"]})
    assert marie.heading == "Mot de passe oublié"
    marie.go(f"/atelier/{room.code}").submit("Se connecter", identifier=room.card(1).identifier, password=NEW)
    assert marie.heading == CODE


def test_the_two_go_on_in_two_windows(room: Room) -> None:
    marie = asks_identifier(room, contact=known_of(room)[1])
    first = code_on_the_phone(marie)
    marie.go("/mot-de-passe-oublie").submit(ASK, identifier=room.card(1).identifier)
    second = code_on_the_phone(marie)
    marie.go("/identifiant-oublie/code").submit("Valider", code=first)
    assert marie.heading == "Voici votre identifiant"
    assert marie.go("/mot-de-passe-oublie/code").submit("Valider", code=second).heading == "Choisir un nouveau mot de passe"


def test_what_was_proven_a_quarter_of_an_hour_ago_is_to_prove_again(room: Room) -> None:
    marie = proven(room)
    later(room, timedelta(minutes=16))
    assert chooses(marie, NEW).heading == "Mot de passe oublié"


def test_what_a_trainer_put_back_is_to_prove_again(room: Room) -> None:
    marie = proven(room)
    with room.inside():
        life.put(room.record(1), Start.ACTIVE)
    assert marie.go("/mot-de-passe-oublie/nouveau").heading == "Mot de passe oublié"


@pytest.mark.parametrize("contact", ["marie", "12 rue des Lilas", "01 99 00 12 34"])
def test_what_is_neither_an_address_nor_a_mobile_is_explained(room: Room, contact: str) -> None:
    assert asks_identifier(room, contact=contact).sees("Ce n’est ni une adresse e-mail ni un numéro de mobile")


def test_a_real_address_is_refused(room: Room) -> None:
    assert asks_identifier(room, contact="marie@" + "orange.fr").sees("pourrait être celle d’une vraie personne")


def test_the_cookie_holds_no_identifier_nor_contact(room: Room) -> None:
    marie = proven(room)
    with marie.client.session_transaction("/") as session:
        kept = str(dict(session))
    assert room.card(1).identifier not in kept
    assert not any(contact in kept for contact in known_of(room)[:2])
    assert str(clock.today().year) not in known_of(room)[2]


@pytest.mark.parametrize("page", ["identifiant-oublie", "mot-de-passe-oublie", *MIDDLE])
def test_while_the_room_is_shut_nobody_recovers_anything(room: Room, page: str) -> None:
    person = at_the_door(room)
    shut(room)
    assert person.go(f"/{page}").path == f"/atelier/{room.code}"
