"""The counter's camera, where the browser can read squares: what it reads goes in the field, and nothing is sent alone."""

from __future__ import annotations

import pytest

from sandbox.prescriptions import code
from tests.cast import Cast
from tests.pro.people import name_of, told
from tests.room import Room

pytestmark = pytest.mark.browser
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, Math.random() * 300, 150), 50);
  return canvas.captureStream();
};
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: "SAID" }]; }
};
"""
NONE = "delete window.BarcodeDetector;"


@pytest.mark.practises("K02", "P06")
def test_what_the_camera_reads_opens_the_prescription(people: Cast, room: Room) -> None:
    with room.inside():
        said = code.payload(told("traitement-de-fond").number, room.workshop_id)
    garnier = people.professional("pharm-garnier")
    garnier.page.add_init_script(CAMERA.replace("SAID", said))
    garnier.click("Délivrance").press("Lire le carré avec la caméra")
    garnier.sees("Le code a été lu")
    assert garnier.page.get_by_label("Numéro de l’ordonnance").input_value() == said
    assert not garnier.page.locator("video").is_visible()
    garnier.press("Ouvrir l’ordonnance").sees(f"Ordonnance de {name_of(room)}")


def test_a_browser_that_cannot_read_squares_offers_no_camera(people: Cast) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.add_init_script(NONE)
    garnier.click("Délivrance")
    garnier.page.wait_for_timeout(300)  # the time its script would take to show itself
    assert not garnier.page.get_by_role("button", name="caméra").is_visible()
    assert garnier.page.get_by_label("Ou une photo du carré").is_visible()
