"""The sheet of a service: complete, in plain words, and what one may do with it."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree

import pytest

from sandbox.catalogue import service
from sandbox.catalogue.models import Purpose, Status
from sandbox.catalogue.service import Service
from sandbox.config import resources
from tests.browser import Browser, text_of
from tests.catalogue.test_catalogue import acts
from tests.partners.pairing import tied
from tests.room import Room

SHEETS = list(service.services().values())
PRICES = {"gratuit", "gratuit avec options payantes", "payant"}
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "path", "rect", "circle", "polyline", "text"}


@pytest.mark.practises("H02")
def test_marie_reads_a_sheet_from_end_to_end(room: Room, marie: Browser) -> None:
    marie.go("/catalogue/?q=glyco").click("Glyco Suivi")
    for words in (
        "Orvane Capteurs", "L’application est gratuite", "Oui : il sert à suivre une maladie", "La loi oblige à le contrôler",
        "plus de 150 critères", "Vos mesures ne servent jamais à la publicité", "Ajouter des mesures (écriture)",
        "Ajouter vos mesures de glycémie au fil de la journée", "Lire vos mesures (lecture)", "Savoir qui vous êtes",
        "Application pour téléphone, appareil à acheter", "Vos mesures sont gardées cinq ans", "aide@glyco-suivi.example",
    ):
        assert marie.sees(words), words
    pictures = marie.page.select(".screens img")
    assert [marie.client.get(picture["src"]).mimetype for picture in pictures] == ["image/svg+xml"] * 2
    assert all(len(picture["alt"]) > 30 for picture in pictures)
    assert acts(room)[-1] == "ServiceViewed"
    assert marie.go("/catalogue/marchons-valbrune").sees("Non : il informe ou il aide")


def test_every_sheet_can_be_read(marie: Browser) -> None:
    for sheet in SHEETS:
        assert marie.go(f"/catalogue/{sheet.slug}").heading == sheet.name
    assert marie.go("/catalogue/nexiste").status == 404
    assert marie.go("/catalogue/nexiste/etat").status == 404


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_every_sheet_is_complete(sheet: Service) -> None:
    for told in (sheet.publisher, sheet.price_detail, sheet.summary, sheet.description, sheet.contact, sheet.also, *sheet.terms):
        assert told.strip()
    assert sheet.price in PRICES
    assert len(sheet.criteria) >= 4
    assert len(sheet.terms) >= 3
    assert sheet.used_on
    assert sheet.contact.endswith(".example")
    assert {*sheet.regions} <= {*service.regions(), service.EVERYWHERE}
    assert bool(sheet.why) is not sheet.is_online
    asked = [need.asked for need in sheet.needs if need.asked]
    assert len(asked) == len(set(asked)) > 0
    assert all(need.asked or need.area == "identite" for need in sheet.needs)
    assert all(need.purpose.endswith(".") for need in sheet.needs)


def test_the_catalogue_has_every_theme_and_every_status() -> None:
    assert len(SHEETS) >= 18
    assert {sheet.theme.slug for sheet in SHEETS} == set(service.themes())
    assert len(service.themes()) == 9
    assert {sheet.status for sheet in SHEETS} == set(Status)
    assert {purpose for sheet in SHEETS for purpose in sheet.purposes} >= set(Purpose) - {Purpose.READ_AGENDA}
    assert sorted(sheet.slug for sheet in SHEETS if sheet.latest > 1) == ["glyco-suivi", "rappel-vaccins"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_every_screen_is_drawn_light_and_harmless(sheet: Service) -> None:
    assert len(sheet.screens) >= 2
    for screen in sheet.screens:
        drawing = resources("static") / screen.image
        assert drawing.stat().st_size < 3000
        tree = ElementTree.fromstring(drawing.read_text(encoding="utf-8"))  # noqa: S314 — our own drawings
        for node in tree.iter():
            assert node.tag.removeprefix(SVG) in DRAWN, screen.image
            assert not [name for name in node.attrib if name.startswith("on") or "href" in name or name == "style"], screen.image
            assert "url(" not in " ".join(node.attrib.values())


def test_no_drawing_is_left_over() -> None:
    known = {screen.image for sheet in SHEETS for screen in sheet.screens}
    assert {f"img/services/{path.name}" for path in (resources("static") / "img" / "services").iterdir()} == known


@pytest.mark.parametrize("path", ["/catalogue/", "/catalogue/glyco-suivi", "/catalogue/docteur-torvel"])
def test_the_pages_are_light(marie: Browser, path: str) -> None:
    marie.go(path)
    files = {node.get("src") or node.get("href") for node in marie.page.select("link[href], script[src], img[src]")}
    sent = len(gzip.compress(marie.response.data))
    assert sent < 15_000
    assert sent + sum(len(gzip.compress(marie.client.get(file).data)) for file in files) < 60_000


def test_whoever_has_synchronised_reads_since_when_and_where_to_change_it(room: Room, marie: Browser) -> None:
    assert "Synchronisé depuis" not in text_of(marie.go("/catalogue/glyco-suivi").page)
    tied(room, 1, "glyco-suivi", Purpose.WRITE_MEASURES)
    marie.go("/catalogue/glyco-suivi")
    assert marie.sees("Synchronisé depuis le")
    assert "Synchroniser ce service" not in [text_of(button) for button in marie.page.select("button")]
    assert marie.click("Voir ou changer mes accords").path.startswith("/services-synchronises/")
    assert "Synchronisé" in text_of(marie.go("/catalogue/?q=glyco").page.select_one(".rows"))
    assert marie.go("/catalogue/").click("Voir vos services synchronisés (2)").sees("Glyco Suivi")


def test_the_two_ways_of_a_simulated_service_lead_to_its_site(marie: Browser) -> None:
    marie.go("/catalogue/glyco-suivi").submit("Synchroniser ce service")
    assert marie.path.startswith("/partenaires/")
    assert marie.go("/catalogue/rdv-valbrune").click("Aller sur Rendez-vous Valbrune").path.startswith("/partenaires/")


def test_a_service_synchronised_before_whose_site_is_not_simulated_is_not_visited(marie: Browser) -> None:
    marie.go("/catalogue/carnet-tension-mirelle")
    assert marie.sees("Synchronisé depuis le")
    assert marie.sees("Son site n’est pas simulé dans cet entraînement")
    assert not any("Aller sur" in link for link in marie.links())


def test_a_service_without_a_simulated_site_names_those_that_have_one(marie: Browser) -> None:
    marie.go("/catalogue/carnet-de-nuit")
    assert marie.sees("Le site de ce service n’est pas simulé dans cet entraînement")
    assert not re.search("Synchroniser ce service", str(marie.page))
    assert marie.click("Glyco Suivi").heading == "Glyco Suivi"
