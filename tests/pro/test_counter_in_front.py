"""Who stands at the counter is noted; a prescription in another name stops there, unless somebody close came for the patient."""

from __future__ import annotations

from sandbox import numbers
from sandbox.account import life
from sandbox.prescriptions import service
from sandbox.prescriptions.service import NewLine
from sandbox.settings import ins
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.pro.people import done, identity, name_of, number_of
from tests.pro.test_counter import scan
from tests.room import Room

ANOTHER = "Cette ordonnance est au nom d’une autre personne"
FOUND = "traitement-de-fond"


def note(browser: Browser, room: Room, seat: int) -> Browser:
    """By the serial number of the card."""
    browser.go("/pro/delivrance").submit("Noter qui est là", q=identity(room, seat).vitale_serial)
    return browser.submit(f"C’est {name_of(room, seat)}")


def test_the_person_is_noted_by_card_by_name_or_by_number_and_then_goes(room: Room, garnier: Browser) -> None:
    record = identity(room, 1)
    for words in (record.vitale_serial, record.family_name, f"{record.birth_date:%d/%m/%Y}", numbers.spaced_nir(record.nir)):
        garnier.go("/pro/delivrance").submit("Noter qui est là", q=words).submit(f"C’est {record.name}")
        assert garnier.path == "/pro/delivrance", words
        assert garnier.sees(record.name)
        assert not garnier.submit("Personne suivante").sees(record.name)


def test_nobody_found_says_what_to_try(room: Room, garnier: Browser) -> None:
    garnier.go("/pro/delivrance").submit("Noter qui est là", q="Personnage")
    assert garnier.sees("Personne de cet atelier ne correspond")
    assert garnier.go("/pro/delivrance").submit("Noter qui est là", q="80250000029999").sees("Personne n’a été trouvé")
    assert garnier.go("/pro/delivrance").submit("Noter qui est là", q="").status == 200


def test_their_own_prescription_opens(room: Room, garnier: Browser) -> None:
    note(garnier, room, 1)
    assert scan(garnier, number=number_of(room, FOUND)).heading == f"Ordonnance de {name_of(room)}"


def test_anothers_prescription_stops_and_says_nothing_of_what_it_holds(room: Room, garnier: Browser) -> None:
    note(garnier, room, 2)
    scan(garnier, number=number_of(room, FOUND))
    assert garnier.heading == ANOTHER
    assert garnier.sees(f"Devant vous, vous avez noté {name_of(room, 2)}")
    assert not garnier.sees("metformine")
    garnier.submit("Expliquer au patient")
    with room.inside():
        assert (done("MessageReceived", 1), done("MessageReceived", 2)) == (0, 1)
    jean = room.learner(2).go("/messages/").click("Cette ordonnance n’est pas à votre nom")
    assert jean.sees("Vous pouvez venir pour un proche")
    assert not jean.sees(name_of(room, 1))


def test_somebody_close_who_showed_who_they_are_goes_on(room: Room, garnier: Browser) -> None:
    note(garnier, room, 2)
    scan(garnier, number=number_of(room, FOUND)).submit("Oui, un proche vient pour le patient")
    assert garnier.heading == f"Ordonnance de {name_of(room)}"
    assert garnier.sees("son identité est vérifiée")
    assert scan(garnier, number=number_of(room, "genou-et-tension")).heading == ANOTHER
    garnier.go("/pro/delivrance").submit("Personne suivante")
    assert note(garnier, room, 3).go("/pro/delivrance").sees(name_of(room, 3))
    assert scan(garnier, number=number_of(room, FOUND)).heading == ANOTHER


def test_an_expired_prescription_fetched_by_somebody_close_is_still_expired(room: Room, garnier: Browser) -> None:
    note(garnier, room, 2)
    scan(garnier, number=number_of(room, "vitamine-d")).submit("Oui, un proche vient pour le patient")
    assert garnier.heading == "Ordonnance expirée : ne délivrez rien"


def test_an_identity_card_in_the_place_of_a_prescription_notes_who_is_there(room: Room, garnier: Browser) -> None:
    with room.inside():
        said = ins.said(room.record(1))
    scan(garnier, number=said)
    assert garnier.heading == "Ce carré est celui de la carte d’identité de santé"
    garnier.submit(f"Noter que {name_of(room)} est devant vous")
    assert garnier.path == "/pro/delivrance"
    assert garnier.sees(name_of(room))


def test_the_prescription_of_a_record_closed_or_refused_stops(room: Room, garnier: Browser) -> None:
    number = number_of(room, FOUND)
    for start, title in ((Start.CLOSED, "Cette personne a fermé son espace"), (Start.OPPOSED, "Cette personne a refusé son espace")):
        with room.inside():
            life.put(room.record(1), start)
        assert scan(garnier, number=number).heading == title
        assert garnier.sees("elle reste valable")
        assert not garnier.sees("Expliquer au patient")


def test_after_the_folders_are_reset_nobody_is_in_front_and_the_number_is_unknown(room: Room, garnier: Browser) -> None:
    with room.inside():
        line = NewLine(drug="paracétamol 1 g", posology="si douleur", duration_days=5)
        number = service.prescribe(room.user("dr-lemoine"), room.record(1), [line]).number
    note(garnier, room, 1)
    room.renew()
    again = room.professional("pharm-garnier")
    scan(again, number=number)
    assert again.heading == "Aucune ordonnance ne porte ce numéro"
    assert again.page.find(id="number")["value"] == numbers.grouped(number)
    assert not again.go("/pro/delivrance").sees("Personne suivante")
