"""A room of advisors in training: the pack that one follows alone, and its gestures as a person does them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sandbox.workshops import packs
from tests.browser import Browser

PACK = "mediateur"
Item = dict[str, Any]


def exercises() -> list[Item]:
    return packs.load(PACK).exercises


def situations() -> list[Item]:
    return [one for one in exercises() if one.get("told")]


def answer(situation: Item, *, right: bool) -> str:
    """The number of the first such answer."""
    return next(str(number) for number, one in enumerate(situation["answer"], 1) if one["right"] is right)


def reply(situation: Item, number: str) -> str:
    return plain(situation["answer"][int(number) - 1]["reply"])


def plain(text: str) -> str:
    """As a person reads it: any space is a space."""
    return " ".join(text.split())


# --- gestures, done through the pages ----------------------------------------------------------------

def opens_the_result(who: Browser) -> None:
    who.go("/documents/").submit("Chercher", mots="Bilan lipidique").click("Bilan lipidique et glycémie")


def masks_the_report(who: Browser) -> None:
    who.go("/documents/").submit("Chercher", mots="sommeil").click("Compte rendu de consultation – sommeil et moral")
    who.click("Masquer ce document").submit("Masquer ce document")


def reads_the_history(who: Browser) -> None:
    who.go("/").click("Historique d’activité")


def tries_to_write(who: Browser) -> None:
    who.go("/messages/").click("Nouveau message").submit("Chercher", q="haddad").click("Haddad")


def reads_a_service(who: Browser) -> None:
    who.go("/").click("Catalogue de services").click("Glyco")


def shows_the_square(who: Browser) -> None:
    who.go("/ordonnances/").click("Ordonnance du")


def follows_a_notification(who: Browser) -> None:
    who.go("/notifications/")
    who.click(next(link for link in who.links() if "a déposé le document" in link))


def adds_a_document(who: Browser) -> None:
    who.go("/documents/").click("Ajouter un document")
    who.submit("Ajouter à mes documents", files=[(BytesIO(b"Pouls : 72"), "pouls.txt")], category="AUTR_DOC")


GESTURES = {
    "lire-un-document": opens_the_result,
    "masquer-un-document": masks_the_report,
    "voir-qui-a-consulte": reads_the_history,
    "ecrire-a-un-inconnu": tries_to_write,
    "chercher-un-service": reads_a_service,
    "montrer-une-ordonnance": shows_the_square,
    "ouvrir-une-notification": follows_a_notification,
    "ajouter-un-document": adds_a_document,
}
