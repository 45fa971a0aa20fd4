"""The catalogue of services: searched, filtered, turned page after page, in an order that helps."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.catalogue import halting, searching, service
from sandbox.catalogue.models import Status
from sandbox.db import db
from sandbox.journal.models import Entry
from tests.browser import Browser, text_of
from tests.room import Room


def acts(room: Room, seat: int = 1) -> list[str]:
    with room.inside():
        query = sa.select(Entry.act).where(Entry.seat == seat, ~Entry.from_pack).order_by(Entry.id)
        return list(db.session.scalars(query))


def names(browser: Browser) -> list[str]:
    return [text_of(link) for link in browser.page.select(".rows .row-title a")]


def chips(browser: Browser) -> list[str]:
    return [text_of(link) for link in browser.page.select(".chips a")]


@pytest.mark.practises("H01")
def test_marie_browses_searches_and_filters_by_theme_and_region(marie: Browser) -> None:
    first = names(marie.go("/catalogue/"))
    second = names(marie.click("Page suivante"))
    assert len({*first, *second}) == len(first) + len(second) == len(service.services())
    marie.go("/catalogue/").submit("Chercher", q="rendez vous")
    assert set(names(marie)) >= {"Rendez-vous Valbrune", "Agenda Sorvelle", "Imagerie Corvane"}
    marie.submit("Appliquer", theme="rendez-vous", region="Bretagne")
    assert names(marie) == ["Rendez-vous Valbrune", "Agenda Sorvelle"]
    assert marie.sees("2 services sur 20")
    assert len(chips(marie)) == 4
    marie.click("Retirer le filtre « rendez vous »")
    marie.click("Retirer le filtre Rendez-vous")
    assert "region=Bretagne" in marie.path
    assert "theme" not in marie.path
    assert "Agenda Sorvelle" in names(marie)
    assert "Maternité Valdoire" not in names(marie)
    assert len(names(marie.submit("Chercher", q="asthme"))) == 0
    assert len(names(marie.click("Voir tous les services"))) == searching.PAGE


@pytest.mark.parametrize("words", ["diabète", "DIABETE", " diabete  suivi ", "suivi du diabète", "glycémies", "le sucre"])
def test_a_search_finds_a_service_accents_plurals_and_order_aside(marie: Browser, words: str) -> None:
    marie.go("/catalogue/").submit("Chercher", q=words)
    assert names(marie)[0] == "Glyco Suivi"
    assert len(names(marie)) < 5


@pytest.mark.parametrize(("typed", "found"), [("glicémie", "Glyco Suivi"), ("vacins", "Rappel Vaccins"), ("sommeille", "Carnet de Nuit")])
def test_a_slip_of_the_finger_is_understood_and_said(marie: Browser, typed: str, found: str) -> None:
    marie.go("/catalogue/").submit("Chercher", q=typed)
    assert found in names(marie)
    assert marie.page.find("input", attrs={"name": "q"})["value"] == typed


def test_what_was_understood_is_told(marie: Browser) -> None:
    assert marie.go("/catalogue/?q=glicémie").sees("Nous avons cherché « glycémie »")
    assert not marie.go("/catalogue/?q=glycemie").sees("Nous avons cherché")


def test_only_a_search_with_a_word_is_an_act_and_turning_its_pages_is_not(room: Room, marie: Browser) -> None:
    marie.go("/catalogue/").submit("Appliquer", theme="rendez-vous")
    assert "ServicesSearched" not in acts(room)
    marie.go("/catalogue/").submit("Chercher", q="vous").click("Page suivante")
    assert acts(room).count("ServicesSearched") == 1


def test_the_filters_stay_when_pages_turn(marie: Browser) -> None:
    marie.go("/catalogue/").submit("Appliquer", region="Bretagne").click("Page suivante")
    assert "region=Bretagne" in marie.path
    assert "page=2" in marie.path
    assert marie.page.select_one("#region option[selected]").get_text() == "Bretagne"
    assert "page" not in marie.submit("Chercher", q="carnet").path


def test_a_region_that_no_service_names_still_has_those_of_all_france(marie: Browser) -> None:
    marie.go("/catalogue/").submit("Appliquer", region="Mayotte")
    assert "Glyco Suivi" in names(marie)


def test_a_search_that_finds_nothing_shows_the_way_back(marie: Browser) -> None:
    marie.go("/catalogue/?q=zzz&theme=vaccination&region=Corse")
    assert marie.sees("Aucun service trouvé")
    assert marie.sees("ou retirez un filtre")
    assert chips(marie.click("Voir tous les services")) == []
    nothing = marie.go("/catalogue/?theme=pre-admission&region=Corse&q=maternité")
    assert names(nothing) == []


@pytest.mark.parametrize("query", ["theme=inconnu&region=Mars", "page=99", "page=-1", "page=²", "q=%20%20", "q=le+de+la", "q=" + "x" * 900])
def test_an_odd_address_is_answered(marie: Browser, query: str) -> None:
    assert marie.go(f"/catalogue/?{query}").status == 200
    assert names(marie) or marie.sees("Aucun service trouvé")


def test_those_that_one_can_use_come_first(room: Room, marie: Browser) -> None:
    usable = {one.name for one in service.services().values() if one.can_be_tried}
    assert len(usable) == 4
    assert set(names(marie.go("/catalogue/"))[:4]) == usable
    with room.inside():
        halting.halt(room.user("portail"), room.record(1), "glyco-suivi", Status.SUSPENDED)
    assert "Glyco Suivi" not in names(marie.go("/catalogue/"))
    assert names(marie.go("/catalogue/?page=2"))[-1] != "Agenda Sorvelle"
    marie.go("/catalogue/?q=glyco")
    assert "Suspendu" in text_of(marie.page.select_one(".rows"))
