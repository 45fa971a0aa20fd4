"""The professional's pages in a real browser: accessible, nothing overflows on a phone, live parts live."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.pro.people import number_of, patient_path, told
from tests.room import Room

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_the_practice_is_sound(people: Cast, room: Room, size: dict[str, int]) -> None:
    lemoine, path = people.professional("dr-lemoine"), patient_path(room)
    lemoine.page.set_viewport_size(size)
    for part in ("", "/deposer", "/ecrire", "/prescrire", "/prescrire?type=nursing", "/prescrire?type=products"):
        lemoine.go(path + part)
    lemoine.press("Vérifier l’ordonnance").sees("Une ordonnance a au moins une ligne")
    lemoine.go(path).click("Bilan lipidique et glycémie").go("/pro/messages").click("Suivi de votre tension")
    with room.inside():
        ref = told("genou-et-tension").ref
    lemoine.go(f"/pro/ordonnances/{ref}").go("/pro/")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_the_counter_is_sound(people: Cast, room: Room, size: dict[str, int]) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.set_viewport_size(size)
    for slug in ("genou-et-tension", "traitement-trimestre", "vitamine-d"):
        garnier.go("/pro/delivrance").write("Numéro de l’ordonnance", number_of(room, slug)).press("Ouvrir l’ordonnance")


@pytest.mark.practises("K03")
def test_the_patient_sees_the_delivery_without_touching_the_page(people: Cast, room: Room) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    marie, garnier = people.learner(1, phone=True), people.professional("pharm-garnier")
    marie.go("/ordonnances/").go(f"/ordonnances/{ref}").sees("0 sur 3")
    garnier.go("/pro/delivrance").write("Numéro de l’ordonnance", number_of(room, "traitement-de-fond"))
    garnier.press("Ouvrir l’ordonnance").press("Tout délivrer")
    marie.sees("1 sur 3").sees("Il reste 2 boîtes").look()
    marie.go(f"/ordonnances/{ref}/feuille")
