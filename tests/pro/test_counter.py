"""At the pharmacy: the square is read, lines are delivered or refused, and what cannot be is said clearly."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from sandbox import numbers
from sandbox.prescriptions import code
from tests.browser import Browser
from tests.prescriptions.test_code import drawn, photo
from tests.prescriptions.test_code import shown as square_of
from tests.pro.people import done, name_of, notified, number_of, told
from tests.room import Room


def scan(browser: Browser, **fields: Any) -> Browser:
    return browser.go("/pro/delivrance").submit("Ouvrir l’ordonnance", **fields)


def fields_of(browser: Browser, button: str, **values: str) -> dict[str, str]:
    """The fields of one line carry its name in front."""
    names = [tag["name"] for tag in browser._form_of(button).find_all("input") if "-" in str(tag.get("name"))]
    return {next(str(n) for n in names if str(n).endswith(name)): value for name, value in values.items()}


def deliver(browser: Browser, drug: str, **values: str) -> Browser:
    button = f"Délivrer {drug}"
    return browser.submit(button, **fields_of(browser, button, **values))


@pytest.mark.practises("K02", "P06")
def test_typed_photographed_or_read_by_the_camera_it_is_the_same(room: Room, garnier: Browser, marie: Browser) -> None:
    number, name = number_of(room, "traitement-de-fond"), name_of(room)
    with room.inside():
        ref, said = told("traitement-de-fond").ref, code.payload(number, room.workshop_id)
    picture = drawn(square_of(marie.go(f"/ordonnances/{ref}").page))
    for shown in (
        {"number": numbers.grouped(number)}, {"number": said}, {"photo": (io.BytesIO(photo(picture)), "carre.jpg")}
    ):
        scan(garnier, **shown)
        assert garnier.heading == f"Ordonnance de {name}"
        assert garnier.sees("Reste 6 boîtes sur 6")


@pytest.mark.practises("P06", "K03")
def test_delivered_in_part_then_replaced_then_refused(room: Room, garnier: Browser, marie: Browser) -> None:
    with room.inside():
        before, ref = notified("DELIVRANCE"), told("traitement-de-fond").ref
    scan(garnier, number=number_of(room, "traitement-de-fond"))
    assert deliver(garnier, "metformine", note="Au milieu des repas.").sees("Reste 4 boîtes")
    deliver(garnier, "amlodipine", quantity="3", substituted="amlodipine, autre générique")
    button = "Noter : non délivré"
    garnier.submit(button, **fields_of(garnier, button, reason="Rupture de stock"))
    with room.inside():
        assert [line.state for line in told("traitement-de-fond").lines] == ["refused", "substituted", "prescribed"]
        assert (notified("DELIVRANCE"), done("LineRefused")) == (before + 3, 1)
    marie.go(f"/ordonnances/{ref}")
    for words in ("Délivrée en partie", "remplacé par amlodipine, autre générique", "Motif : Rupture de stock", "2 sur 6"):
        assert marie.sees(words), words
    assert marie.sees("Hélène Garnier (Pharmacie de la Gare)")


@pytest.mark.practises("K05", "P06")
def test_another_pharmacy_sees_what_remains_and_a_second_attempt_is_refused(room: Room, garnier: Browser) -> None:
    number, nguyen = number_of(room, "traitement-de-fond"), room.professional("pharm-nguyen")
    scan(garnier, number=number)
    for drug, quantity in (("metformine", "6"), ("amlodipine", "3"), ("atorvastatine", "2")):
        deliver(garnier, drug, quantity=quantity)
    assert scan(nguyen, number=number).sees("Reste 1 boîte sur 3")
    deliver(nguyen, "atorvastatine")
    assert nguyen.sees("Ordonnance épuisée : tout a déjà été délivré")
    assert not nguyen.page.select("main form")
    again = scan(garnier, number=number)
    assert again.sees("Ordonnance épuisée : tout a déjà été délivré")


def test_a_page_left_open_is_refused_when_another_counter_was_quicker(room: Room, garnier: Browser) -> None:
    number, nguyen = number_of(room, "traitement-de-fond"), room.professional("pharm-nguyen")
    scan(garnier, number=number)
    deliver(scan(nguyen, number=number), "amlodipine", quantity="3")
    deliver(garnier, "amlodipine", quantity="1")
    assert garnier.status == 422
    assert garnier.sees("Rien n’a été enregistré")
    assert garnier.sees("vient d’être entièrement délivrée")
    with room.inside():
        assert told("traitement-de-fond").lines[1].delivered == 3


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("ordonnance-annulee", "Ordonnance annulée : ne délivrez rien"),
        ("vitamine-d", "Ordonnance expirée : ne délivrez rien"),
        ("traitement-trimestre", "Ordonnance épuisée : tout a déjà été délivré"),
    ],
)
def test_each_closed_state_has_its_own_screen(room: Room, garnier: Browser, slug: str, words: str) -> None:
    scan(garnier, number=number_of(room, slug))
    assert garnier.sees(words)
    assert not garnier.page.select("main form")


def test_what_cannot_be_read_is_explained_beside_its_field(room: Room, garnier: Browser) -> None:
    number = number_of(room, "traitement-de-fond")
    blank = (io.BytesIO(photo(Image.new("L", (300, 300), 200))), "papier.jpg")
    for shown, field in (
        ({"number": f"SANDBOX:{number}.AAAAAAAAAA"}, "number"), ({"number": "https://ailleurs.example"}, "number"),
        ({"number": number[:-1] + ("2" if number[-1] != "2" else "3")}, "number"), ({"photo": blank}, "photo"), ({}, "number"),
    ):
        scan(garnier, **shown)
        assert garnier.status == 422
        assert garnier.page.find(id=f"{field}-error"), shown


def test_too_many_boxes_are_refused_with_what_remains(room: Room, garnier: Browser) -> None:
    scan(garnier, number=number_of(room, "traitement-de-fond"))
    deliver(garnier, "amlodipine", quantity="4")
    assert garnier.status == 422
    assert garnier.sees("Il reste 3 boîtes sur cette ligne")
    deliver(garnier, "amlodipine", quantity="beaucoup")
    assert garnier.sees("Écrivez un nombre entier")
    button = "Noter : non délivré"
    assert garnier.submit(button, **fields_of(garnier, button, reason="")).sees("Dites pourquoi ce produit n’est pas délivré")


def test_only_a_pharmacist_stands_at_the_counter(room: Room, lemoine: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    assert lemoine.go(f"/pro/delivrance/{ref}").status == 404
