"""Adding in a real browser: photos leave by themselves, one after the other, and are not lost with the network."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from sandbox import blobs
from sandbox.db import db
from sandbox.documents.models import Document
from tests.cast import Cast
from tests.chromium import Person
from tests.documents import samples
from tests.room import Room

SLOW = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 400_000}


def photo(number: int, content: bytes) -> dict[str, object]:
    return {"name": f"recto {number}.jpg", "mimeType": "image/jpeg", "buffer": content}


def at_the_page(people: Cast) -> tuple[Person, Page]:
    person = people.learner(1, phone=True).go("/documents/ajouter")
    return person, person.page


@pytest.mark.browser
def test_two_photos_leave_with_their_progress_and_become_one_pdf(room: Room, people: Cast) -> None:
    person, page = at_the_page(people)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.get_by_label("Choisir un fichier").set_input_files([photo(1, samples.camera(900)), photo(2, samples.camera(901))])
    expect(page.locator(".upload-lines progress")).to_have_count(2)
    expect(page.locator(".upload-lines strong").first).to_contain_text("%")
    person.sees("2 pages vous attendent").look()
    assert page.get_by_label("Nom du document").input_value() == "recto 1"
    page.get_by_role("button", name="Monter la page 2").click()
    expect(page.locator(".tray li").first).to_contain_text("recto 2")
    page.get_by_label("Catégorie").select_option("DOC_ADM")
    person.press("Ajouter à mes documents").sees("est ajouté à vos documents")
    with room.inside():
        kept = db.session.query(Document).filter_by(title="recto 1").one()
        assert len(PdfReader(BytesIO(blobs.read(kept.blob_hash))).pages) == 2


@pytest.mark.browser
def test_a_photo_that_the_network_lost_is_sent_again_alone(people: Cast) -> None:
    person, page = at_the_page(people)
    page.get_by_label("Choisir un fichier").set_input_files([photo(1, samples.photo())])
    person.sees("Une page vous attend")
    page.context.set_offline(True)
    page.get_by_label("Choisir un fichier").set_input_files([photo(2, samples.photo("ivory"))])
    person.sees("L’envoi s’est arrêté")
    page.context.set_offline(False)
    person.complaints.clear()  # the network was cut on purpose
    page.get_by_role("button", name="Réessayer").click()
    person.sees("2 pages vous attendent").look()


@pytest.mark.browser
def test_a_dropped_file_is_taken_and_a_refused_one_says_why(people: Cast) -> None:
    person, page = at_the_page(people)
    page.evaluate("""() => {
      const held = new DataTransfer();
      held.items.add(new File(["Bonjour"], "notes.txt"));
      held.items.add(new File(["PK\\u0003\\u0004"], "lettre.docx"));
      for (const type of ["dragover", "drop"]) {
        document.querySelector(".upload-zone").dispatchEvent(new DragEvent(type, { dataTransfer: held, bubbles: true, cancelable: true }));
      }
    }""")
    person.sees("Un fichier vous attend").sees("Ce document vient d’un traitement de texte")
    expect(page.locator("[data-status]")).to_contain_text("Un fichier n’est pas arrivé")
    person.look()
    page.get_by_role("button", name="D’accord").click()
    expect(page.locator(".upload-lines")).to_be_hidden()
