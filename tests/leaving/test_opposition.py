"""Objecting to the creation: within six weeks, with a proof, and gone back on."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from pypdf import PdfReader

from sandbox.leaving import proof
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.leaving.people import at_the_door, days_go_by, done, life_of, numbers, put, sign_in
from tests.room import Room


def identified(room: Room) -> Browser:
    """Marie has given the two numbers of her card."""
    person = at_the_door(room).go("/opposition/").click("Continuer")
    return person.submit("Continuer", **numbers(room))


@pytest.mark.practises("A15")
def test_marie_objects_keeps_the_proof_and_changes_her_mind(room: Room) -> None:
    put(room, Start.CREATED)
    person = identified(room)
    assert person.heading == "Confirmer mon opposition"
    assert person.sees(room.card(1).name)
    person.submit("Je m’oppose à la création")
    assert person.sees("C’est fait : votre opposition est enregistrée.")
    number = proof_number(room)
    assert person.sees(number)
    assert life_of(room) == "opposed"
    assert number in words_of_pdf(person)
    assert person.go("/opposition/preuve/imprimer").sees(number)
    person.go("/opposition/").submit("Oui, retirer mon opposition")
    assert person.path == "/activation/"
    assert person.sees("votre opposition est retirée")
    assert life_of(room) == "created"


def proof_number(room: Room) -> str:
    with room.inside():
        return proof.number_of(room.record(1))


def words_of_pdf(person: Browser) -> str:
    answer = person.client.get("/opposition/preuve.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    page = pypdfium2.PdfDocument(answer.data)[0]
    return " ".join(page.get_textpage().get_text_range().split())


def test_the_proof_is_a_tagged_french_pdf_that_says_it_is_fictional(room: Room) -> None:
    put(room, Start.OPPOSED)
    with room.inside():
        told = proof.of(room.record(1))
    content = proof.pdf(told)
    catalogue = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert catalogue["/Lang"].startswith("fr")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert PdfReader(io.BytesIO(content)).metadata["/Title"] == told.title
    words = " ".join(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range().split())
    for said in ("FICTIF – ENTRAÎNEMENT", "personnes et données fictives", told.number, told.name):
        assert said in words
    assert proof.pdf(told) == content


def test_the_last_day_is_said_and_counts(room: Room) -> None:
    put(room, Start.CREATED)
    person = identified(room)
    with room.inside():
        record = room.record(1)
        left = (record.last_day_to_object - record.invited_at.date()).days
        assert left == 42
    days_go_by(room, 37)
    assert person.go("/opposition/confirmer").heading == "Confirmer mon opposition"
    days_go_by(room, 2)
    assert person.go("/opposition/confirmer").heading == "Les six semaines sont passées"
    assert "Activer mon espace" in person.links()
    assert done(room, "SpaceOpposed") == 0


def test_too_late_at_another_window_changes_nothing(room: Room) -> None:
    put(room, Start.CREATED)
    person = identified(room)
    put(room, Start.CODE_EXPIRED)
    person.submit("Je m’oppose")
    assert person.heading == "Les six semaines sont passées"
    assert life_of(room) == "created"


def test_who_has_an_active_space_is_led_to_its_closing(room: Room) -> None:
    person = identified(room)
    assert person.heading == "Votre espace est déjà activé"
    assert person.click("Fermer mon espace").heading == "Se connecter"
    sign_in(person, room)
    assert person.heading == "Clôture du profil"


def test_who_has_closed_is_told_so(room: Room) -> None:
    put(room, Start.CLOSED)
    assert identified(room).heading == "Votre espace est déjà clos"


@pytest.mark.parametrize("way", ["card", "password", "numbers"])
def test_who_objected_before_finds_the_proof_again(room: Room, way: str) -> None:
    put(room, Start.OPPOSED)
    person = Browser(room.app, "Marie")
    if way == "card":
        person.go(f"/carte/{room.card(1).token}")
    elif way == "password":
        sign_in(person, room)
    else:
        person = identified(room)
    assert person.heading == "Votre opposition est enregistrée"
    assert person.sees(proof_number(room))


def test_without_saying_who_one_is_there_is_no_proof(room: Room) -> None:
    put(room, Start.OPPOSED)
    person = at_the_door(room)
    for page in ("confirmer", "preuve", "preuve/imprimer", "preuve.pdf"):
        assert person.go(f"/opposition/{page}").heading == "Qui êtes-vous ?"


def test_numbers_that_do_not_go_together_are_refused_then_held_a_minute(room: Room) -> None:
    put(room, Start.CREATED)
    told = numbers(room)
    other = "9" * len(told["serial"])
    person = at_the_door(room).go("/opposition/identite")
    for _ in range(4):
        assert person.submit("Continuer", **told | {"serial": other}).status == 422
        assert person.sees("Ces numéros ne vont pas ensemble")
    person.submit("Continuer", **told | {"serial": other})
    assert person.sees("Trop d’essais")
    assert person.submit("Continuer", **told).sees("Trop d’essais")
    assert identified_elsewhere(room).heading == "Votre espace est déjà activé"


def identified_elsewhere(room: Room) -> Browser:
    """Jean, at the same time: nobody else waits."""
    return at_the_door(room, "Jean").go("/opposition/identite").submit("Continuer", **numbers(room, 2))


def test_each_number_is_refused_with_its_cure(room: Room) -> None:
    person = at_the_door(room).go("/opposition/identite").submit("Continuer", nir="12", serial="")
    assert person.status == 422
    assert person.sees("Ce numéro a 15 chiffres, vous en avez écrit 2")
    assert person.sees("Regardez votre carte Vitale, et dites si elle a une photo")


def test_two_windows_object_once(room: Room) -> None:
    put(room, Start.CREATED)
    first, second = identified(room), identified(room)
    first.submit("Je m’oppose")
    second.submit("Je m’oppose")
    assert second.heading == "Votre opposition est enregistrée"
    assert done(room, "SpaceOpposed") == 1


def test_withdrawn_twice_is_withdrawn_once(room: Room) -> None:
    put(room, Start.OPPOSED)
    first = identified(room)
    second = identified(room)
    first.submit("Oui, retirer mon opposition")
    second.submit("Oui, retirer mon opposition")
    assert second.heading == "Confirmer mon opposition"
    assert done(room, "OppositionWithdrawn") == 1
    with room.inside():
        assert room.record(1).may_object


def test_the_next_person_at_this_browser_does_not_see_the_proof(room: Room) -> None:
    put(room, Start.OPPOSED)
    person = identified(room)
    assert person.heading == "Votre opposition est enregistrée"
    person.go(f"/carte/{room.card(2).token}")
    assert person.go("/opposition/").heading == "M’opposer à la création de mon espace"
    assert person.go("/opposition/preuve").heading == "Qui êtes-vous ?"
