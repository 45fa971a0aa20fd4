"""The fourteen exercises of « decouverte », each done at a real window as the person would."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import inbox
from tests.chromium import Person
from tests.room import Room

Deed = Callable[[Person, Room, int], object]
SUMMARY = "Compte rendu de consultation – sommeil et moral"
SIGNED = "Ordonnance numérique – metformine, amlodipine, atorvastatine"
PAPER = {"name": "papier.txt", "mimeType": "text/plain", "buffer": b"Un dessin."}


def reads(person: Person, room: Room, seat: int) -> None:
    person.go("/documents/").click("Bilan lipidique et glycémie").sees("Cholestérol")


def adds(person: Person, room: Room, seat: int) -> None:
    person.go("/documents/").click("Ajouter un document")
    person.page.get_by_label("Choisir un fichier").set_input_files([PAPER])
    person.sees("Un fichier vous attend").page.get_by_label("Catégorie").select_option("AUTR_DOC")
    person.press("Ajouter à mes documents").sees("est ajouté à vos documents")


def masks(person: Person, room: Room, seat: int) -> None:
    person.go("/documents/").write("Chercher dans vos documents", "sommeil").press("Chercher").click(SUMMARY)
    person.click("Masquer ce document").press("Masquer ce document").sees("Rendre visible")


def deletes(person: Person, room: Room, seat: int) -> None:
    person.go("/documents/").click("Ma carte de mutuelle").click("Supprimer").press("Supprimer pour toujours")


def opens_the_bell(person: Person, room: Room, seat: int) -> None:
    person.go("/").page.locator("a.bell").click()
    person.page.locator("main .rows .row-title").first.locator("a, button").click()
    person.page.wait_for_load_state()
    person.look()


def reads_who_came(person: Person, room: Room, seat: int) -> None:
    person.go("/historique/").click("Professionnels").page.locator("main details.confirm > summary").click()
    person.click("30 derniers jours")


def answers(person: Person, room: Room, seat: int) -> None:
    person.go("/messages/").click("Nadia Roux").page.get_by_role("textbox").first.fill("Non, merci.")
    person.press("Envoyer").sees("Non, merci.")


def tries_a_stranger(person: Person, room: Room, seat: int) -> None:
    person.go("/messages/").click("Nouveau message").write("Nom du professionnel", "Haddad").press("Chercher").click("Karim Haddad")


def books(person: Person, room: Room, seat: int) -> None:
    person.go("/agenda/").click("Prendre un rendez-vous").click("Dr Claire Lemoine")
    for _ in range(2):  # the day, then the hour
        person.page.locator(".choices-list a").first.click()
        person.page.wait_for_load_state()
    enters_the_firm(person, room, seat)
    person.page.get_by_role("textbox").first.fill("Contrôle")
    person.press("Confirmer le rendez-vous").sees("Votre rendez-vous est confirmé")


def enters_the_firm(person: Person, room: Room, seat: int) -> None:
    """The address, then the six digits of the e-mail."""
    with room.inside():
        owner, email = room.record(seat).owner, room.record(seat).email
    person.look().write("Votre adresse e-mail", email).press("Recevoir mon code")
    with room.inside():
        digits = next(mail.code for mail in inbox(owner, channel=Channel.EMAIL) if mail.code)
    person.write("Code à 6 chiffres", digits).press("Valider")


def cancels(person: Person, room: Room, seat: int) -> None:
    """What was just booked, at the same firm."""
    person.go("/agenda/").click("Prendre un rendez-vous").click("Mes rendez-vous")
    person.page.locator("main .rows .row-title a").first.click()
    person.page.locator("details.confirm > summary").first.click()
    person.look().press("Oui, annuler ce rendez-vous").sees("annulé")


def looks_for_a_service(person: Person, room: Room, seat: int) -> None:
    person.go("/catalogue/").write("Chercher un service", "diabète").press("Chercher")
    person.page.locator("main .card-title a, main .rows a").first.click()
    person.page.wait_for_load_state()
    person.look()


def shows_the_square(person: Person, room: Room, seat: int) -> None:
    person.go("/documents/").click(SIGNED).click("Afficher le code").sees("TEST")


def reports_the_lure(person: Person, room: Room, seat: int) -> None:
    person.go("/telephone/?boite=sms").page.locator(".phone-list a").first.click()
    person.page.wait_for_load_state()
    person.press("Signaler ce message")


DEEDS: dict[str, Deed] = {
    "lire-un-document": reads,
    "ajouter-un-document": adds,
    "masquer-un-document": masks,
    "supprimer-un-document": deletes,
    "ouvrir-une-notification": opens_the_bell,
    "voir-qui-a-consulte": reads_who_came,
    "repondre-au-secretariat": answers,
    "ecrire-a-un-inconnu": tries_a_stranger,
    "prendre-un-rendez-vous": books,
    "annuler-un-rendez-vous": cancels,
    "chercher-un-service": looks_for_a_service,
    "montrer-une-ordonnance": shows_the_square,
    "reconnaitre-un-faux-message": reports_the_lure,
}
