"""A deposit from beginning to end, on both sides: what the professional does, what the patient sees and is told."""

from __future__ import annotations

import pytest

from tests.browser import Browser, text_of
from tests.pro.deposits import LETTER, TITLE, deposit, page_of, put_back, ref_of, replace, states, withdraw
from tests.pro.people import document, patient_path
from tests.room import Room


@pytest.mark.practises("P02")
def test_lemoine_deposits_replaces_withdraws_and_announces_while_marie_follows(room: Room, marie: Browser, lemoine: Browser) -> None:
    lemoine.go("/pro/").click("Mes dépôts").go(patient_path(room)).click("Déposer un document")
    assert "Compte rendu d’imagerie médicale · 18748-4 · Radio, écho, scanner, IRM" in options(lemoine)
    lemoine.submit("Déposer", **LETTER)
    ref = ref_of(room)
    assert told(marie, "Dr Claire Lemoine a déposé le document").sees("Tension 13/8")
    lemoine.click(TITLE).click("Remplacer").submit("Déposer la version 2", text="Tension **15/9**.")
    assert lemoine.sees("Version 1")
    assert told(marie, "Dr Claire Lemoine a remplacé le document").sees("Version 2, remplace celle du")
    assert marie.sees("Tension 15/9")
    assert marie.click(f"Version 1 : {TITLE}").sees("Version remplacée")
    assert marie.sees("Tension 13/8")
    lemoine.click("Retirer").submit("Retirer du dossier", reason="Déposé par erreur dans ce dossier")
    assert lemoine.sees("Motif : Déposé par erreur dans ce dossier")
    assert told(marie, "Dr Claire Lemoine a retiré le document").status == 410
    assert marie.sees("Déposé par erreur dans ce dossier")
    assert not marie.go("/documents/").sees(TITLE)
    assert told_after(marie, put_back(lemoine, room, ref), "a remis le document").sees("Tension 15/9")
    deposit(lemoine, room, title="Résultat à expliquer", kind="11502-2", text="À présenter.", kept_back="y")
    assert not marie.go("/documents/").sees("Résultat à expliquer")
    lemoine.submit("Rendre visible : le patient a été reçu")
    assert marie.go("/documents/").sees("Résultat à expliquer")


def told(who: Browser, words: str) -> Browser:
    """The news, followed where it leads."""
    return who.go("/notifications/").click(words)


def told_after(who: Browser, _: Browser, words: str) -> Browser:
    return told(who, words)


def options(who: Browser) -> list[str]:
    return [text_of(option) for option in who.page.select("select#kind option")]


@pytest.mark.practises("P09")
def test_a_laboratory_deposits_without_reading_and_marie_receives(room: Room, marie: Browser) -> None:
    laboratory, path = room.professional("labo-horizon"), patient_path(room)
    with room.inside():
        name, theirs = room.record(1).family_name, document("compte-rendu-sommeil")
    laboratory.go("/pro/").submit("Chercher", q=name).click(name.upper())
    assert laboratory.sees("Votre établissement dépose sans lire")
    assert options(laboratory.click("Déposer un document"))[1] == "Compte rendu d’examens biologiques · 11502-2 · Résultats de biologie"
    laboratory.submit("Déposer", title="Ferritine", kind="11502-2", text="Ferritine 80 µg/L")
    assert laboratory.path == path
    assert ("Ferritine", "Déposé") in states(laboratory)
    assert told(marie, "Laboratoire Horizon a déposé le document « Ferritine").sees("Ferritine 80")
    ref = ref_of(room, "Ferritine")
    replace(laboratory, room, ref, text="Ferritine 60 µg/L")
    withdraw(laboratory, room, ref, "Tube d’un autre patient")
    deposit(laboratory, room, title="Caryotype", kind="51969-4", text="À expliquer", kept_back="y")
    assert states(laboratory.go(path))[:3] == [("Caryotype", "À annoncer"), ("Ferritine version 2", "Retiré"), ("Ferritine version 1", "Remplacé")]
    assert told(marie, "Laboratoire Horizon a retiré le document").sees("Tube d’un autre patient")
    assert not laboratory.sees(theirs.title)
    for part in ("", "/fichier", "/remplacer", "/retirer"):
        assert laboratory.go(page_of(room, theirs.ref, part)).status == 404
    assert laboratory.go("/pro/depots").sees("Le patient seul sait s’il l’a ouvert")
