"""The counter at real windows: the three ways to read a prescription, and what a camera that does not work says instead."""

from __future__ import annotations

import pytest

from sandbox.prescriptions import code
from tests.cast import Cast
from tests.chromium import Person
from tests.pro.people import name_of, number_of, told
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
  async detect() { return [{ rawValue: "https://ailleurs.example" }, { rawValue: "SAID" }]; }
};
"""
BROKEN = CAMERA + 'navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NAME"); };'
NONE = "delete window.BarcodeDetector;"
LIGHT = "Lire le carré avec la caméra"


def photograph(patient: Person) -> bytes:
    """The square of the patient's screen."""
    return patient.page.locator(".square-code").first.screenshot()


@pytest.mark.practises("K02")
def test_a_prescription_is_shown_by_camera_by_photo_and_typed(people: Cast, room: Room) -> None:
    with room.inside():
        prescription = told("traitement-de-fond")
        said = code.payload(prescription.number, room.workshop_id)
    opened = f"Ordonnance de {name_of(room)}"
    marie, garnier = people.learner(1, phone=True), people.professional("pharm-garnier")
    marie.go(f"/ordonnances/{prescription.ref}")
    garnier.page.add_init_script(CAMERA.replace("SAID", said))
    garnier.click("Délivrance").page.get_by_role("button", name=LIGHT).click()  # and it goes on by itself
    garnier.page.wait_for_url("**/delivrance/*")
    garnier.look().sees(opened)
    garnier.click("Délivrance").page.get_by_label("Ou une photo du carré").set_input_files(
        {"name": "carre.png", "mimeType": "image/png", "buffer": photograph(marie)}
    )
    garnier.press("Ouvrir l’ordonnance").sees(opened)
    shown = marie.page.locator(".code-figure").first.inner_text()
    garnier.click("Délivrance").write("Numéro de l’ordonnance", shown.lower()).page.keyboard.press("Enter")
    garnier.page.wait_for_url("**/delivrance/*")
    garnier.look().sees(opened)


def test_what_the_camera_reads_is_sent_at_once_even_when_it_is_forged(people: Cast, room: Room) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.add_init_script(CAMERA.replace("SAID", f"SANDBOX:{number_of(room, 'traitement-de-fond')}.AAAAAAAAAA"))
    garnier.click("Délivrance").page.get_by_role("button", name=LIGHT).click()
    garnier.sees("Ce code a été modifié ou fabriqué").look()


@pytest.mark.parametrize(
    ("name", "words"),
    [("NotAllowedError", "La caméra est refusée à ce site"), ("NotReadableError", "occupée par un autre programme"), ("NotFoundError", "Aucune caméra")],
)
def test_a_camera_that_does_not_open_says_why_and_what_to_do_instead(people: Cast, name: str, words: str) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.add_init_script(BROKEN.replace("NAME", name))
    garnier.click("Délivrance").press(LIGHT)
    garnier.sees(words).sees("Prenez plutôt le carré en photo").look()
    assert not garnier.page.locator("video").is_visible()


def test_a_browser_that_cannot_read_squares_says_so_and_offers_no_camera(people: Cast) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.add_init_script(NONE)
    garnier.click("Délivrance").sees("Ce navigateur ne sait pas lire un carré avec la caméra")
    assert not garnier.page.get_by_role("button", name="caméra").is_visible()
    assert garnier.page.get_by_label("Ou une photo du carré").is_visible()
    assert garnier.look().page.get_by_label("Numéro de l’ordonnance").evaluate("field => field === document.activeElement")


def test_on_a_small_screen_every_screen_of_the_counter_holds(people: Cast, room: Room) -> None:
    garnier = people.professional("pharm-garnier")
    garnier.page.set_viewport_size({"width": 320, "height": 640})
    garnier.click("Délivrance").write("Carte Vitale du patient", name_of(room, 2).split()[0]).press("Noter qui est là")
    garnier.page.keyboard.press("Enter")  # the first one found
    garnier.sees("Personne suivante").look()
    for number, words in (
        ("TEST 7K3M ABC0 2345 6J", "Regardez le 3e groupe"), ("WIFI:S:Box;T:WPA;P:secret;;", "Ce carré connecte"),
        (number_of(room, "vitamine-d"), "au nom d’une autre personne"), (number_of(room, "vitamine-d", 2), "Ordonnance expirée"),
    ):
        garnier.click("Délivrance").write("Numéro de l’ordonnance", number).press("Ouvrir l’ordonnance").sees(words)
