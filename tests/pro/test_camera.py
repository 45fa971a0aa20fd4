"""The counter's camera, where the browser can read squares: what it reads goes in the field, and nothing is sent alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from sandbox.db import db
from sandbox.prescriptions import code
from sandbox.workshops.models import Workshop
from tests.pro.people import name_of, told
from tests.room import Room

CHROMIUM = "/usr/bin/chromium"
READER = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: "SAID" }]; }
};
"""
WITHOUT = "delete window.BarcodeDetector;"


@pytest.fixture
def site(room: Room) -> Iterator[str]:
    with room.inside():
        db.session.get_one(Workshop, room.workshop_id).quick_entry = True
    server = make_server("127.0.0.1", 0, room.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page() -> Iterator[Page]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser.new_page()
        browser.close()


def stand_at_the_counter(page: Page, room: Room, site: str, script: str) -> None:
    page.add_init_script(script)
    page.goto(f"{site}/pro/carte/{room.card(0, 'pharm-garnier').token}")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("link", name="Délivrance").click()


@pytest.mark.browser
@pytest.mark.practises("K02", "P06")
def test_what_the_camera_reads_opens_the_prescription(page: Page, room: Room, site: str) -> None:
    with room.inside():
        said = code.payload(told("traitement-de-fond").number, room.workshop_id)
    stand_at_the_counter(page, room, site, READER.replace("SAID", said))
    page.get_by_role("button", name="Lire le carré avec la caméra").click()
    page.get_by_text("Le code a été lu").wait_for()
    assert page.get_by_label("Numéro de l’ordonnance").input_value() == said
    assert not page.locator("video").is_visible()
    page.get_by_role("button", name="Ouvrir l’ordonnance").click()
    page.get_by_role("heading", name=f"Ordonnance de {name_of(room)}").wait_for()


@pytest.mark.browser
def test_a_browser_that_cannot_read_squares_offers_no_camera(page: Page, room: Room, site: str) -> None:
    stand_at_the_counter(page, room, site, WITHOUT)
    page.wait_for_timeout(300)  # the time its script would take to show itself
    assert not page.get_by_role("button", name="caméra").is_visible()
    assert page.get_by_label("Ou une photo du carré").is_visible()
