"""The phone in another hand: a square scanned makes a tablet the phone, and nothing more than it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from sandbox.db import db
from sandbox.mailbox.models import Channel
from sandbox.workshops import service as workshops
from sandbox.workshops.models import Workshop
from tests.browser import Browser, text_of
from tests.mailbox.phone import at_the_door, lured, screen_of, sent
from tests.room import Room

CODE = "Votre code de connexion est 123456. Il sert une seule fois."
PORTAL = [
    "/", "/documents/", "/messages/", "/profil/", "/parametres/", "/exercises/", "/notifications/",
    "/activation/", "/opposition/", "/espace-clos/", "/compte-caisse-simule/", "/franceconnect-simule/",
]


def square_of(person: Browser) -> str:
    """What another device reads in the square."""
    person.go("/telephone/").click("Mettre le téléphone sur un autre appareil")
    return urlsplit(text_of(person.page.select_one("details .phone-address"))).path


@pytest.fixture
def tablet(room: Room, marie: Browser) -> Browser:
    """A tablet that has just scanned Marie's square."""
    return Browser(room.app, "tablette").go(square_of(marie))


def shut(room: Room) -> None:
    with room.inside():
        workshops.shut_room(db.session.get_one(Workshop, room.workshop_id))


def test_the_tablet_receives_what_marie_receives(room: Room, marie: Browser, tablet: Browser) -> None:
    assert tablet.path == "/telephone/"
    with room.inside():
        name = room.record(1).owner.name
    assert tablet.sees(f"Cet appareil est maintenant le téléphone de {name}.")
    sent(room, Channel.SMS, CODE)
    live = tablet.page.find(class_="phone-screen")["data-fragment"]
    assert tablet.go(live.replace("email", "sms")).sees("123 456")
    assert str(tablet.go("/telephone/").page.body["data-live-url"]).startswith("/telephone/direct")


def test_the_tablet_hears_of_it_at_once(room: Room, tablet: Browser) -> None:
    response = tablet.client.get("/telephone/direct", buffered=False)
    heard = (chunk.decode() for chunk in response.response)
    assert next(heard).startswith("retry:")
    sent(room)
    assert '"phone"' in next(chunk for chunk in heard if chunk.startswith("id:"))
    heard.close()


@pytest.mark.parametrize("path", PORTAL)
def test_no_page_of_the_portal_is_reachable_from_it(room: Room, tablet: Browser, path: str) -> None:
    assert tablet.client.get(path).status_code == 302
    assert tablet.go(path).path == "/telephone/"
    assert tablet.sees("Cet appareil sert seulement de téléphone.")


def test_whoever_goes_in_with_it_has_an_ordinary_browser_again(room: Room, tablet: Browser) -> None:
    tablet.go(f"/carte/{room.card(2).token}")
    assert tablet.go("/documents/").path.startswith("/atelier/")
    assert tablet.go("/telephone/").page.find("button", string="Rendre ce téléphone") is None


def test_a_link_says_to_go_on_with_the_other_device(room: Room, tablet: Browser) -> None:
    ref = sent(room)
    tablet.go(f"/telephone/{ref}").click("Ouvrir mes documents")
    assert tablet.sees("Ce lien s’ouvre sur l’autre appareil")
    assert tablet.click("Revenir au message").path == f"/telephone/{ref}"


def test_a_false_message_is_reported_from_the_tablet_too(room: Room, marie: Browser, tablet: Browser) -> None:
    ref = lured(room)
    assert tablet.go(f"/telephone/{ref}").submit("Signaler ce message").sees("Bravo, c’était un faux message.")
    assert marie.go(f"/telephone/{ref}").sees("Bravo, c’était un faux message.")


def test_the_tablet_is_given_back_and_keeps_nothing(tablet: Browser) -> None:
    assert tablet.go("/telephone/").submit("Rendre ce téléphone").path == "/rejoindre"
    assert tablet.sees("Rien n’y reste.")
    assert tablet.go("/telephone/").path == "/rejoindre"


def test_once_the_room_is_shut_the_tablet_is_no_phone_any_more(room: Room, marie: Browser, tablet: Browser) -> None:
    square = square_of(marie)
    shut(room)
    assert tablet.go("/telephone/").path == f"/atelier/{room.code}"
    assert Browser(room.app, "autre").go(square).path == f"/atelier/{room.code}"
    assert screen_of(marie.go("/telephone/"))


def test_whoever_is_signed_in_on_it_is_asked_first(room: Room, marie: Browser, jean: Browser) -> None:
    square = square_of(marie)
    jean.go(square)
    assert jean.heading == "Prendre le téléphone sur cet appareil"
    assert jean.go("/documents/").path == "/documents/"
    with room.inside():
        name = room.record(1).owner.name
    assert jean.go(square).submit("Fermer cet espace et prendre le téléphone").sees(name)
    assert jean.go("/documents/").path != "/documents/"


def test_ones_own_square_changes_nothing(marie: Browser) -> None:
    assert marie.go(square_of(marie)).path == "/telephone/"
    assert marie.go("/documents/").path == "/documents/"


def test_a_square_that_somebody_made_up_opens_nothing(room: Room, marie: Browser) -> None:
    square = square_of(marie)
    for made_up in (f"{square}x", square[:-4], "/telephone/prendre/WzEsIngiXQ.zz", "/telephone/prendre/zz"):
        assert Browser(room.app, "curieux").go(made_up).path == "/rejoindre"
    assert at_the_door(room).go(f"{square}x").sees("Ce carré ne sert plus")


def test_what_the_browser_had_begun_does_not_go_along(room: Room, marie: Browser) -> None:
    square, card = square_of(marie), room.card(2)
    other = at_the_door(room).submit("Se connecter", identifier=card.identifier, password=card.password)
    assert other.go(square).path == "/telephone/"
    assert other.go("/connexion/code").path != "/connexion/code"
