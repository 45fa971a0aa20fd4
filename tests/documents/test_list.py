"""Finding a document among many: categories, filters, order, pages."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.french import folded
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.documents.papers import path_of
from tests.documents.shelves import hold, put, titles
from tests.room import Room

IRON = "Dosage du fer"


@pytest.mark.practises("D01")
def test_marie_browses_the_fifteen_categories_and_their_new_documents(room: Room, marie: Browser) -> None:
    marie.go("/documents/").click("Catégories")
    assert len(marie.page.select("ul.rows > li")) == 15
    assert "(vide)" in line_of(marie, "Directives anticipées")
    assert "C’est vous qui les écrivez" in line_of(marie, "Directives anticipées")
    assert "nouveau" not in line_of(marie, "Autres documents")
    put(room, 1, IRON, by="labo-horizon")
    put(room, 1, "Dosage du zinc", by="labo-horizon")
    marie.go("/documents/categories")
    assert "2 nouveaux" in line_of(marie, "Autres documents")
    marie.click("Autres documents")
    assert marie.path == "/documents/?categorie=AUTR_DOC"
    assert all("Autres documents" in text_of(row) for row in marie.page.select("ul.rows > li"))
    marie.click(IRON).go("/documents/categories")
    assert "1 nouveau" in line_of(marie, "Autres documents")
    assert marie.click("Directives anticipées").sees("Aucun document dans cette catégorie")


@pytest.mark.practises("D02")
def test_marie_narrows_the_list_step_by_step_then_lends_its_address(room: Room, marie: Browser) -> None:
    marie.go("/documents/").submit("Appliquer", dossier=ref_of(marie, "dossier", "Cœur et tension"))
    heart = set(titles(marie))
    assert heart < set(titles(marie.go("/documents/").submit("Chercher", tri="nom")) + titles(marie.click("Page suivante")))
    marie.submit("Appliquer", dossier="", auteur=ref_of(marie, "auteur", "Dr Karim Haddad"))
    assert all("Dr Karim Haddad" in text_of(row) for row in marie.page.select("ul.rows > li"))
    marie.submit("Appliquer", categorie="CPT_REND", du="2000-01-01", tri="auteur", mots="tension", dossier="")
    chips = [text_of(chip) for chip in marie.page.select(".chips a")]
    assert [chip.removeprefix("Retirer le filtre ") for chip in chips] == [
        "« tension »", "Comptes rendus", "Dr Karim Haddad", "Depuis le 1er janvier 2000", "Tout effacer",
    ]
    found = titles(marie)
    assert found
    assert titles(room.learner(1).go(marie.path)) == found
    marie.click("Retirer le filtre Dr Karim Haddad")
    assert "auteur=" not in marie.path
    assert set(titles(marie)) >= set(found)
    assert marie.click("Tout effacer").path == "/documents/"


@pytest.mark.practises("D02")
def test_the_list_is_sorted_by_date_name_or_author(marie: Browser) -> None:
    marie.go("/documents/").submit("Chercher", tri="nom", categorie="BIOLOGIE")
    assert titles(marie) == sorted(titles(marie), key=folded)
    newest = titles(marie.submit("Chercher", tri="recents"))
    assert titles(marie.submit("Chercher", tri="anciens")) == newest[::-1]
    assert marie.sees("du plus ancien au plus récent")
    marie.go("/documents/?tri=auteur")
    rows = [row for row in marie.page.select("ul.rows > li") if "Épinglé" not in text_of(row)]
    authors = [folded(text_of(row.find(class_="meta")).split(" · ")[1]) for row in rows]
    assert authors == sorted(authors)


@pytest.mark.practises("D02")
def test_a_period_may_have_one_end_or_two(room: Room, marie: Browser) -> None:
    for day in (3, 4, 5):
        put(room, 1, f"Radio du {day}", dated=date(1999, 2, day))
    assert titles(marie.go("/documents/?au=1999-02-04")) == ["Radio du 4", "Radio du 3"]
    assert titles(marie.go("/documents/?du=04/02/1999&au=1999-02-05")) == ["Radio du 5", "Radio du 4"]
    assert marie.sees("Du 4 février 1999 au 5 février 1999")
    assert "Radio du 3" not in titles(marie.go("/documents/?du=1999-02-04&tri=anciens"))


@pytest.mark.parametrize(("address", "cure"), [
    ("du=31/02/2026", "« 31/02/2026 » n’est pas une date"), ("au=hier", "« hier » n’est pas une date"),
    ("du=2026-05-01&au=2026-04-01", "La fin de la période vient avant son début"),
])
def test_a_wrong_date_is_explained_beside_its_field(marie: Browser, address: str, cure: str) -> None:
    marie.go(f"/documents/?{address}&categorie=BIOLOGIE")
    assert marie.status == 422
    assert cure in text_of(marie.page.find(class_="error-summary"))
    assert cure in text_of(marie.page.find(class_="field-error"))
    assert titles(marie)


def test_documents_in_no_folder_are_a_list_too(marie: Browser) -> None:
    marie.go("/documents/").submit("Appliquer", dossier="sans")
    assert marie.sees("Sans dossier")
    assert not marie.page.select("ul.rows .tag use[href*=folder]")
    assert "Personne de confiance" not in " ".join(titles(marie))


def test_filters_that_nothing_answers_say_what_to_do(marie: Browser) -> None:
    marie.go("/documents/?categorie=BIOLOGIE&au=1950-01-01")
    assert marie.sees("Aucun document ne répond à tous ces filtres à la fois. Retirez-en un.")


@pytest.mark.practises("D09")
def test_a_pinned_document_is_first_in_every_order_until_it_is_unpinned(room: Room, marie: Browser) -> None:
    marie.go(path_of(room, "hba1c-initiale")).submit("Épingler")
    first = "Découverte du diabète – glycémie, HbA1c, cholestérol"
    for address in ("", "?tri=anciens", "?tri=nom", "?tri=auteur", "?categorie=BIOLOGIE", "?mots=hba1c"):
        pinned = ["Épinglé" in text_of(row) for row in marie.go(f"/documents/{address}").page.select("ul.rows > li")]
        assert pinned == sorted(pinned, reverse=True)
        assert first in titles(marie)[: pinned.count(True)]
    marie.click(first).submit("Ne plus épingler")
    assert first not in titles(marie.go("/documents/"))


def test_the_list_is_cut_in_pages_of_twenty(marie: Browser) -> None:
    first = titles(marie.go("/documents/"))
    second = titles(marie.click("Page suivante"))
    assert len(first) == 20
    assert marie.path == "/documents/?page=2"
    assert not set(first[:2]) & set(second)
    assert marie.go("/documents/?page=99").sees("Page 3 sur 3")


@pytest.mark.parametrize("address", ["", "?tri=nom", "?categorie=BIOLOGIE&tri=anciens", "?mots=resultat", "?choisir=1"])
def test_four_hundred_documents_ask_no_more_than_forty(room: Room, marie: Browser, jean: Browser, address: str) -> None:
    hold(room, 1, 40)
    hold(room, 2, 400)
    counted = []
    for who in (marie, jean):
        who.go(f"/documents/{address}")  # the first search reads the files
        with asked(room.app) as questions:
            who.go(f"/documents/{address}")
        counted.append(len(questions))
    assert counted[0] == counted[1] <= 13
    assert len(jean.page.select("ul.rows > li, .choice")) == 20


def test_each_of_four_hundred_documents_is_on_one_page(room: Room, marie: Browser) -> None:
    hold(room, 1, 400)
    marie.go("/documents/?tri=nom")
    met = [link["href"] for link in marie.page.select("ul.rows .row-title a")]
    while "Page suivante" in marie.links():
        marie.click("Page suivante")
        met += [link["href"] for link in marie.page.select("ul.rows .row-title a")]
    assert marie.sees("Page 20 sur 20")
    assert len(met) == len(set(map(str, met))) == 400


def test_an_address_typed_by_hand_never_breaks(marie: Browser) -> None:
    assert marie.go("/documents/?categorie=<script>&tri=x&page=moins&mots=%00&auteur=moi&choisir=oui").status == 200
    assert marie.go("/documents/?page=99999999999999999999&mots=" + "a+" * 60).status == 200


def test_what_arrives_waits_to_be_asked_for(room: Room, marie: Browser) -> None:
    marie.go("/documents/")
    waiting = marie.page.find(attrs={"data-topics": "documents"})["data-fragment"]
    assert not marie.go(str(waiting)).sees("vient d’arriver")
    put(room, 1, "Lettre", by="dr-lemoine")
    assert marie.go(str(waiting)).sees("Un document vient d’arriver")


def test_an_empty_record_teaches_what_will_come(room: Room, marie: Browser) -> None:
    hold(room, 1, 0)
    assert marie.go("/documents/").sees("Aucun document pour l’instant")
    assert marie.go("/documents/?choisir=1").sees("Aucun document pour l’instant")


def test_opening_the_section_leaves_one_trace(marie: Browser) -> None:
    marie.go("/documents/").go("/documents/?tri=nom").go("/documents/?page=2").go("/documents/?du=2020-01-01")
    history = text_of(marie.go("/historique/?onglet=moi").page.find("main"))
    assert history.count("rubrique « Documents »") == 1


def line_of(who: Browser, words: str) -> str:
    return next(text_of(row) for row in who.page.select("ul.rows > li") if words in text_of(row))


def ref_of(who: Browser, field: str, words: str) -> str:
    """The value of the choice with these words."""
    choices = who.page.select(f"select[name={field}] option")
    return next(str(choice["value"]) for choice in choices if words in text_of(choice))
