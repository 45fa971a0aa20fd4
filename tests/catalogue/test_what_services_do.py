"""H04: four services act in one record on what was granted, and are refused elsewhere; the person sees both."""

from __future__ import annotations

import pytest

from sandbox.catalogue.models import Purpose
from tests.browser import Browser, text_of
from tests.partners.bookings import slots_of, takes
from tests.partners.pairing import paired
from tests.room import Room

METER, VACCINES, HOSPITAL = "glyco-suivi", "rappel-vaccins", "pre-admission-valbrune"
DAUGHTER = {"contact": "Lise Durand", "link": "ma fille", "phone": "06 39 98 00 00"}


def history(browser: Browser) -> list[str]:
    """The lines of « Services synchronisés », newest first."""
    browser.go("/historique/").click("Services synchronisés")
    return [text_of(line) for line in browser.page.select("main li")]


def says(browser: Browser, words: str) -> bool:
    return any(words in line for line in history(browser))


@pytest.mark.practises("H04")
def test_services_do_what_was_granted_and_are_refused_elsewhere(room: Room, marie: Browser) -> None:
    the_meter_sends_a_measure_and_neither_reads_nor_deposits(marie)
    the_recall_goes_to_the_agenda_and_the_booklet_stays_shut(marie)
    the_hospital_deposits_its_instructions_and_the_date_stays_out(marie)
    the_booking_site_adds_an_appointment_and_deposits_no_letter(room, marie)
    marie.go("/parametres/").click("Services synchronisés")
    assert all(marie.sees(name) for name in ("Glyco Suivi", "Rappel Vaccins", "Pré-admission Valbrune", "Rendez-vous Valbrune"))


def the_meter_sends_a_measure_and_neither_reads_nor_deposits(marie: Browser) -> None:
    paired(marie, METER, Purpose.READ_MEASURES, Purpose.WRITE_DOCUMENTS)
    marie.click("Continuer sur Glyco Suivi").submit("Faire une mesure")
    value = text_of(marie.page.select_one(".device-screen strong"))
    marie.submit("Déposer le bilan du mois")
    assert marie.sees("« Mon espace santé » a refusé : vous n’avez pas donné cet accord")
    marie.click("Lire mon poids et mon HbA1c")
    assert marie.sees("Glyco Suivi ne voit ni votre poids ni votre HbA1c")
    assert says(marie, "Demande refusée à « Glyco Suivi » : ajouter des documents")
    assert says(marie, "Demande refusée à « Glyco Suivi » : lire vos mesures")
    marie.go("/historique/?onglet=services").click(f"Glyco Suivi a ajouté une mesure : glycémie {value} g/L")
    row = next(row for row in marie.page.select("tr") if "Glyco Suivi" in text_of(row))
    assert f"{value} g/L" in text_of(row)
    marie.go("/documents/")
    assert not marie.sees("Bilan de glycémie")


def the_recall_goes_to_the_agenda_and_the_booklet_stays_shut(marie: Browser) -> None:
    paired(marie, VACCINES, Purpose.READ_DOCUMENTS)
    marie.click("Continuer sur Rappel Vaccins").submit("Lire mon carnet vaccinal")
    assert marie.sees("« Mon espace santé » a refusé : vous n’avez pas donné cet accord")
    title = f"Rappel de vaccin : {text_of(marie.page.select_one('.recall h2')).lower()}"
    marie.submit("Inscrire ce rappel dans mon agenda")
    assert says(marie, "Demande refusée à « Rappel Vaccins » : lire des documents")
    marie.go("/historique/?onglet=services").click("Rappel Vaccins a ajouté un rappel dans votre agenda")
    assert marie.heading == title
    assert marie.sees("Rappel Vaccins")


def the_hospital_deposits_its_instructions_and_the_date_stays_out(marie: Browser) -> None:
    paired(marie, HOSPITAL, Purpose.WRITE_AGENDA)
    marie.click("Continuer sur Pré-admission Valbrune").submit("Commencer mon dossier").submit("C’est bien cela")
    chosen = str(marie.page.select_one("[name=papers]")["value"])
    marie.submit("Continuer", papers=[chosen]).submit("Continuer", **DAUGHTER).submit("Envoyer mon dossier")
    assert marie.sees("« Mon espace santé » a refusé : vous n’avez pas donné cet accord")
    assert says(marie, "Pré-admission Valbrune a lu le document")
    assert says(marie, "Demande refusée à « Pré-admission Valbrune » : écrire dans votre agenda")
    marie.go("/notifications/").click("Consignes avant l’entrée")
    assert marie.sees("Pré-admission Valbrune")
    assert marie.sees("Ne mangez plus")
    marie.go("/agenda/")
    assert not marie.sees("Entrée à l’hôpital")


def the_booking_site_adds_an_appointment_and_deposits_no_letter(room: Room, marie: Browser) -> None:
    paired(marie, "rdv-valbrune", Purpose.READ_AGENDA, Purpose.WRITE_DOCUMENTS)
    ref = takes(room, marie, slots_of(room)[0], reason="Fatigue")
    marie.go("/historique/?onglet=services").click("Rendez-vous Valbrune a inscrit un rendez-vous dans votre agenda")
    assert marie.path.endswith(ref)
    assert marie.sees("Fatigue")
    marie.go("/documents/")
    assert not marie.sees("Rendez-vous avec Dr Claire Lemoine")
