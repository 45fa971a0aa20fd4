"""Getting in, as the person holding a card does."""

from __future__ import annotations

from sandbox.account import life
from sandbox.workshops.starts import Start
from tests.account.at_the_door import allow_quick_entry, at_the_door, code_on_the_phone, known_of
from tests.browser import Browser, text_of
from tests.room import Room, open_room


def test_somebody_joins_with_the_code_of_the_room_and_their_card(room: Room) -> None:
    card = room.card(1)
    person = Browser(room.app, "Marie")
    person.go("/rejoindre").submit("Continuer", code=room.code.lower())
    person.submit("Se connecter", identifier=card.identifier.upper(), password=card.password)
    assert person.heading == "Saisir le code reçu"
    person.submit("Valider", code=code_on_the_phone(person))
    assert person.path == "/"
    assert card.name.split()[0] in person.heading


def test_unknown_and_closed_workshops_get_the_same_answer(room: Room) -> None:
    person = Browser(room.app, "Marie").go("/rejoindre").submit("Continuer", code="ZZZZZZ")
    assert person.status == 422
    assert person.sees("Aucun atelier ouvert n’a ce code")


def test_the_quick_way_in_is_one_press_on_a_card(room: Room) -> None:
    allow_quick_entry(room)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").submit("Entrer")
    assert person.path == "/"


def test_a_card_whose_space_waits_to_be_activated_leads_to_the_activation(room: Room) -> None:
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    assert Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").path.startswith("/activation")


def test_a_card_no_longer_fills_in_a_password_that_was_changed_since(room: Room) -> None:
    with room.inside():
        room.record(1).owner.password_hash = room.record(2).owner.password_hash
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}")
    assert person.sees("Celui que vous avez choisi")
    assert not person.page.find("input", attrs={"name": "password"}).get("value")


def test_the_door_shows_every_way_in(room: Room) -> None:
    ways = at_the_door(room).links()
    for words in ("FranceConnect (simulé)", "Je n’ai pas encore activé mon espace", "Identifiant oublié",
                  "Mot de passe oublié", "M’opposer à la création"):
        assert any(words in way for way in ways), words
    assert not any("numéro de place" in way for way in ways)


def test_the_easy_way_is_the_main_one_while_it_is_open(room: Room) -> None:
    allow_quick_entry(room)
    main = at_the_door(room).page.find(class_="primary")
    assert text_of(main) == "Entrer avec mon numéro de place"


def test_whoever_is_signed_in_is_told_at_the_door(room: Room, marie: Browser) -> None:
    marie.go(f"/atelier/{room.code}")
    assert marie.sees("Quelqu’un est déjà connecté ici")
    assert marie.submit("Personne suivante").heading == "Se connecter"
    assert not marie.sees("Quelqu’un est déjà connecté ici")


def test_the_door_of_another_workshop_lets_nobody_in_as_before(room: Room, marie: Browser) -> None:
    other = open_room(room.app, seats=1, seed="tests")  # the same seed: the same refs
    assert marie.go(f"/atelier/{other.code}").heading == "Se connecter"
    assert known_of(marie) == {"workshop", "world"}
    assert marie.go("/documents/").path == f"/atelier/{other.code}"
