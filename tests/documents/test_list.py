"""Finding a document among many."""

from __future__ import annotations

import pytest

from sandbox.documents import service, shelf
from tests.browser import Browser, text_of
from tests.room import Room


def titles(who: Browser) -> list[str]:
    return [text_of(row.find("a")) for row in who.page.select("ul.rows > li")]


@pytest.mark.practises("D01")
def test_marie_browses_the_fifteen_categories_with_their_counters(marie: Browser) -> None:
    marie.go("/documents/").click("Par catégorie")
    rows = marie.page.select("ul.rows > li")
    assert len(rows) == 15
    marie.click("Résultats de biologie (7)" if marie.sees("Résultats de biologie (7)") else "Résultats de biologie")
    assert marie.path == "/documents/?categorie=BIOLOGIE"
    assert all("Résultats de biologie" in text_of(row) for row in marie.page.select("ul.rows > li"))


@pytest.mark.practises("D01")
def test_a_new_document_counts_until_it_is_opened(room: Room, marie: Browser) -> None:
    with room.inside():
        service.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Dosage du fer", category="BIOLOGIE", text="Fer normal."
        )
    assert marie.go("/documents/categories").sees("1 nouveau")
    marie.go("/documents/").click("Dosage du fer")
    assert "Nouveau" not in text_of(marie.go("/documents/?mots=fer").page.find("ul", class_="rows"))


def test_words_are_found_without_their_accents(marie: Browser) -> None:
    marie.go("/documents/").submit("Chercher", mots="SYNTHESE medecin")
    assert titles(marie) == ["Synthèse médicale du médecin traitant"]
    marie.submit("Chercher", mots="introuvable")
    assert marie.sees("Aucun titre ne contient « introuvable »")


def test_the_list_is_sorted_as_asked(marie: Browser) -> None:
    marie.go("/documents/").submit("Chercher", tri="nom", categorie="BIOLOGIE")
    assert titles(marie) == sorted(titles(marie), key=shelf.folded)
    newest = titles(marie.submit("Chercher", tri="recents"))
    assert titles(marie.submit("Chercher", tri="anciens")) == newest[::-1]


def test_the_list_is_cut_in_pages_of_twenty_five(marie: Browser) -> None:
    marie.go("/documents/")
    first = titles(marie)
    second = titles(marie.click("Page suivante"))
    assert len(first) == 25
    assert marie.path == "/documents/?page=2"
    assert not set(first[:2]) & set(second)
    assert marie.go("/documents/?page=99").sees("Page 2 sur 2")


def test_an_address_typed_by_hand_never_breaks(marie: Browser) -> None:
    assert marie.go("/documents/?categorie=<script>&tri=x&page=moins&mots=%00").status == 200


def test_what_arrives_waits_to_be_asked_for(room: Room, marie: Browser) -> None:
    marie.go("/documents/")
    waiting = marie.page.find(attrs={"data-topics": "documents"})["data-fragment"]
    assert not marie.go(str(waiting)).sees("vient d’arriver")
    with room.inside():
        service.deposit_text(room.user("dr-lemoine"), room.record(1), title="Lettre", category="CPT_REND", text="Bonjour.")
    assert marie.go(str(waiting)).sees("Un document vient d’arriver")


def test_an_empty_record_teaches_what_will_come(room: Room, marie: Browser) -> None:
    with room.inside():
        for document in service.of_record(room.record(1)):
            document.author = room.record(1).owner
            service.delete(room.record(1).owner, document)
    assert marie.go("/documents/").sees("Aucun document pour l’instant")


def test_opening_the_section_leaves_one_trace(marie: Browser) -> None:
    marie.go("/documents/").go("/documents/?tri=nom").go("/documents/?page=2")
    history = text_of(marie.go("/historique/?onglet=moi").page.find("main"))
    assert history.count("rubrique « Documents »") == 1
