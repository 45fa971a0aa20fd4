"""The catalogue of services: searched, filtered, read."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.catalogue import service
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


@pytest.mark.practises("H01")
@pytest.mark.parametrize("words", ["diabète", "DIABETE", " diabete  suivi "])
def test_a_search_finds_a_service_with_or_without_accents(marie: Browser, words: str) -> None:
    marie.go("/catalogue/").submit("Chercher", q=words)
    assert "Glyco Suivi" in names(marie)
    assert len(names(marie)) < 5


@pytest.mark.practises("H01")
def test_only_a_search_with_a_word_is_an_act(room: Room, marie: Browser) -> None:
    marie.go("/catalogue/").submit("Chercher", theme="rendez-vous")
    assert "ServicesSearched" not in acts(room)
    marie.submit("Chercher", q="valbrune")
    assert acts(room).count("ServicesSearched") == 1


@pytest.mark.practises("H01")
def test_theme_and_region_narrow_the_list_and_stay_in_the_address(marie: Browser) -> None:
    marie.go("/catalogue/").submit("Chercher", theme="rendez-vous", region="Bretagne")
    assert "theme=rendez-vous" in marie.path
    assert set(names(marie)) == {"Agenda Sorvelle", "Rendez-vous Valbrune"}
    assert marie.page.select_one("#region option[selected]").get_text() == "Bretagne"


def test_a_search_that_finds_nothing_shows_the_way_back(marie: Browser) -> None:
    assert marie.go("/catalogue/?q=zzz&theme=inconnu&region=Mars").sees("Aucun service ne correspond")
    assert len(names(marie.click("Voir tous les services"))) == len(service.services())


def test_the_sheet_says_who_makes_it_what_it_costs_and_what_it_asks(room: Room, marie: Browser) -> None:
    marie.go("/catalogue/?q=valbrune").click("Rendez-vous Valbrune")
    for words in ("Coopérative des soignants de Valbrune", "Gratuit pour les patients", "Dispositif médical",
                  "Inscrire dans votre agenda les rendez-vous", "L’ordre des soignants affichés ne se paie pas"):
        assert marie.sees(words), words
    assert acts(room)[-1] == "ServiceViewed"
    assert marie.click("Prendre un rendez-vous").path == "/partenaires/rdv-valbrune"


@pytest.mark.parametrize(("slug", "said"), [
    ("imagerie-corvane", "Service suspendu"), ("docteur-torvel", "Service retiré du catalogue"),
])
def test_a_service_that_cannot_be_used_says_so(marie: Browser, slug: str, said: str) -> None:
    assert marie.go(f"/catalogue/{slug}").sees(said)


def test_every_sheet_can_be_read(marie: Browser) -> None:
    for slug in service.services():
        assert marie.go(f"/catalogue/{slug}").status == 200, slug
    assert marie.go("/catalogue/nexiste").status == 404
