"""Choosing an identifier and a password under the portal's rules, told which one fails."""

from __future__ import annotations

import threading

import pytest

from sandbox.workshops.service import matches
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.enrolment.proven import IDENTIFIER, PASSWORD, at_a_phone, proven
from tests.room import Room


def marks(person: Browser, field: str) -> dict[str, str]:
    """The rules that the page lists under a field: the sentence of each, and how it is marked."""
    lines = person.page.find(attrs={"data-field": field}).find_all("li")
    shown = [line.find("span", class_=["rule-met", "rule-todo"], hidden=False) for line in lines]
    words = [(text_of(one), text_of(one.find(["strong", "em"]))) for one in shown]
    return {sentence.removesuffix(word).strip(): word for sentence, word in words}


def error_of(person: Browser, field: str) -> str:
    return text_of(person.page.find(id=f"{field}-error"))


@pytest.mark.practises("A07")
def test_somebody_is_told_which_rule_fails_until_both_are_right(room: Room) -> None:
    marie = proven(room)
    assert set(marks(marie, "identifier").values()) == {"à faire", "vérifié ensuite"}
    marie.submit("Continuer", identifier="zoé@a.example", password="tisane", again="tisane")
    assert marie.status == 422
    assert "sans accent" in error_of(marie, "identifier")
    assert "une adresse e-mail" in error_of(marie, "identifier")
    assert "ajoutez une lettre majuscule ; ajoutez un chiffre" in error_of(marie, "password")
    assert marks(marie, "identifier")["8 signes ou plus"] == "respecté"
    assert marks(marie, "identifier")["Ni accent, ni cédille"] == "à faire"
    assert marks(marie, "password")["Une minuscule"] == "respecté"
    marie.submit("Continuer", identifier=IDENTIFIER, password=PASSWORD, again=PASSWORD)
    assert marie.heading == "Conditions d’utilisation"


def test_what_is_chosen_opens_the_space_and_no_secret_is_in_the_cookie(room: Room) -> None:
    marie = proven(room).submit("Continuer", identifier=f" {IDENTIFIER.upper()} ", password=PASSWORD, again=PASSWORD)
    with room.inside():
        owner = room.record(1).owner
        assert owner.identifier == IDENTIFIER
        assert matches(PASSWORD, owner.password_hash)
    with marie.client.session_transaction() as session:
        assert PASSWORD not in str(dict(session))
        assert owner.password_hash not in str(dict(session))


def test_the_keys_printed_on_the_card_may_be_chosen(room: Room) -> None:
    card, marie = room.card(1), proven(room)
    assert marie.sees("Recopiez ceux de votre carte")
    marie.submit("Continuer", identifier=card.identifier, password=card.password, again=card.password)
    assert marie.heading == "Conditions d’utilisation"


def test_a_card_that_breaks_a_rule_is_not_recommended(room: Room) -> None:
    printed = room.card(1).password
    with room.inside():
        room.record(1).family_name = printed.split("-")[0]
    assert not proven(room).sees("Recopiez ceux de votre carte")


def test_an_identifier_of_somebody_else_is_refused_with_the_cure(room: Room) -> None:
    marie = proven(room).submit("Continuer", identifier=room.card(2).identifier, password=PASSWORD, again=PASSWORD)
    assert marie.status == 422
    assert "uelqu’un l’a déjà : ajoutez un chiffre" in error_of(marie, "identifier")


def test_two_passwords_that_differ_are_told_and_nothing_is_lost(room: Room) -> None:
    marie = proven(room).submit("Continuer", identifier=IDENTIFIER, password=PASSWORD, again=PASSWORD.lower())
    assert "ne sont pas pareils" in error_of(marie, "again")
    assert not marie.page.find(id="password-error")
    assert marie.page.find(id="identifier")["value"] == IDENTIFIER


def test_names_birth_and_identifier_are_no_password(room: Room) -> None:
    marie = proven(room)
    with room.inside():
        record = room.record(1)
        name, year = record.family_name, record.birth_date.year
    for password in (f"{name}-Secret-3", f"Tisane-{year}", f"X{IDENTIFIER}-X"):
        marie.submit("Continuer", identifier=IDENTIFIER, password=password, again=password)
        assert "nlevez votre" in error_of(marie, "password"), password


def test_a_real_number_or_address_is_refused_and_kept_nowhere(room: Room) -> None:
    printed = room.card(1).identifier
    marie = proven(room).submit("Continuer", identifier="marie@gmail.com", password=PASSWORD, again=PASSWORD)
    assert "pourrait être celle d’une vraie personne" in error_of(marie, "identifier")
    with room.inside():
        assert room.record(1).owner.identifier == printed


def test_a_long_password_is_refused_before_it_is_cut(room: Room) -> None:
    long = "Tisane-3" * 10
    marie = proven(room).submit("Continuer", identifier=IDENTIFIER, password=long, again=long)
    assert "crivez 60 signes au plus" in error_of(marie, "password")


def test_of_two_who_choose_the_same_at_once_one_keeps_it(room: Room) -> None:
    pair = [proven(room, 1), proven(room, 2)]
    chosen = {"identifier": IDENTIFIER, "password": PASSWORD, "again": PASSWORD}
    threads = [threading.Thread(target=one.submit, args=["Continuer"], kwargs=chosen) for one in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status for one in pair) == [200, 422]


@pytest.mark.browser
def test_on_a_phone_each_rule_is_marked_as_one_types(people: Cast, room: Room) -> None:
    marie = at_a_phone(people, proven(room)).go("/activation/identifiants")
    marie.write("Identifiant", "court").press("Continuer").write("Identifiant", IDENTIFIER)
    assert marie.page.locator("#identifier-error").count() == 0
    lines = marie.page.locator("[data-field=password] li")
    marie.write("Mot de passe", "tisane")
    assert "à faire" in lines.filter(has_text="majuscule").inner_text()
    assert "respecté" in lines.filter(has_text="minuscule").inner_text()
    marie.write("Identifiant", IDENTIFIER).write("Mot de passe", f"Une-{IDENTIFIER}")
    assert "à faire" in lines.filter(has_text="identifiant").inner_text()
    marie.write("Identifiant", "autre.chose")
    assert lines.get_by_text("à faire").locator("visible=true").count() == 0
    marie.page.get_by_role("button", name="Afficher le mot de passe").first.click()
    assert marie.look().page.get_by_label("Mot de passe").first.get_attribute("type") == "text"
