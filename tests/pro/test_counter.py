"""At the pharmacy: the square is read, lines are delivered or refused, and what cannot be is said clearly."""

from __future__ import annotations

import io
from typing import Any

import pytest

from sandbox import numbers
from sandbox.prescriptions import code
from tests.browser import Browser, text_of
from tests.prescriptions.test_code import drawn, photo
from tests.prescriptions.test_code import shown as square_of
from tests.pro.people import name_of, number_of, told
from tests.room import Room


def scan(browser: Browser, **fields: Any) -> Browser:
    return browser.go("/pro/delivrance").submit("Ouvrir l’ordonnance", **fields)


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
        assert garnier.sees("0 sur 6")


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
    assert (garnier.status, garnier.heading) == (200, words)
    assert garnier.page.select_one(".problem img")
    assert not any("Délivrer" in text_of(button) for button in garnier.page.find_all("button"))
    assert garnier.sees(numbers.grouped(number_of(room, slug)))


def test_nothing_shown_is_said_beside_the_field(room: Room, garnier: Browser) -> None:
    scan(garnier)
    assert (garnier.status, garnier.heading) == (422, "Délivrance")
    assert "Il n’y a rien à lire" in text_of(garnier.page.find(id="number-error"))


def test_only_a_pharmacist_stands_at_the_counter(room: Room, lemoine: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    assert lemoine.go(f"/pro/delivrance/{ref}").status == 404
