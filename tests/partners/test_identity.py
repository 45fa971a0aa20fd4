"""The simulated FranceConnect: accepted, refused, interrupted, and found again in any order."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from sandbox.account import life
from sandbox.db import db
from sandbox.workshops.starts import Start
from tests.account.at_the_door import at_the_door, later, shut
from tests.browser import Browser, form_values, text_of
from tests.room import Room, open_room

CHOICE = "/franceconnect-simule/"
INTERRUPTED = "La connexion par FranceConnect a été interrompue"
AGREES = "Continuer vers"


def at_the_provider(room: Room, wish: str = "connexion") -> Browser:
    return at_the_door(room).go(f"{CHOICE}?pour={wish}").submit("Identité Valbrune")


def recognised(room: Room, wish: str = "connexion") -> Browser:
    """Before the consent, once the provider knows that it is Marie."""
    return shows_card(room, at_the_provider(room, wish))


def shows_card(room: Room, person: Browser) -> Browser:
    return person.submit("Continuer", identifier=room.card(1).identifier, password=room.card(1).password)


def put(room: Room, start: Start) -> None:
    with room.inside():
        life.put(room.record(1), start)


def answers_without_going(person: Browser) -> str:
    """The way back that the consent page leads to, not taken yet."""
    form = person._form_of(AGREES)
    answer = person.client.post(str(form["action"]), data=form_values(form) | {"reponse": "oui"})
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


@pytest.mark.practises("A11")
def test_marie_signs_in_with_an_account_that_she_has_elsewhere(room: Room) -> None:
    marie = at_the_door(room).go(f"{CHOICE}?pour=connexion")
    assert (marie.heading, marie.sees("simulé — exercice")) == ("Choisir un compte", True)
    marie.submit("Courrier du Bourg")
    assert marie.heading == "Me connecter à Courrier du Bourg"
    assert marie.sees("ceci est un autre site")
    marie.submit("Continuer", identifier=room.card(1).identifier.upper(), password=room.card(1).password)
    assert marie.heading == "Ce qui va être transmis"
    assert marie.submit(AGREES).path == "/"
    assert room.card(1).name.split()[0] in marie.heading
    assert marie.go("/historique/").sees("par FranceConnect (simulé)")


def test_what_would_be_sent_is_told_with_its_values_and_to_whom(room: Room) -> None:
    marie = recognised(room)
    with room.inside():
        record = room.record(1)
        expected = [record.family_name, record.first_name, "Féminin" if record.sex == "F" else "Masculin", record.birth_place]
    told = [text_of(value) for value in marie.page.select(".facts dd")]
    assert [*told[:3], told[4]] == expected
    assert marie.sees("À qui : « Mon espace santé » (entraînement)")


def test_refusing_sends_nothing_and_offers_the_other_ways(room: Room) -> None:
    marie = recognised(room)
    consent = marie.path
    marie.submit("Refuser")
    assert marie.heading == "Vous avez refusé : rien n’a été transmis"
    assert marie.page.html["data-audience"] == "entry"
    assert marie.go("/").path != "/"
    assert marie.go(consent).heading == "Choisir un compte"
    marie.go("/franceconnect-simule/refus").click("Me connecter avec mon identifiant")
    assert marie.path == f"/atelier/{room.code}"


def test_giving_up_at_the_provider_is_an_interruption_to_begin_again(room: Room) -> None:
    marie = at_the_provider(room).submit("Annuler")
    assert marie.heading == INTERRUPTED
    marie.click("Recommencer").submit("Identité Valbrune")
    assert shows_card(room, marie).submit(AGREES).path == "/"


@pytest.mark.parametrize("wish", ["connexion", "activation"])
def test_ten_minutes_at_the_provider_are_too_long(room: Room, wish: str) -> None:
    put(room, Start.CREATED)
    marie = at_the_provider(room, wish)
    later(room, timedelta(minutes=9))
    shows_card(room, marie)
    assert marie.heading == "Ce qui va être transmis"
    later(room, timedelta(minutes=2))
    assert marie.submit(AGREES).heading == INTERRUPTED
    assert marie.path.endswith(f"pour={wish}")


def test_an_answer_too_late_on_its_way_back_is_an_interruption(room: Room) -> None:
    marie = recognised(room)
    back = answers_without_going(marie)
    later(room, timedelta(minutes=11))
    assert marie.go(back).heading == INTERRUPTED


def test_the_way_back_serves_once(room: Room) -> None:
    put(room, Start.CREATED)
    marie = recognised(room)
    back = answers_without_going(marie)
    assert marie.go(back).path.startswith("/activation")
    assert marie.go(back).heading == INTERRUPTED


def test_the_way_back_serves_in_the_browser_that_asked_and_after_a_yes(room: Room) -> None:
    marie = recognised(room)
    nonce = marie.path.split("/")[2]
    assert marie.go(f"/franceconnect-simule/retour?etat={nonce}").heading == "Ce qui va être transmis"
    back = answers_without_going(marie)
    thief = at_the_door(room).go(back)
    assert thief.heading == INTERRUPTED
    assert marie.go(back).path == "/"


def test_two_windows_each_have_their_question(room: Room) -> None:
    marie = at_the_provider(room)
    first = marie.path
    second = marie.go(CHOICE).submit("Courrier du Bourg").path
    shows_card(room, marie.go(first))
    shows_card(room, marie.go(second)).submit(AGREES)
    assert marie.path == "/"
    assert marie.go(first).sees("Quelqu’un est déjà connecté ici")
    assert marie.click("Continuer comme").path == "/"


@pytest.mark.parametrize("page", ["zzzzzz/compte", "zzzzzz/accord"])
def test_a_bookmarked_page_of_the_middle_leads_back_to_the_choice(room: Room, page: str) -> None:
    marie = at_the_door(room).go(f"{CHOICE}{page}")
    assert marie.heading == "Choisir un compte"
    assert marie.sees("ne sert qu’une fois")


def test_the_consent_comes_after_the_sign_in(room: Room) -> None:
    marie = at_the_provider(room)
    marie.go(marie.path.replace("/compte", "/accord"))
    assert marie.heading == "Me connecter à Identité Valbrune"


def test_an_account_that_does_not_answer_today_cannot_be_chosen(room: Room) -> None:
    marie = at_the_door(room).go(CHOICE)
    assert marie.sees("Indisponible aujourd’hui")
    form = form_values(marie._form_of("Identité Valbrune")) | {"compte": "impots"}
    marie._met(marie.client.post(CHOICE, data=form, follow_redirects=True))
    assert marie.heading == "Choisir un compte"
    assert marie.sees("n’est pas disponible aujourd’hui")


def test_five_wrong_passwords_lock_this_account_a_minute(room: Room) -> None:
    marie, card = at_the_provider(room), room.card(1)
    for _ in range(4):
        assert marie.submit("Continuer", identifier=card.identifier, password="Non-0000").sees("n’est pas le bon")
    assert marie.submit("Continuer", identifier=card.identifier, password="Non-0000").sees("une petite pause")
    assert shows_card(room, marie).sees("une petite pause")
    other = at_the_provider(room)
    other.submit("Continuer", identifier=room.card(2).identifier, password=room.card(2).password)
    assert other.heading == "Ce qui va être transmis"
    later(room, timedelta(seconds=61))
    assert shows_card(room, marie).heading == "Ce qui va être transmis"


def test_what_was_chosen_on_the_portal_changes_nothing_at_the_provider(room: Room) -> None:
    with room.inside():
        user = room.record(1).owner
        user.identifier, user.password_hash = "marie.a.choisi", ""
    marie = at_the_provider(room)
    assert marie.submit("Continuer", identifier="marie.a.choisi", password=room.card(1).password).status == 422
    assert shows_card(room, marie).heading == "Ce qui va être transmis"


@pytest.mark.parametrize("identifier", ["dr-lemoine", "personne", ""])
def test_only_the_card_of_a_seat_opens_an_account(room: Room, identifier: str) -> None:
    password = room.card(0, "dr-lemoine").password
    assert at_the_provider(room).submit("Continuer", identifier=identifier, password=password).status == 422


def test_a_real_address_is_refused_even_there(room: Room) -> None:
    marie = at_the_provider(room).submit("Continuer", identifier="marie@" + "orange.fr", password="x")
    assert marie.sees("pourrait être celle d’une vraie personne")


STARTS = [(Start.CREATED, "/activation"), (Start.OPPOSED, "/opposition"), (Start.CLOSED, "/espace-clos")]


@pytest.mark.parametrize(("start", "where"), STARTS)
def test_whoever_has_no_active_space_is_led_to_what_they_can_do(room: Room, start: Start, where: str) -> None:
    put(room, start)
    assert recognised(room).submit(AGREES).path.startswith(where)


def test_an_activation_by_franceconnect_goes_on_at_the_identifier(room: Room) -> None:
    put(room, Start.CREATED)
    marie = recognised(room, "activation").submit(AGREES)
    assert marie.path == "/activation/identifiants"
    assert marie.go(f"{CHOICE}refus?pour=activation").click("Activer sans FranceConnect").path.startswith("/activation")


def test_somebody_whom_the_trainer_took_away_is_an_interruption(room: Room) -> None:
    marie = recognised(room)
    back = answers_without_going(marie)
    with room.inside():
        room.record(1).owner.ref = "changed1"
        db.session.flush()
    assert marie.go(back).heading == INTERRUPTED


def test_the_card_of_another_workshop_opens_nothing_here(room: Room) -> None:
    card = open_room(room.app, seats=1, seed="ailleurs").card(1)
    assert at_the_provider(room).submit("Continuer", identifier=card.identifier, password=card.password).status == 422


def test_while_the_room_is_shut_nobody_is_recognised(room: Room) -> None:
    marie = recognised(room)
    back = answers_without_going(marie)
    shut(room)
    assert marie.go(back).path == f"/atelier/{room.code}"


def test_what_one_person_agreed_to_is_not_for_the_next(room: Room) -> None:
    """Marie agrees and goes away; Jean comes to the same page of the provider: he is asked too."""
    person = recognised(room)
    back = answers_without_going(person)
    page = f"{CHOICE}{back.split('=')[1]}/compte"
    person.go(page).submit("Continuer", identifier=room.card(2).identifier, password=room.card(2).password)
    assert person.heading == "Ce qui va être transmis"
    assert person.go(back).heading == "Ce qui va être transmis"
    assert person.go("/documents/").path != "/documents/"
