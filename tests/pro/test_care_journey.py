"""A day of Dr Lemoine's: a vaccination, a child's exam, hours published, an appointment confirmed, one honoured, one cancelled."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.family.test_profiles import child
from tests.pro.people import name_of, patient_path
from tests.pro.practice import booked, moment_of, slots, until
from tests.room import Room


def record_a_vaccination(room: Room, lemoine: Browser, marie: Browser) -> None:
    lemoine.go(patient_path(room)).click("Ajouter une vaccination")
    lemoine.submit("Enregistrer la vaccination", vaccine="DTP", dose="Rappel", lot="K77", site="Bras gauche")
    marie.go("/notifications/").click("a ajouté une vaccination")
    assert marie.sees("diphtérie, tétanos, polio")


def record_an_exam(room: Room, lemoine: Browser, marie: Browser) -> None:
    with room.inside():
        ref, name = child(room, 1).ref, child(room, 1).first_name
    lemoine.go(f"/pro/patients/{ref}").click("Remplir un examen").click("Remplir l’examen 5 ans")
    lemoine.submit("Enregistrer l’examen", poids="18", taille="108,5")
    assert lemoine.sees("ans ce jour-là")
    lemoine.submit("Enregistrer l’examen", anyway="y")
    assert lemoine.sees("L’examen est noté")
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}").go("/notifications/").click("a ajouté un examen de l’enfant")
    assert marie.sees("108,5 cm")
    marie.submit("Revenir à mon profil")


def publish_hours(room: Room, lemoine: Browser, marie: Browser) -> None:
    lemoine.go("/pro/").click("Rendez-vous").click("Mes horaires")
    lemoine.submit("Publier ces heures", weekday="6", opens="09:00", closes="10:00", minutes="20")
    marie.go("/agenda/").click("Prendre un rendez-vous").click("Dr Claire Lemoine")
    saturday = next(slot for slot in slots(room) if slot.isoweekday() == 6)
    assert any(f"jour={saturday:%Y-%m-%d}" in str(link["href"]) for link in marie.page.select(".choices-list a"))


@pytest.mark.practises("P08")
def test_a_doctor_vaccinates_examines_receives_and_the_patient_follows(
    room: Room, lemoine: Browser, marie: Browser, jean: Browser
) -> None:
    record_a_vaccination(room, lemoine, marie)
    record_an_exam(room, lemoine, marie)
    publish_hours(room, lemoine, marie)
    first, second = booked(room, 1), booked(room, 2)
    lemoine.go(f"/pro/rendez-vous/?jour={moment_of(room, first):%Y-%m-%d}").submit("Confirmer")
    assert marie.go(f"/agenda/{first}").sees("Confirmé par le professionnel")
    lemoine.go(f"/pro/rendez-vous/{second}").submit("Oui, annuler ce rendez-vous", reason="Visite urgente")
    assert jean.go(f"/agenda/{second}").sees("Visite urgente")
    assert moment_of(room, second) in slots(room)
    until(room, first)
    lemoine.go("/pro/").submit("Honoré")
    assert lemoine.sees(f"Rendez-vous de {name_of(room)} : honoré")
    assert marie.go(f"/agenda/{first}").sees("Honoré")
