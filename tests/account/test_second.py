"""The second proof: six digits by SMS or e-mail, or the telephone paired with the account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.account.models import Device
from sandbox.acts import SignedInByDevice
from sandbox.clock import now
from sandbox.db import db
from tests.account.at_the_door import at_the_door, code_in_the_email, code_on_the_phone, give_password, later
from tests.browser import Browser, text_of
from tests.room import Room


def wrong_for(code: str) -> str:
    return "000000" if code != "000000" else "111111"


@pytest.mark.practises("A10")
def test_marie_signs_in_with_the_code_of_the_sms_then_with_that_of_the_email(room: Room) -> None:
    marie = give_password(room)
    assert marie.sees("vient d’arriver par SMS")
    assert marie.submit("Valider", code=code_on_the_phone(marie)).path == "/"
    marie.submit("Se déconnecter")
    card = room.card(1)
    marie.submit("Se connecter", identifier=card.identifier, password=card.password)
    marie.submit("Recevoir le code par e-mail")
    assert marie.sees("vient d’arriver par e-mail")
    assert marie.submit("Valider", code=code_in_the_email(marie)).path == "/"


def test_another_code_comes_the_way_that_was_chosen(room: Room) -> None:
    marie = give_password(room).submit("Recevoir le code par e-mail").submit("Recevoir un autre code")
    assert marie.sees("Un nouveau code est arrivé par e-mail")
    assert marie.submit("Recevoir le code par SMS").sees("Un nouveau code est arrivé par SMS")


def test_the_code_may_be_typed_with_spaces_and_dashes(room: Room) -> None:
    marie = give_password(room)
    code = code_on_the_phone(marie)
    field = marie.page.find("input", attrs={"name": "code"})
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert marie.submit("Valider", code=f" {code[:3]} - {code[3:]} ").path == "/"


def test_a_wrong_code_says_where_the_right_one_is(room: Room) -> None:
    marie = give_password(room)
    right = code_on_the_phone(marie)
    assert marie.submit("Valider", code=wrong_for(right)).status == 422
    assert marie.sees("Lisez le dernier message du téléphone simulé")
    assert marie.submit("Valider", code=right).path == "/"


def test_a_code_that_is_too_old_offers_another_one_first(room: Room) -> None:
    marie = give_password(room)
    old = code_on_the_phone(marie)
    later(room, timedelta(minutes=11))
    assert marie.submit("Valider", code=old).sees("Ce code n’est plus valable")
    main = marie.page.find("button", class_="primary")
    assert text_of(main) == "Recevoir un autre code"
    marie.submit("Recevoir un autre code")
    assert marie.submit("Valider", code=code_on_the_phone(marie)).path == "/"


def test_a_code_that_served_is_told_apart(room: Room) -> None:
    marie, elsewhere = give_password(room), None
    code = code_on_the_phone(marie)
    elsewhere = Browser(room.app, "Marie, autre onglet")
    with marie.client.session_transaction("/") as mine, elsewhere.client.session_transaction("/") as theirs:
        theirs.update(mine)
    elsewhere.go("/connexion/code")
    marie.submit("Valider", code=code)
    assert elsewhere.submit("Valider", code=code).sees("Ce code a déjà servi")
    assert elsewhere.status == 422


def test_five_wrong_codes_lock_for_a_minute_that_is_counted(room: Room) -> None:
    marie = give_password(room)
    right = code_on_the_phone(marie)
    for _ in range(5):
        marie.submit("Valider", code=wrong_for(right))
    countdown = marie.page.find(attrs={"data-behaviour": "countdown"})
    assert 0 < int(countdown["data-seconds"]) <= 60
    assert marie.sees("Vous pourrez réessayer à partir de")
    assert marie.submit("Valider", code=right).status == 422
    assert marie.go("/connexion/code").page.find(attrs={"data-behaviour": "countdown"})
    later(room, timedelta(seconds=61))
    assert marie.submit("Valider", code=right).path == "/"


def test_wrong_passwords_and_wrong_codes_count_together(room: Room) -> None:
    marie, card = at_the_door(room), room.card(1)
    for _ in range(3):
        marie.submit("Se connecter", identifier=card.identifier, password="Non-0000")
    marie.submit("Se connecter", identifier=card.identifier, password=card.password)
    right = code_on_the_phone(marie)
    marie.submit("Valider", code=wrong_for(right)).submit("Valider", code=wrong_for(right))
    assert marie.page.find(attrs={"data-behaviour": "countdown"})
    assert at_the_door(room).submit("Se connecter", identifier=card.identifier, password=card.password).status == 422
    later(room, timedelta(seconds=61))
    assert marie.submit("Valider", code=right).path == "/"


# --- the paired telephone ---

def test_marie_confirms_on_her_paired_phone(room: Room) -> None:
    marie = give_password(room).click("Confirmer sur mon appareil associé")
    assert marie.sees("Est-ce bien vous ?")
    assert marie.submit("Oui, c’est moi").path == "/"
    with room.inside():
        device = db.session.query(Device).filter(Device.user == room.record(1).owner, Device.kind == "phone").first()
        assert device is not None
        assert device.used_at is not None
        assert (now() - device.used_at) < timedelta(minutes=1)
        said = " ".join(SignedInByDevice.phrase.format(device=device).split())
    assert marie.go("/historique/").sees(said)


def test_saying_no_on_the_phone_lets_nobody_in(room: Room) -> None:
    marie = give_password(room).go("/connexion/appareil").submit("Non, ce n’est pas moi")
    assert marie.heading == "Connexion refusée"
    assert marie.sees("Changez votre mot de passe")
    assert marie.go("/connexion/code").heading == "Se connecter"
    assert marie.go("/documents/").path != "/documents/"


def test_a_revoked_phone_confirms_nothing(room: Room) -> None:
    marie = give_password(room)
    with room.inside():
        for device in db.session.query(Device).filter(Device.user == room.record(1).owner):
            device.revoked_at = now()
    marie.go("/connexion/code")
    assert not marie.sees("Confirmer sur mon appareil associé")
    assert marie.go("/connexion/appareil").heading == "Saisir le code reçu"


def test_a_locked_account_is_not_let_in_by_its_phone(room: Room) -> None:
    marie = give_password(room)
    wrong = wrong_for(code_on_the_phone(marie))
    for _ in range(5):
        marie.submit("Valider", code=wrong)
    marie.go("/connexion/appareil").submit("Oui, c’est moi")
    assert marie.heading == "Confirmer sur mon appareil"
    assert marie.page.find(attrs={"data-behaviour": "countdown"})


@pytest.mark.parametrize("path", ["/connexion/code", "/connexion/appareil"])
def test_pages_of_the_second_proof_lead_to_where_one_is(room: Room, marie: Browser, path: str) -> None:
    assert Browser(room.app, "Jean").go(path).path == "/rejoindre"
    assert at_the_door(room).go(path).heading == "Se connecter"
    assert marie.go(path).path == "/"
