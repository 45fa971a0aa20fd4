"""Doing what each step of a tour says, at a browser without JavaScript; and what its bar says."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from sandbox.db import db
from sandbox.exercises import service
from sandbox.exercises.models import IS_PRESENT, Attempt
from sandbox.exercises.service import Exercise
from sandbox.prescriptions import delivering
from sandbox.prescriptions.models import Prescription
from tests.browser import Browser, text_of
from tests.documents.test_adding import send
from tests.mailbox.phone import lured
from tests.partners.bookings import known_at, slots_of, takes
from tests.partners.pairing import code_of, contact_of, gives_code
from tests.room import Room

Deed = Callable[[Browser, Room], object]
SUMMARY = "Compte rendu de consultation – sommeil et moral"
SIGNED = "Ordonnance numérique – metformine, amlodipine, atorvastatine"


def click(words: str) -> Deed:
    return lambda who, room: who.click(words)


def press(button: str, **fields: str) -> Deed:
    return lambda who, room: who.submit(button, **fields)


def first_row(who: Browser, room: Room) -> None:
    who.go(str(who.page.select_one("main .rows .row-title a")["href"]))


def hour_of(who: Browser, room: Room) -> None:
    """An hour under the doctor's name."""
    card = next(card for card in who.page.select(".card") if "Claire Lemoine" in text_of(card.h2))
    who.go(str(card.select_one(".choices-list a")["href"]))


def adds(who: Browser, room: Room) -> None:
    send(who, "Ajouter à mes documents", ("papier.txt", b"Bonjour"), category="AUTR_DOC")


def delivered(who: Browser, room: Room) -> None:
    """The pharmacist does it; the page is looked at again."""
    with room.inside():
        signed = sa.select(Prescription).where(Prescription.seat == 1, Prescription.slug == "traitement-de-fond")
        delivering.deliver_all(room.user("pharm-garnier"), db.session.scalars(signed).one())
    who.go(who.path)


def lure(who: Browser, room: Room) -> None:
    ref = lured(room)
    who.go("/telephone/?boite=sms").go(f"/telephone/{ref}")


DEEDS: dict[str, list[Deed]] = {
    "lire-un-document": [click("Documents"), click("Bilan lipidique et glycémie"), lambda who, room: who.go("/documents/")],
    "ajouter-un-document": [click("Documents"), click("Ajouter un document"), adds],
    "masquer-un-document": [
        click("Documents"), press("Chercher", mots="sommeil"), click(SUMMARY), click("Masquer ce document"), press("Masquer ce document"),
    ],
    "supprimer-un-document": [click("Documents"), click("Ma carte de mutuelle"), click("Supprimer"), press("Supprimer pour toujours")],
    "ouvrir-une-notification": [click("Notifications"), first_row, click("Notifications")],
    "voir-qui-a-consulte": [click("Historique d’activité"), click("Professionnels"), click("30 derniers jours")],
    "repondre-au-secretariat": [click("Messages"), click("Nadia Roux"), press("Envoyer", text="Non, merci.")],
    "ecrire-a-un-inconnu": [click("Messages"), click("Nouveau message"), press("Chercher", q="Haddad"), click("Karim Haddad")],
    "prendre-un-rendez-vous": [
        click("Agenda"), click("Prendre un rendez-vous"), hour_of, lambda who, room: who.submit("Recevoir mon code", email=contact_of(who)),
        lambda who, room: who.submit("Valider", code=code_of(who)), press("Confirmer le rendez-vous", reason="Contrôle"),
    ],
    "annuler-un-rendez-vous": [
        click("Agenda"), click("Prendre un rendez-vous"), click("Mes rendez-vous"), lambda who, room: gives_code(who), first_row,
        press("Oui, annuler ce rendez-vous"),
    ],
    "chercher-un-service": [click("Catalogue de services"), press("Chercher", q="diabète"), first_row],
    "montrer-une-ordonnance": [click("Documents"), click(SIGNED), click("Afficher le code")],
    "faire-delivrer-une-ordonnance": [click("Documents"), click(SIGNED), click("Afficher le code"), delivered],
    "reconnaitre-un-faux-message": [click("Téléphone simulé"), lure, press("Signaler ce message")],
}
BEFORE: dict[str, Deed] = {"annuler-un-rendez-vous": lambda who, room: takes(room, known_at(room, room.learner(1)), slots_of(room)[0])}


def exercise_of(room: Room, slug: str) -> Exercise:
    with room.inside():
        found = service.named(room.workshop_id, slug)
        assert found is not None
        return found


def toured(who: Browser, slug: str) -> Browser:
    """Before the exercise's page, its tour on."""
    return who.go(f"/exercises/{slug}").submit("Montrez-moi sur la page")


def bar(who: Browser) -> str:
    """What the bar says, buttons apart."""
    return text_of(who.page.select_one(".tour-live"))


def pointed(who: Browser) -> list[str]:
    """The elements of this page that the bar points at."""
    told = who.page.select_one("[data-tour-look]")
    selectors = str(told["data-tour-look"]).split("\n") if told else []
    return [selector for selector in selectors if who.page.select(selector)]


def kept(room: Room, slug: str, seat: int = 1) -> int | None:
    """How far the seat's present go is, as it is kept."""
    with room.inside():
        mine = sa.select(Attempt.step).where(
            Attempt.world_id == room.world().id, Attempt.seat == seat, Attempt.exercise == slug, IS_PRESENT
        )
        return db.session.scalars(mine).one_or_none()
