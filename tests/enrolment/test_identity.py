"""Saying who one is: birth date, social-security number, serial number of either card."""

from __future__ import annotations

import pytest

from sandbox.account.models import Life
from sandbox.numbers import key
from sandbox.workshops.people import PHOTO_PREFIX
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.enrolment.applicant import PHOTO, PLAIN, at_the_door, give_card, pass_time
from tests.room import Room

CAUSES = "Cela arrive souvent. Vérifiez trois choses"


@pytest.mark.practises("A02")
def test_marie_begins_by_hand_or_with_the_simulated_franceconnect(room: Room) -> None:
    browser, card = at_the_door(room).browser.go("/activation/"), room.card(1)
    assert browser.sees("Votre espace est créé. Il n’est pas encore activé.")
    assert browser.click("Continuer sans FranceConnect").sees("Étape 1 sur 8")
    browser.click("Autre façon d’activer").click("Continuer avec FranceConnect+ (simulé)")
    assert browser.path.startswith("/franceconnect-simule")
    assert browser.sees("simulé — exercice")
    browser.submit("Identité Valbrune").submit("Continuer", identifier=card.identifier, password=card.password)
    assert browser.submit("Continuer vers").path == "/activation/identifiants"
    assert browser.sees("Étape 1 sur 4")


def test_franceconnect_for_a_space_that_is_active_says_so(room: Room) -> None:
    browser, card = at_the_door(room, start=Start.ACTIVE).browser, room.card(1)
    browser.go("/franceconnect-simule/?pour=activation").submit("Identité Valbrune")
    browser.submit("Continuer", identifier=card.identifier, password=card.password).submit("Continuer vers")
    assert browser.heading == "Votre espace est déjà activé"


@pytest.mark.practises("A03")
@pytest.mark.parametrize(("kind", "drawn"), [(PHOTO, "card-back."), (PLAIN, "card-back-plain.")])
def test_marie_identifies_with_either_card_shown_where_to_look(room: Room, kind: str, drawn: str) -> None:
    give_card(room, 1, kind)
    marie = at_the_door(room)
    browser = marie.prepare()
    pictures = [(str(image["src"]), str(image["alt"])) for image in browser.page.find_all("img")]
    assert any("card-nir" in source and "sous le nom" in words for source, words in pictures)
    assert any(drawn in source and "numéro de série" in words for source, words in pictures)
    assert (browser.page.find(id="serial-prefix") is not None) is (kind == PHOTO)
    wrong = marie.nir[:-1] + str((int(marie.nir[-1]) + 1) % 10)
    assert browser.submit("Continuer", **marie.facts | {"nir": wrong}).sees("Un chiffre est faux dans ce numéro")
    assert browser.submit("Continuer", **marie.facts | {"serial": "1234567"}).sees("vous en avez écrit 7")
    assert browser.submit("Continuer", **marie.facts).heading == "Comment recevoir votre code ?"


def test_a_serial_pasted_whole_is_taken_with_its_prefix(room: Room) -> None:
    give_card(room, 1, PHOTO)
    marie = at_the_door(room)
    browser = marie.identify(serial=f"{PHOTO_PREFIX[:6]} {PHOTO_PREFIX[6:]} 12345678901")
    assert browser.heading == "Comment recevoir votre code ?"


def test_a_short_serial_that_looks_like_a_telephone_number_is_taken(room: Room) -> None:
    with room.inside():
        room.record(1).vitale_serial = "0612345678"
    assert at_the_door(room).identify().heading == "Comment recevoir votre code ?"


def test_a_number_is_told_how_long_it_is_and_what_was_typed_stays(room: Room) -> None:
    marie = at_the_door(room)
    browser = marie.identify(nir="2 58 03")
    assert browser.status == 422
    assert browser.sees("Ce numéro a 15 chiffres, vous en avez écrit 5")
    kept = browser.page.find(id="serial")
    assert kept is not None
    assert kept["value"] == marie.typed_serial


def test_corsica_and_lower_case_are_read(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        record.birth_code, record.birth_place = "2A004", "Ajaccio"
    marie = at_the_door(room)
    assert "2A" in marie.nir
    assert marie.identify(nir=marie.nir.lower()).heading == "Comment recevoir votre code ?"


@pytest.mark.parametrize("wrong", ["birth", "serial", "nobody"])
def test_what_matches_nobody_is_told_alike_with_the_usual_causes(room: Room, wrong: str) -> None:
    marie = at_the_door(room)
    nobody = f"{marie.nir[:5]}99999000"
    facts = {
        "birth": {"birth": "1950-01-01"}, "serial": {"serial": marie.typed_serial[::-1]},
        "nobody": {"nir": nobody + key(nobody)},
    }[wrong]
    browser = marie.identify(**facts)
    assert browser.status == 422
    assert browser.sees("Nous n’avons pas trouvé votre espace avec ces trois informations")
    assert browser.sees(CAUSES)


def test_five_wrong_tries_lock_this_account_and_nobody_else(room: Room) -> None:
    marie, jean = at_the_door(room, 1), at_the_door(room, 2)
    browser = marie.identify(birth="1950-01-01")
    for _ in range(4):
        browser.submit("Continuer", **marie.facts | {"birth": "1950-01-01"})
    assert browser.sees("Trop d’essais")
    assert browser.submit("Continuer", **marie.facts).sees("Trop d’essais")
    assert jean.identify().heading == "Comment recevoir votre code ?"
    pass_time(room, minutes=2)
    assert browser.submit("Continuer", **marie.facts).heading == "Comment recevoir votre code ?"


def test_a_real_number_is_refused_and_counted(room: Room) -> None:
    marie = at_the_door(room)
    real = "2580375114001"
    assert marie.identify(nir=real + key(real)).sees("pourrait être celui d’une vraie personne")
    give_card(room, 1, PLAIN)
    assert marie.identify(serial=real + key(real)).sees("pourrait être celui d’une vraie personne")


def test_a_minor_is_led_to_their_parent_and_an_adult_to_themselves(room: Room) -> None:
    marie = at_the_door(room)
    browser = marie.identify(birth="2019-03-12")
    assert browser.sees("C’est pour un enfant ?")
    browser.click("Activer pour un enfant").submit("Continuer", card=marie.card)
    assert browser.heading == "Qui êtes-vous, et qui est l’enfant ?"
    assert browser.submit("Continuer", **marie.facts).sees("Cette personne a 18 ans ou plus")
    assert browser.click("Activer pour moi").submit("Continuer", card=marie.card).heading == "Qui êtes-vous ?"


@pytest.mark.practises("A18")
def test_each_space_that_cannot_be_activated_says_the_way_out(room: Room) -> None:
    active = at_the_door(room, 1, Start.ACTIVE).identify()
    assert active.heading == "Votre espace est déjà activé"
    assert {"Se connecter", "J’ai oublié mon identifiant", "J’ai oublié mon mot de passe"} <= set(active.links())
    assert active.click("Se connecter").heading == "Se connecter"
    opposed = at_the_door(room, 2, Start.OPPOSED).identify()
    assert opposed.heading == "Votre espace ne peut pas être activé"
    assert opposed.click("Retirer mon opposition").path.startswith("/opposition")
    closed = at_the_door(room, 3, Start.CLOSED).identify()
    assert closed.sees("Un espace fermé ne s’active pas")
    closed.click("Rouvrir mon espace")  # whoever has not given their password yet gives it first
    card = room.card(3)
    assert closed.submit("Se connecter", identifier=card.identifier, password=card.password).path.startswith("/espace-clos")


def test_a_stranger_learns_nothing_of_a_space_from_the_number_alone(room: Room) -> None:
    marie = at_the_door(room, 1, Start.CLOSED)
    browser = marie.identify(birth="1950-01-01")
    assert browser.sees("Nous n’avons pas trouvé votre espace")
    assert not browser.sees("fermé")
    assert marie.life() is Life.CLOSED


def test_somebody_of_the_room_with_an_active_space_is_told_at_once(room: Room) -> None:
    marie = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").go("/activation/")
    assert marie.sees("Votre espace est déjà activé")
    assert not marie.sees("Il n’est pas encore activé")


@pytest.mark.parametrize("typed", ["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y", "%d%m%Y"])
def test_the_birth_date_is_typed_as_one_writes_it(room: Room, typed: str) -> None:
    marie = at_the_door(room)
    browser = marie.identify(birth=marie.born.strftime(typed))
    assert browser.heading == "Comment recevoir votre code ?"
    field = browser.click("Qui êtes-vous").page.find(id="birth")
    assert field
    assert field["type"] == "text"


@pytest.mark.parametrize(("start", "way"), [(Start.OPPOSED, "Voir mon opposition"), (Start.CLOSED, "Rouvrir mon espace")])
def test_a_shut_space_is_not_said_to_be_only_created(room: Room, start: Start, way: str) -> None:
    browser, card = at_the_door(room, start=start).browser, room.card(1)
    browser.go(f"/carte/{card.token}").go("/activation/")
    assert not browser.sees("Votre espace est créé")
    assert browser.click(way).heading in {"Votre opposition est enregistrée", "Votre espace est clos"}
