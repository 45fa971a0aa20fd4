"""The nurse, the physiotherapist and the laboratory carry out what was prescribed to them."""

from __future__ import annotations

import pytest

from sandbox import clock
from sandbox.french import full_date
from sandbox.prescriptions.models import Kind, LineState
from sandbox.prescriptions.service import NewLine, find_by_number
from tests.browser import Browser
from tests.pro.counters import days_go_by, on, prescribed, row, show
from tests.pro.people import done, notified
from tests.room import Room

DRESSING = NewLine(drug="pansement simple", posology="tous les 2 jours", duration_days=20, quantity=10, unit="passage")
KNEE = NewLine(drug="rééducation du genou", posology="2 séances par semaine", duration_days=60, quantity=12, unit="séance")
LIPIDS = NewLine(drug="bilan lipidique", posology="à jeun", duration_days=90, unit="analyse")
SUGAR = NewLine(drug="glycémie à jeun", posology="à jeun", duration_days=90, unit="analyse")


@pytest.mark.practises("P07")
def test_nurse_physiotherapist_and_laboratory_carry_out_their_own_kind(room: Room, marie: Browser) -> None:
    for who, kind, lines, press, did in (
        ("inf-morvan", Kind.NURSING, [DRESSING], "Noter un passage", "Réalisé : pansement simple (1 passage)"),
        ("kine-kermarrec", Kind.PHYSIOTHERAPY, [KNEE], "Noter une séance", "Réalisé : rééducation du genou (1 séance)"),
        ("labo-horizon", Kind.BIOLOGY, [LIPIDS, SUGAR], "Tout noter comme réalisé", "bilan lipidique (1 analyse), glycémie à jeun (1 analyse)"),
    ):
        number, person = prescribed(room, kind, *lines), room.professional(who)
        assert show(person, number).submit(press).sees(did)
        assert f"1 sur {lines[0].quantity}" in row(person, lines[0].drug)
        others = {"inf-morvan", "kine-kermarrec", "labo-horizon", "pharm-garnier"} - {who}
        assert not any(show(room.professional(other), number).sees(lines[0].drug) for other in others)
        with room.inside():
            ref = find_by_number(number).ref
        assert marie.go(f"/ordonnances/{ref}").sees(f"réalisé, 1 {lines[0].unit}")
    with room.inside():
        assert (done("LinePerformed"), done("LineDelivered")) == (4, 0)


def test_sessions_are_counted_each_with_its_day_and_a_note_until_the_last(room: Room) -> None:
    number, kermarrec = prescribed(room, Kind.PHYSIOTHERAPY, KNEE), room.professional("kine-kermarrec")
    first = full_date(clock.today())
    show(kermarrec, number).submit("Enregistrer", **on(kermarrec, "genou", note="Flexion à 90 degrés."))
    days_go_by(room, 3)
    show(kermarrec, number).submit("Noter une séance")
    assert "2 sur 12 10 séances" in row(kermarrec, "genou")
    for words in (f"Le {first}", "Flexion à 90 degrés.", "Yann Kermarrec (Cabinet de kinésithérapie des Halles) : réalisé, 1 séance."):
        assert words in row(kermarrec, "genou"), words
    kermarrec.submit("Enregistrer", **on(kermarrec, "genou", quantity="10"))
    assert kermarrec.sees("Ordonnance épuisée : tout a déjà été réalisé")


def test_a_nurse_who_finds_nobody_says_so_and_comes_again(room: Room) -> None:
    number, morvan = prescribed(room, Kind.NURSING, DRESSING), room.professional("inf-morvan")
    with room.inside():
        before = notified("DELIVRANCE")
    show(morvan, number).submit("Enregistrer", **on(morvan, "pansement", reason="Patient absent"))
    assert morvan.sees("Non réalisé : pansement simple (Patient absent)")
    assert not morvan.page.select("input[name$=substituted], input[name$=posology]")
    with room.inside():
        assert (done("CareRefused"), notified("DELIVRANCE")) == (1, before + 1)
        assert find_by_number(number).lines[0].state is LineState.REFUSED
    assert "0 sur 10 10 passages" in row(morvan, "pansement")


def test_the_laboratory_goes_on_to_deposit_the_results(room: Room) -> None:
    number, labo = prescribed(room, Kind.BIOLOGY, LIPIDS), room.professional("labo-horizon")
    show(labo, number).submit("Tout noter comme réalisé")
    labo.click("Déposer les résultats")
    assert labo.status == 200
    assert "/deposer" in labo.path
