"""A room of real browsers: the five practices, several people at once, and everything put back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.chromium import Person
from tests.journeys.deeds import enters_the_firm
from tests.pro.people import number_of, patient_path
from tests.room import Room

pytestmark = pytest.mark.browser
HALF_A_SECOND = 500  # milliseconds, from the deposit to the bell


def bell(person: Person) -> int:
    """The figure on the bell."""
    words = person.page.locator("a.bell").inner_text().split()
    return int(next((word for word in words if word.isdigit()), 0))


@pytest.mark.practises("C02", "D03")
def test_a_document_is_deposited_and_the_bell_rises_by_itself(people: Cast, room: Room) -> None:
    marie, labo = people.learner(1, phone=True), people.professional("labo-horizon")
    before = bell(marie)
    labo.go(f"{patient_path(room)}/deposer").write("Titre", "Contrôle du cholestérol")
    labo.page.get_by_label("Le document").or_(labo.page.locator("textarea")).first.fill("Tout est normal.")
    labo.page.locator("select").first.select_option(index=1)
    labo.press("Déposer")
    expect(marie.page.locator("a.bell")).to_contain_text(str(before + 1), timeout=HALF_A_SECOND)
    marie.page.locator("a.bell").click()
    marie.look().page.get_by_role("link", name="Contrôle du cholestérol").or_(
        marie.page.get_by_role("button", name="Contrôle du cholestérol")).first.click()
    marie.sees("Tout est normal.").look()


def test_a_professional_writes_and_the_person_answers(people: Cast, room: Room) -> None:
    marie, lemoine = people.learner(1, phone=True), people.professional("dr-lemoine")
    marie.go("/messages/")
    lemoine.go(f"{patient_path(room)}/ecrire").write("Objet", "Votre tension").write("Votre message", "Comment allez-vous ?")
    lemoine.press("Envoyer")
    marie.sees("Votre tension").click("Votre tension").sees("Comment allez-vous")
    marie.page.get_by_role("textbox").first.fill("Bien, merci docteur.")
    marie.press("Envoyer").sees("Bien, merci docteur.")
    lemoine.sees("Bien, merci docteur.").look()


def test_two_people_book_the_same_hour_and_one_takes_another(people: Cast, room: Room) -> None:
    marie, jean = people.learner(1, phone=True), people.learner(2)
    for seat, person in enumerate((marie, jean), 1):
        person.go("/agenda/").click("Prendre un rendez-vous").click("Dr Claire Lemoine")
        person.page.locator(".choices-list a").first.click()
        person.look().page.locator(".choices-list a").first.click()
        enters_the_firm(person, room, seat)
    marie.page.get_by_role("textbox").first.fill("Contrôle")
    marie.press("Confirmer le rendez-vous").sees("Votre rendez-vous est confirmé")
    jean.page.get_by_role("textbox").first.fill("Contrôle")
    jean.press("Confirmer le rendez-vous").sees("Cet horaire vient d’être pris")
    jean.page.locator(".choices-list button").first.click()
    jean.press("Confirmer le rendez-vous").sees("Votre rendez-vous est confirmé")


@pytest.mark.practises("H01")
def test_somebody_looks_for_a_service_on_a_phone(people: Cast) -> None:
    marie = people.learner(1, phone=True)
    marie.page.get_by_role("button", name="Plus", exact=True).click()
    marie.page.get_by_role("link", name="Catalogue de services").last.click()
    marie.look().write("Chercher un service", "diabete").press("Chercher")
    marie.click("Glyco").sees("données").look()


@pytest.mark.practises("K02", "K03")
def test_a_prescription_is_delivered_in_two_pharmacies(people: Cast, room: Room) -> None:
    marie = people.learner(1, phone=True)
    marie.go("/ordonnances/").page.get_by_role("link", name="Ordonnance").first.click()
    marie.look().sees("TEST")
    number = number_of(room, "traitement-de-fond")
    garnier, nguyen = people.professional("pharm-garnier"), people.professional("pharm-nguyen")
    for counter in (garnier, nguyen):
        counter.go("/pro/delivrance").write("Numéro de l’ordonnance", number).press("Ouvrir l’ordonnance")
    garnier.write("Quantité remise", "1").press("Enregistrer la délivrance")
    marie.sees("1 sur 6").look()
    nguyen.sees("Hélène Garnier (Pharmacie de la Gare)").press("Tout délivrer")
    nguyen.sees("C’est noté. Délivré").sees("Rien n’est à délivrer aujourd’hui").look()
    marie.sees("1 sur 3").look()


@pytest.mark.practises("T04")
def test_everything_is_put_back_and_then_undone_while_people_click(people: Cast, room: Room) -> None:
    start = room.digest()
    marie, samira = people.learner(1, phone=True), people.trainer()
    marie.go("/documents/").click("Bilan lipidique").click("Masquer ce document").press("Masquer ce document")
    marie.sees("Rendre visible").go("/documents/")
    samira.go(f"/console/{room.code}").click("Remettre à zéro").press("Remettre toutes les places à zéro")
    expect(marie.page.locator("[data-world-changed]")).to_be_visible()
    assert room.digest() == start
    marie.go("/documents/").sees("Le formateur a remis les dossiers").click("Bilan lipidique").sees("Masquer ce document")
    samira.press("Annuler cette remise à zéro")
    marie.go("/documents/").click("Bilan lipidique").sees("Rendre visible aux professionnels")


def test_a_beneficiary_comes_in_by_phone(people: Cast) -> None:
    marie = people.at_the_door(1, phone=True)
    marie.sees("Bonjour")
