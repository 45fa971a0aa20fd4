"""Reading a document in the page, and keeping it."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from sandbox.blobs import Rendering
from sandbox.db import db
from sandbox.documents import rendering, service
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.documents.test_adding import add
from tests.room import Room


def downloaded(who: Browser) -> PdfReader:
    who.submit("Oui, télécharger")
    assert who.response is not None
    return PdfReader(BytesIO(who.response.data))


@pytest.mark.practises("D03")
def test_marie_reads_a_blood_test_in_the_page(marie: Browser) -> None:
    marie.go("/documents/?mots=lipidique").click("Bilan lipidique")
    assert marie.sees("Déposé par Laboratoire Horizon le")
    paper = marie.page.find("article", class_="paper")
    assert "30 rue des Sources" in text_of(paper)
    assert paper.find("td", attrs={"data-label": "Résultat"}) is not None
    assert "{{" not in text_of(paper)


@pytest.mark.practises("D03")
def test_every_document_of_the_record_can_be_read_and_kept(room: Room, marie: Browser) -> None:
    with room.inside():
        found = service.of_record(room.record(1))
        refs = [document.ref for document in found]
        assert all(rendering.pdf_of(document).startswith(b"%PDF-") for document in found)
    for ref in refs:
        marie.go(f"/documents/{ref}")
        assert marie.page.find("article", class_="paper") is not None
        assert "{{" not in text_of(marie.page)


@pytest.mark.practises("D03")
def test_marie_is_warned_then_keeps_a_tagged_pdf(room: Room, marie: Browser) -> None:
    marie.go("/documents/?mots=lipidique").click("Bilan lipidique")
    assert marie.sees("Sur un ordinateur partagé, supprimez-le avant de partir.")
    pdf = downloaded(marie)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith("fr")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Bilan lipidique et glycémie"
    words = pdf.pages[0].extract_text()
    with room.inside():
        assert room.record(1).name in words
    assert "Entraînement — personnes et données fictives" in words
    assert marie.go("/historique/?onglet=moi").sees("Téléchargement du document « Bilan lipidique et glycémie »")


def test_a_kept_file_has_a_cleaned_name_and_cannot_act(marie: Browser) -> None:
    add(marie, samples.pdf(), "x.pdf", title="Bilan 1/2 de l’été")
    marie.submit("Oui, télécharger")
    assert marie.response is not None
    headers = marie.response.headers
    assert "attachment" in headers["Content-Disposition"]
    assert "Bilan%201%202%20de%20l%E2%80%99%C3%A9t%C3%A9.pdf" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_pdf_is_made_once_for_the_same_words(room: Room, marie: Browser) -> None:
    marie.go("/documents/?mots=lipidique").click("Bilan lipidique")
    address = marie.path
    downloaded(marie)
    with room.inside():
        before = db.session.scalar(sa.select(sa.func.count(Rendering.id)))
    downloaded(marie.go(address))
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Rendering.id))) == before


@pytest.mark.practises("K01")
def test_a_prescription_leads_to_its_code(marie: Browser) -> None:
    marie.go("/documents/?mots=ordonnance+numerique").click("Ordonnance numérique")
    marie.click("Afficher le code pour la pharmacie")
    assert marie.status == 200
    assert marie.path.startswith("/ordonnances/")


@pytest.mark.parametrize("where", ["", "/fichier", "/confidentialite", "/supprimer"])
def test_a_neighbours_document_does_not_exist(room: Room, marie: Browser, where: str) -> None:
    with room.inside():
        foreign = service.of_record(room.record(2))[0].ref
    assert marie.go(f"/documents/{foreign}{where}").status == 404


@pytest.mark.parametrize("action", ["telecharger", "masquer", "rendre-visible", "epingler", "desepingler", "supprimer"])
def test_nothing_is_done_to_a_neighbours_document(room: Room, marie: Browser, action: str) -> None:
    with room.inside():
        document = service.of_record(room.record(2))[0]
        foreign, before = document.ref, (document.is_masked, document.pinned)
    marie.go("/documents/ajouter")
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    answer = marie.client.post(f"/documents/{foreign}/{action}", data={"csrf_token": token})
    assert answer.status_code == 404
    with room.inside():
        found = db.session.scalars(sa.select(Document).where(Document.ref == foreign)).one()
        assert (found.is_masked, found.pinned) == before


def test_a_typed_text_is_never_a_programme(room: Room, marie: Browser) -> None:
    with room.inside():
        service.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Piège", category="CPT_REND",
            text="{{ 7 * 7 }} <script>alert(1)</script> #panic() [lien](javascript:alert(1))\nfin",
        )
    marie.go("/documents/").click("Piège")
    paper = marie.page.find("article", class_="paper")
    assert "{{ 7 * 7 }} <script>alert(1)</script> #panic()" in text_of(paper)
    assert paper.find(["script", "a"]) is None
    assert "{{ 7 * 7 }}" in downloaded(marie).pages[0].extract_text()
