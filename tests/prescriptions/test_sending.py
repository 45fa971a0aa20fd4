"""The learner sends a numeric prescription to a pharmacy that takes them, known or searched."""

from __future__ import annotations

import pytest

from sandbox.access import To, may
from sandbox.account.models import User
from sandbox.errors import Refused
from sandbox.prescriptions import sending, service
from tests.browser import Browser, text_of
from tests.pro.people import done, told
from tests.room import Room

SEND = "Envoyer mon ordonnance"


def rows(browser: Browser) -> list[str]:
    return [text_of(row) for row in browser.page.select(".rows > li")]


@pytest.mark.practises("F06")
def test_marie_sends_her_prescription_to_a_pharmacy_she_knows_then_to_one_she_looks_for(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    marie.go(f"/ordonnances/{ref}").click("Envoyer à une pharmacie")
    assert "Pharmacie de la Gare" in rows(marie)[0]
    assert "Vous la connaissez" in rows(marie)[0]
    assert "ne reçoit pas d’ordonnance par messagerie" in next(row for row in rows(marie) if "Sources" in row)
    marie.click("Pharmacie de la Gare")
    assert marie.sees("Apportez-la quand vous irez chercher vos produits")
    assert "établie par Dr Claire Lemoine" in marie.page.select_one("textarea").text  # type: ignore[union-attr]
    assert marie.submit(SEND).sees("Votre ordonnance est partie à la Pharmacie de la Gare")
    garnier = room.professional("pharm-garnier").go("/pro/messages").click("Ordonnance du")
    assert garnier.sees("Pouvez-vous la préparer")
    assert garnier.sees("Ordonnance numérique – metformine")
    assert marie.go(f"/ordonnances/{ref}").sees("Déjà envoyée à Hélène Garnier")
    marie.click("Envoyer à une pharmacie").submit("Chercher", q="marche")
    assert [row for row in rows(marie) if "Marché" in row] == rows(marie)
    marie.click("Pharmacie du Marché").submit(SEND, text="Bonjour, voici mon ordonnance.")
    with room.inside():
        assert (done("PrescriptionSent"), done("MessageWritten")) == (2, 2)


def test_a_pharmacy_that_takes_none_says_what_to_do_instead(room: Room, marie: Browser) -> None:
    with room.inside():
        ref, vidal = told("traitement-de-fond").ref, room.user("pharm-vidal").ref
    assert marie.go(f"/ordonnances/{ref}/envoyer/{vidal}").sees("Montrez-lui votre carré sur place")
    assert not marie.page.select("textarea")
    with room.inside():
        signed = told("traitement-de-fond")
        pharmacy = sending.find(signed, vidal)
        assert pharmacy is not None
        with pytest.raises(Refused, match="montrez-lui votre carré"):
            sending.send(marie_of(room), signed, pharmacy, "Bonjour")


def test_what_is_no_longer_of_use_is_not_sent(room: Room, marie: Browser) -> None:
    with room.inside():
        spent = next(one for one in service.of_record(room.record(1)) if not one.is_presentable)
        assert not may(marie_of(room), To.SEND_PRESCRIPTION, spent)
        ref = spent.ref
    marie.go(f"/ordonnances/{ref}/envoyer")
    assert marie.path == f"/ordonnances/{ref}"


def test_a_message_too_long_is_refused_and_kept(room: Room, marie: Browser) -> None:
    with room.inside():
        ref, garnier = told("traitement-de-fond").ref, room.user("pharm-garnier").ref
    marie.go(f"/ordonnances/{ref}/envoyer/{garnier}").submit(SEND, text="a" * 10_000)
    assert marie.sees("3 000 signes au plus")
    assert "a" * 10_000 in marie.page.select_one("textarea").text  # type: ignore[union-attr]


def marie_of(room: Room) -> User:
    return room.record(1).owner
