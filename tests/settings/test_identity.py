"""The identity card (INS): its traits, its datamatrix, its sheet, and the trace of each look."""

from __future__ import annotations

import pytest
import zxingcpp

from sandbox import numbers
from sandbox.french import folded
from sandbox.numbers import spaced_nir
from sandbox.settings import ins
from tests.browser import Browser, text_of
from tests.family.test_profiles import child
from tests.prescriptions.test_code import drawn, shown
from tests.room import Room
from tests.settings.people import lines


def read(person: Browser) -> list[str]:
    """What a reader says of the square of the page."""
    found = zxingcpp.read_barcodes(drawn(shown(person.page)))
    assert [one.format for one in found] == [zxingcpp.BarcodeFormat.DataMatrix]
    return [one.text for one in found]


@pytest.mark.practises("A20")
def test_marie_opens_her_identity_card_and_its_square_says_the_same(room: Room, marie: Browser) -> None:
    marie.go("/parametres/").click("Carte d’identité de santé")
    with room.inside():
        record = room.record(1)
        traits = [record.family_name.upper(), record.first_name.upper(), record.birth_code, spaced_nir(record.nir)]
        nir, born, said = record.nir, record.birth_date.isoformat(), ins.said(record)
    card = text_of(marie.page.select_one(".identity-card"))
    for words in (*(" ".join(one.split()) for one in traits), "FICTIF – ENTRAÎNEMENT", "OID 1.2.250.1.213.1.4.11 (DÉMO)", "Féminin"):
        assert words in card, words
    assert "datamatrix" in str(marie.page.select_one(".identity-card svg")["aria-label"])
    assert read(marie) == [said]
    assert said.startswith("SANDBOX:INS=")
    assert nir in said
    assert born in said
    assert nir[10:13] == numbers.FICTIONAL_ORDER


def test_each_look_leaves_its_line(room: Room, marie: Browser) -> None:
    marie.go("/parametres/identite").click("Imprimer")
    assert marie.heading == "Carte d’identité de santé (INS)"
    assert marie.sees("cette carte ne peut servir nulle part")
    assert read(marie)
    assert lines(room, "IdentityShown") == 2
    assert marie.go("/historique/").sees("Consultation de la carte d’identité de santé (INS)")


def test_the_medical_profile_leads_to_it(marie: Browser) -> None:
    assert marie.go("/profil/").click("carte d’identité de santé").path == "/parametres/identite"


def test_a_parent_shows_the_card_of_the_child(room: Room, marie: Browser) -> None:
    with room.inside():
        name, nir = child(room, 1).first_name, child(room, 1).nir
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}").go("/parametres/identite")
    assert name.upper() in text_of(marie.page.select_one(".identity-card"))
    assert nir in read(marie)[0]
    assert lines(room, "IdentityShown") == 0
    assert marie.go("/historique/").sees("Consultation de la carte d’identité de santé (INS)")


@pytest.mark.parametrize(("family", "first"), [("Müller-Lefèvre", "Anaïs"), ("d’Œuvre", "Zoë"), ("N", "Li")])
def test_names_with_accents_are_read_in_capitals(room: Room, marie: Browser, family: str, first: str) -> None:
    with room.inside():
        room.record(1).family_name, room.record(1).first_name = family, first
    marie.go("/parametres/identite")
    assert f";NOM={folded(family).upper()};PRENOMS={folded(first).upper()};" in read(marie)[0]


def test_a_professional_and_a_stranger_do_not_see_it(room: Room, lemoine: Browser) -> None:
    assert Browser(room.app, "?").go("/parametres/identite").path == "/rejoindre"
    assert lemoine.client.get("/parametres/identite").status_code == 302
