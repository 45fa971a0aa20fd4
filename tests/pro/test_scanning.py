"""The six refusals of the counter, as the pharmacist meets them and as the patient understands them."""

from __future__ import annotations

import io

import pytest

from sandbox.prescriptions import code
from tests.browser import Browser
from tests.documents.test_adding import add
from tests.prescriptions.papers import sheet
from tests.prescriptions.test_code import photo
from tests.pro.people import done, name_of, number_of, told
from tests.pro.test_counter import scan
from tests.pro.test_counter_in_front import ANOTHER, note
from tests.room import Room

CLOSED = [  # the pack's name, the screen, the patient's message, and what their own page says
    ("vitamine-d", "Ordonnance expirée : ne délivrez rien", "est expirée", "Expirée"),
    ("ordonnance-annulee", "Ordonnance annulée : ne délivrez rien", "est annulée", "Annulée"),
    ("traitement-trimestre", "Ordonnance épuisée : tout a déjà été délivré", "est épuisée", "Entièrement délivrée"),
]
PAPER = "Une photo d’ordonnance papier n’est pas une ordonnance numérique"
NOT_ENOUGH = "à la pharmacie, il ne suffit pas"


def explained(pharmacist: Browser, patient: Browser, subject: str, words: str) -> None:
    """One press tells the patient, who reads it in their messages."""
    pharmacist.submit("Expliquer au patient")
    assert pharmacist.sees("Votre explication est partie")
    assert patient.go("/messages/").click(subject).sees(words)


def add_photo(patient: Browser) -> Browser:
    """A photo of a paper prescription, among their documents."""
    return add(patient, photo(sheet()), "mon_ordonnance.jpg", category="ORD_SOIN")


@pytest.mark.practises("K04")
def test_the_six_refusals_are_met_and_understood_on_both_sides(room: Room, garnier: Browser, marie: Browser, jean: Browser) -> None:
    for slug, title, subject, state in CLOSED:
        assert scan(garnier, number=number_of(room, slug)).heading == title
        explained(garnier, marie, subject, "Votre ordonnance" if slug == "vitamine-d" else "votre ordonnance")
        with room.inside():
            ref = told(slug).ref
        assert marie.go(f"/ordonnances/{ref}").sees(state)
    note(garnier, room, 2)
    assert scan(garnier, number=number_of(room, "traitement-de-fond")).heading == ANOTHER
    explained(garnier, jean, "n’est pas à votre nom", "Vous pouvez venir pour un proche")
    add_photo(jean)
    assert jean.go("/documents/").click("mon ordonnance").sees(NOT_ENOUGH)
    assert scan(garnier, photo=(io.BytesIO(photo(sheet())), "photo.jpg")).heading == PAPER
    explained(garnier, jean, "La photo d’une ordonnance papier ne suffit pas", "Apportez la feuille signée")
    forged = f"SANDBOX:{number_of(room, 'traitement-de-fond', 2)}.AAAAAAAAAA"
    assert scan(garnier, number=forged).heading == "Ce code a été modifié ou fabriqué"
    explained(garnier, jean, "Ce code ne peut pas être utilisé", "Ouvrez votre ordonnance dans votre espace")
    with room.inside():
        assert done("LineDelivered", 1) + done("LineDelivered", 2) == 0


def test_a_second_press_sends_nothing_more(room: Room, garnier: Browser) -> None:
    scan(garnier, number=number_of(room, "vitamine-d"))
    garnier.submit("Expliquer au patient").submit("Expliquer au patient")
    with room.inside():
        assert done("MessageReceived") == 1


def test_nobody_is_told_when_nobody_is_known(room: Room, garnier: Browser) -> None:
    scan(garnier, number="SANDBOX:")
    assert garnier.heading == "Ce code a été modifié ou fabriqué"
    assert not garnier.sees("Expliquer au patient")


def test_an_explanation_is_only_of_what_exists(room: Room, garnier: Browser) -> None:
    note(garnier, room, 1)
    token = garnier.page.find("input", attrs={"name": "csrf_token"})["value"]
    for slug in ("expired", "another-person", "rien"):
        answer = garnier.client.post(f"/pro/delivrance/expliquer/{slug}", data={"csrf_token": token})
        assert answer.status_code == 404, slug


def test_the_address_of_a_stop_leads_on_when_nothing_stops_it(room: Room, garnier: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    assert garnier.go(f"/pro/delivrance/{ref}/arret").heading == f"Ordonnance de {name_of(room)}"


def test_whoever_prescribes_does_not_stand_at_the_counter(room: Room, lemoine: Browser) -> None:
    with room.inside():
        ref = told("vitamine-d").ref
    for path in ("", "/devant", f"/{ref}/arret"):
        assert lemoine.go(f"/pro/delivrance{path}").status == 404


def test_a_photo_of_a_paper_prescription_is_said_not_to_be_enough_before_it_is_sent(room: Room, marie: Browser) -> None:
    add_photo(marie)
    marie.go("/documents/").click("mon ordonnance")
    assert marie.sees("voir mes ordonnances")
    marie.go(f"{marie.path.split('?')[0]}/envoyer")
    assert marie.sees(NOT_ENOUGH)


def test_a_prescription_of_the_doctor_or_another_document_says_nothing_of_it(room: Room, marie: Browser) -> None:
    with room.inside():
        copy = told("traitement-de-fond").document
        assert copy is not None
    assert not marie.go(f"/documents/{copy.ref}").sees(NOT_ENOUGH)
    add(marie, photo(sheet()), "ma_mutuelle.jpg", category="DOC_ADM")
    assert not marie.go("/documents/").click("ma mutuelle").sees(NOT_ENOUGH)


def test_the_square_of_the_patients_page_is_what_the_counter_reads(room: Room, garnier: Browser, marie: Browser) -> None:
    with room.inside():
        said = code.payload(told("traitement-de-fond").number, room.workshop_id)
    garnier.go("/pro/delivrance").submit("Ouvrir l’ordonnance", photo=(io.BytesIO(photo(sheet(said))), "feuille.jpg"))
    assert garnier.heading == f"Ordonnance de {name_of(room)}"
