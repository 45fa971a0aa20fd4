"""The learner follows each line of a prescription, and decides whether the prescriber reads it."""

from __future__ import annotations

import pytest

from sandbox.prescriptions import delivering, service
from tests.browser import Browser, text_of
from tests.pro.people import done, notified, told
from tests.room import Room


def state_of(browser: Browser, drug: str) -> str:
    """What the card of that line says, in one string."""
    return next(text_of(card) for card in browser.page.select(".card") if drug in text_of(card))


def deliver(room: Room, number: int, quantity: int, pharmacist: str = "pharm-garnier", **about: str) -> None:
    with room.inside():
        delivering.deliver(room.user(pharmacist), told("traitement-de-fond").lines[number], quantity, **about)


@pytest.mark.practises("K03")
def test_each_line_is_followed_from_prescribed_to_delivered_replaced_or_refused(room: Room, marie: Browser) -> None:
    with room.inside():
        ref, before = told("traitement-de-fond").ref, notified("DELIVRANCE")
    marie.go(f"/ordonnances/{ref}")
    assert "À retirer" in state_of(marie, "metformine")
    assert "retirer 2 boîtes maintenant" in state_of(marie, "metformine")
    deliver(room, 0, 1)
    assert "Délivré en partie" in state_of(marie.go(f"/ordonnances/{ref}"), "metformine")
    assert "retirer 1 boîte maintenant" in state_of(marie, "metformine")
    deliver(room, 0, 1, "pharm-nguyen")
    assert "Rien à retirer aujourd’hui" in state_of(marie.go(f"/ordonnances/{ref}"), "metformine")
    assert "Il reste 4 boîtes en tout" in state_of(marie, "metformine")
    deliver(room, 1, 1, substituted="amlodipine, autre générique")
    with room.inside():
        delivering.refuse(room.user("pharm-garnier"), told("traitement-de-fond").lines[2], "Rupture de stock")
    marie.go(f"/ordonnances/{ref}")
    assert "remplacé par amlodipine, autre générique" in state_of(marie, "amlodipine")
    assert "Motif : Rupture de stock" in state_of(marie, "atorvastatine")
    with room.inside():
        assert notified("DELIVRANCE") == before + 4


def test_a_line_entirely_delivered_says_so(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = next(one.ref for one in service.of_record(room.record(1)) if one.state == "exhausted")
    marie.go(f"/ordonnances/{ref}")
    assert marie.sees("Cette ordonnance ne sert plus")
    assert marie.sees("Entièrement délivrée")
    assert not marie.sees("retirer")


@pytest.mark.practises("K06")
def test_marie_objects_to_her_doctor_reading_what_is_delivered_then_accepts_again(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    with room.inside():
        ref, name = told("traitement-de-fond").ref, told("traitement-de-fond").prescriber.name
    deliver(room, 0, 1)
    assert lemoine.go(f"/pro/ordonnances/{ref}").sees("Hélène Garnier")
    marie.go(f"/ordonnances/{ref}").submit("Oui, m’opposer à cette lecture")
    assert marie.sees(f"{name} ne voit plus ce que vous retirez")
    assert not lemoine.go(f"/pro/ordonnances/{ref}").sees("Hélène Garnier")
    assert lemoine.sees("s’oppose")
    assert room.professional("pharm-garnier").go(f"/pro/delivrance/{ref}").sees("Hélène Garnier")
    marie.submit("Accepter de nouveau")
    assert lemoine.go(f"/pro/ordonnances/{ref}").sees("Hélène Garnier")
    with room.inside():
        assert (done("ReadingObjected"), done("ReadingAllowed")) == (1, 1)


def test_objecting_twice_is_objecting_once_and_holds_for_every_prescription_of_that_doctor(room: Room, marie: Browser) -> None:
    with room.inside():
        refs = [told(slug).ref for slug in ("traitement-de-fond", "genou-et-tension")]
    marie.go(f"/ordonnances/{refs[0]}").submit("Oui, m’opposer à cette lecture")
    assert marie.go(f"/ordonnances/{refs[1]}").sees("Vous vous y opposez")
    marie.client.post(f"/ordonnances/{refs[1]}/opposition")
    with room.inside():
        assert done("ReadingObjected") == 1
