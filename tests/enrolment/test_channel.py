"""By which way the code comes; and what to do when the Assurance Maladie knows none."""

from __future__ import annotations

import pytest

from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import inbox
from sandbox.workshops.starts import Start
from tests.enrolment.applicant import at_the_door
from tests.room import Room

WHICH = "Comment recevoir votre code ?"


def last_channel(room: Room) -> Channel:
    with room.inside():
        return inbox(room.record(1).owner, 1)[0].channel


@pytest.mark.practises("A05")
def test_marie_chooses_how_the_code_comes_and_meets_the_unknown_contact(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    with room.inside():
        phone, email = room.record(1).phone, room.record(1).email
    assert marie.browser.sees(f"06 •• •• •• {phone[-2:]}")
    assert not marie.browser.sees(phone)
    assert not marie.browser.sees(email)
    for channel in Channel:
        assert marie.ask_for_code(channel.value).heading == "Recopiez votre code"
        assert last_channel(room) is channel
        marie.browser.click("Recevoir le code autrement")
    unknown = at_the_door(room, start=Start.CONTACT_UNKNOWN)
    unknown.identify()
    assert unknown.browser.sees("L’Assurance Maladie ne connaît ni votre mobile ni votre e-mail")
    unknown.browser.click("Donner mon mobile et mon e-mail").submit("Enregistrer", mobile=phone, email=email)
    unknown.browser.click("Revenir choisir comment recevoir le code")
    assert unknown.ask_for_code("email").heading == "Recopiez votre code"


def test_the_unknown_contact_leaves_the_post_and_says_how_long_it_takes(room: Room) -> None:
    marie = at_the_door(room, start=Start.CONTACT_UNKNOWN)
    marie.identify()
    offered = [option["value"] for option in marie.browser.page.find_all("input", {"name": "channel"})]
    assert offered == ["post"]
    assert marie.browser.sees("Par SMS : impossible")
    assert marie.browser.sees("une dizaine de jours")
    assert marie.ask_for_code("post").submit("Valider", code=marie.received()).path == "/activation/identifiants"


def test_a_channel_that_is_not_known_cannot_be_forced(room: Room) -> None:
    marie = at_the_door(room, start=Start.CONTACT_UNKNOWN)
    marie.identify()
    assert marie.ask_for_code("sms").status == 422


@pytest.mark.parametrize(
    ("mobile", "email", "said"),
    [
        ("", "", "Écrivez au moins votre mobile ou votre adresse e-mail"),
        ("06 39 98 00 00", "", "Ce n’est pas le numéro de votre carte d’exercice"),
        ("06 12 34 56 78", "", "pourrait être celui d’une vraie personne"),
        ("", "marie@vraie-poste.fr", "pourrait être celle d’une vraie personne"),
        ("", "autre@courriel.example", "Ce n’est pas l’adresse de votre carte d’exercice"),
        ("bonjour", "", "Écrivez seulement des chiffres"),
    ],
)
def test_the_account_of_the_fund_takes_what_the_card_says_and_nothing_real(
    room: Room, mobile: str, email: str, said: str
) -> None:
    with room.inside():
        room.record(1).phone = "06 39 98 12 34"
    marie = at_the_door(room, start=Start.CONTACT_UNKNOWN)
    marie.identify()
    marie.browser.go("/compte-caisse-simule/").submit("Enregistrer", mobile=mobile, email=email)
    assert marie.browser.status == 422
    assert marie.browser.sees(said)
    with room.inside():
        assert room.record(1).reach == ""


def test_the_account_of_the_fund_opens_for_nobody(room: Room) -> None:
    marie = at_the_door(room)
    assert marie.browser.go("/compte-caisse-simule/").sees("quand on sait qui vous êtes")
    assert marie.browser.click("Aller à l’activation").heading == "Activer mon espace"
