"""A computer that several people use: what stays of each (nothing), and a session that ends by itself."""

from __future__ import annotations

import pytest

from sandbox.account import life
from sandbox.acts import SignedOut
from tests.account.at_the_door import (
    allow_quick_entry,
    code_on_the_phone,
    known_of,
    press,
    settings,
    shut,
)
from tests.browser import Browser
from tests.partners.test_identity import AGREES
from tests.room import Room

LETTER = "Bonjour docteur, je vais mieux, merci beaucoup."
PAGES = ["/", "/documents/", "/messages/", "/profil/", "/telephone/", "/historique/"]


def expire(room: Room, seat: int = 1) -> None:
    with room.inside():
        life.expire_sessions(room.record(seat).owner)


def sign_in(person: Browser, room: Room, seat: int) -> Browser:
    card = room.card(seat)
    person.submit("Se connecter", identifier=card.identifier, password=card.password)
    return person.submit("Valider", code=code_on_the_phone(person))


@pytest.mark.practises("A17")
def test_marie_signs_out_then_meets_an_expired_session_and_comes_back_to_her_page(room: Room, marie: Browser) -> None:
    marie.go("/documents/").submit("Se déconnecter")
    assert marie.sees("Rien de vous ne reste sur cet ordinateur")
    assert marie.sees("revenez en arrière avec la flèche du navigateur : le site demande de se connecter")
    assert marie.go("/documents/").heading == "Se connecter"
    assert sign_in(marie, room, 1).path == "/documents/"
    marie.go("/documents/?categorie=BIOLOGIE")
    expire(room)
    assert marie.go("/documents/?categorie=BIOLOGIE").heading == "Votre session est terminée"
    assert sign_in(marie.click("Se connecter"), room, 1).path == "/documents/?categorie=BIOLOGIE"


def test_the_cookie_holds_nothing_of_who_left(room: Room, marie: Browser) -> None:
    marie.go("/").submit("Se déconnecter")
    assert known_of(marie) == {"workshop", "world"}
    with marie.client.session_transaction("/") as session:
        kept = str(dict(session))
    card = room.card(1)
    assert card.ref not in kept
    assert card.identifier not in kept
    assert card.name not in kept


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_and_going_back_shows_nothing(room: Room, marie: Browser, path: str) -> None:
    assert marie.client.get(path).headers["Cache-Control"] == "no-store"
    marie.go("/").submit("Se déconnecter")
    assert marie.go(path).path in {f"/atelier/{room.code}", "/prendre-un-telephone"}
    assert not marie.sees(room.card(1).name)


def test_signing_out_is_in_the_history(room: Room, marie: Browser) -> None:
    marie.go("/").submit("Se déconnecter")
    assert room.learner(1).go("/historique/").sees(SignedOut.phrase)


def test_the_next_person_takes_over_in_one_press(room: Room, marie: Browser) -> None:
    allow_quick_entry(room)
    marie.go("/documents/").submit("Personne suivante")
    assert marie.heading == "Entrer avec ma place"
    assert marie.sees("C’est à la personne suivante")
    assert known_of(marie) == {"workshop", "world"}
    jean = press(marie.submit("Continuer", seat="2"), room, seat=2)
    assert jean.path == "/"
    assert jean.sees(room.card(2).name)


def test_the_next_person_finds_the_sign_in_where_there_is_no_easy_way(room: Room, marie: Browser) -> None:
    assert marie.go("/").submit("Personne suivante").heading == "Se connecter"
    settings(room, quick_entry=True)
    shut(room)
    assert room.learner(1).go("/").submit("Personne suivante").heading == "La salle n’est plus ouverte"


def test_signing_out_twice_or_without_being_in_breaks_nothing(room: Room, marie: Browser) -> None:
    marie.go("/")
    other_tab = Browser(room.app, "autre onglet")
    other_tab.client, other_tab.page, other_tab.path = marie.client, marie.page, marie.path
    marie.submit("Se déconnecter")
    other_tab.submit("Se déconnecter")
    assert other_tab.status in {200, 409}
    assert other_tab.go("/").heading == "Se connecter"


# --- a session that is over ---

def test_the_easy_way_comes_back_to_the_page_left_too(room: Room, marie: Browser) -> None:
    allow_quick_entry(room)
    marie.go("/agenda/")
    expire(room)
    marie.go("/agenda/").click("Se connecter").click("Entrer avec mon numéro de place")
    assert press(marie.submit("Continuer", seat="1"), room, seat=1).path == "/agenda/"


def test_the_paired_phone_comes_back_to_the_page_left_too(room: Room, marie: Browser) -> None:
    expire(room)
    card = room.card(1)
    marie.go("/messages/").click("Se connecter").submit("Se connecter", identifier=card.identifier, password=card.password)
    assert marie.click("Confirmer sur mon appareil associé").submit("Oui, c’est moi").path == "/messages/"


def test_franceconnect_comes_back_to_the_page_left_too(room: Room, marie: Browser) -> None:
    expire(room)
    card = room.card(1)
    marie.go("/agenda/").click("Se connecter").click("FranceConnect (simulé)").submit("Identité Valbrune")
    marie.submit("Continuer", identifier=card.identifier, password=card.password)
    assert marie.submit(AGREES).path == "/agenda/"


def test_the_page_left_by_somebody_is_not_opened_for_somebody_else(room: Room, marie: Browser) -> None:
    expire(room)
    assert sign_in(marie.go("/documents/").click("Se connecter"), room, 2).path == "/"


def test_a_live_part_is_never_the_page_left(room: Room, marie: Browser) -> None:
    expire(room)
    marie.go("/documents/")
    for path in ("/notifications/cloche", "/flux"):
        marie.client.get(path, headers={"Accept": "*/*", "X-Profile": "zzzzzzzz"})
    assert sign_in(marie.go(f"/atelier/{room.code}"), room, 1).path == "/documents/"


def test_a_form_sent_after_the_end_is_given_back(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Suivi de votre tension")
    left = marie.path
    expire(room)
    assert marie.submit("Envoyer", text=LETTER).status == 409
    assert marie.heading == "Votre session est terminée"
    assert marie.sees(LETTER)
    assert sign_in(marie.click("Se connecter"), room, 1).path.split("?")[0] in left


def test_other_people_stay_in(room: Room, marie: Browser, jean: Browser) -> None:
    expire(room)
    assert marie.go("/").heading == "Votre session est terminée"
    assert jean.go("/documents/").path == "/documents/"


# --- the address of a card ---

def test_a_cards_address_is_left_at_once_and_only_its_reader_finds_the_page(room: Room) -> None:
    card = room.card(1)
    marie = Browser(room.app, "Marie").go(f"/carte/{card.token}")
    assert (marie.path, marie.page.find("input", attrs={"name": "password"})["value"]) == ("/carte/", card.password)
    sign_in(marie, room, 1).go("/carte/")
    assert marie.path == "/"
    marie.submit("Personne suivante").go("/carte/")
    assert marie.path == "/rejoindre"
    assert not marie.sees(card.name)


def test_the_next_person_does_not_find_the_professional_that_marie_played(room: Room, marie: Browser) -> None:
    allow_quick_entry(room)
    marie.go(f"/pro/carte/{room.card(0, 'dr-lemoine').token}").submit("Entrer")
    assert marie.path == "/pro/"
    marie.go("/").submit("Personne suivante")
    assert marie.go("/pro/").path == "/pro/connexion"
