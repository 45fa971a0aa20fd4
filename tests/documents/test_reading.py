"""Reading a document in the page, and keeping it."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image
from pypdf import PdfReader

from sandbox import clock, french
from sandbox.blobs import Rendering
from sandbox.db import db
from sandbox.documents import apart, pages, rendering, service
from sandbox.documents.apart import drawing
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.documents.papers import added, path_of, pdf
from tests.pro.people import done
from tests.room import Room


def downloaded(who: Browser) -> PdfReader:
    who.submit("Oui, télécharger")
    assert who.response is not None
    return PdfReader(BytesIO(who.response.data))


@pytest.mark.practises("D03")
def test_marie_reads_a_text_a_picture_and_a_pdf_without_leaving_the_page(room: Room, marie: Browser) -> None:
    marie.go("/documents/").click("Ordonnance numérique")
    assert text_of(marie.page.find("article", class_="paper"))
    assert marie.sees("Déposé par Dr")
    marie.go(added(room, samples.png(), "image/png", "Carte de mutuelle"))
    assert marie.sees(f"Déposé par vous le {french.full_date(clock.today())}")
    assert picture_of(marie).size == (40, 40)
    marie.go(added(room, b"Tension : 13/8", "text/plain", "Mesures"))
    assert text_of(marie.page.find("pre")) == "Tension : 13/8"
    marie.go(added(room, pdf("Première page", "Deuxième page"), "application/pdf", "Courrier"))
    assert picture_of(marie).width == drawing.WIDEST
    assert text_of(marie.page.find("pre")) == "Première page"
    marie.click("Page suivante")
    assert marie.sees("Page 2 sur 2")
    assert text_of(marie.page.find("pre")) == "Deuxième page"
    assert marie.sees("Sur un ordinateur partagé, supprimez-le avant de partir.")
    assert len(downloaded(marie).pages) == 2


def picture_of(who: Browser) -> Image.Image:
    """The picture that the page of a document shows."""
    found = who.client.get(str(who.page.find("article", class_="paper").find("img")["src"]))
    assert found.status_code == 200
    assert "sandbox" in found.headers["Content-Security-Policy"]
    return Image.open(BytesIO(found.data))


def test_marie_reads_a_blood_test_in_the_page(marie: Browser) -> None:
    marie.go("/documents/?mots=lipidique").click("Bilan lipidique")
    assert marie.sees("Déposé par Laboratoire Horizon le")
    paper = marie.page.find("article", class_="paper")
    assert "30 rue des Sources" in text_of(paper)
    assert paper.find("td", attrs={"data-label": "Résultat"}) is not None
    assert "{{" not in text_of(paper)


def test_every_document_of_the_record_can_be_read_and_kept(room: Room, marie: Browser) -> None:
    with room.inside():
        found = [document for document in service.of_record(room.record(1)) if not document.is_hidden]
        refs = [document.ref for document in found]
        assert all(rendering.pdf_of(document).startswith(b"%PDF-") for document in found)
    for ref in refs:
        marie.go(f"/documents/{ref}")
        assert marie.page.find("article", class_="paper") is not None
        assert "{{" not in text_of(marie.page)


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


def test_a_kept_file_has_a_cleaned_name_and_cannot_act(room: Room, marie: Browser) -> None:
    marie.go(added(room, samples.pdf(), "application/pdf", "Bilan 1/2 de l’été")).submit("Oui, télécharger")
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


def test_a_prescription_leads_to_its_code(marie: Browser) -> None:
    marie.go("/documents/?mots=ordonnance+numerique").click("Ordonnance numérique")
    marie.click("Afficher le code pour la pharmacie")
    assert marie.status == 200
    assert marie.path.startswith("/ordonnances/")


@pytest.mark.parametrize("where", ["", "/fichier", "/page/1", "/confidentialite", "/supprimer", "/modifier"])
def test_a_neighbours_document_does_not_exist(room: Room, marie: Browser, where: str) -> None:
    with room.inside():
        foreign = service.of_record(room.record(2))[0].ref
    assert marie.go(f"/documents/{foreign}{where}").status == 404


@pytest.mark.parametrize("action", ["telecharger", "masquer", "rendre-visible", "epingler", "desepingler", "supprimer", "modifier"])
def test_nothing_is_done_to_a_neighbours_document(room: Room, marie: Browser, action: str) -> None:
    with room.inside():
        document = service.of_record(room.record(2))[0]
        foreign, before = document.ref, (document.is_masked, document.pinned)
    token = marie.go(path_of(room, "bilan-lipidique")).page.find("input", attrs={"name": "csrf_token"})["value"]
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


# --- the pages of a PDF ------------------------------------------------------------------------------------

def test_a_page_is_drawn_once_and_only_the_one_looked_at(room: Room, marie: Browser) -> None:
    path = added(room, pdf("Une", "Deux", "Trois"), "application/pdf", "Courrier")
    marie.go(f"{path}?feuille=2")
    with room.inside():
        before = db.session.scalar(sa.select(sa.func.count(Rendering.id)))
    for _ in range(2):
        assert picture_of(marie).format in {"PNG", "JPEG"}
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Rendering.id))) == before + 1


@pytest.mark.parametrize("number", ["0", "4", "301", "99999999999"])
def test_a_page_that_does_not_exist_is_not_found(room: Room, marie: Browser, number: str) -> None:
    path = added(room, pdf("Une", "Deux", "Trois"), "application/pdf", "Courrier")
    assert marie.go(f"{path}/page/{number}").status == 404
    assert marie.go(f"{path}?feuille={number}").status == 200
    assert marie.sees("Page 3 sur 3" if number != "0" else "Page 1 sur 3")


def test_only_a_pdf_has_pages(room: Room, marie: Browser) -> None:
    assert marie.go(f"{path_of(room, 'bilan-lipidique')}/page/1").status == 404
    assert marie.go(f"{added(room, samples.png(), 'image/png', 'Photo')}/page/1").status == 404


def test_turning_the_pages_is_one_reading(room: Room, marie: Browser) -> None:
    path = added(room, pdf("Une", "Deux"), "application/pdf", "Courrier")
    marie.go(path).click("Page suivante").click("Page précédente")
    with room.inside():
        assert done("DocumentOpened") == 1


def test_a_scan_says_that_it_has_no_words(room: Room, marie: Browser) -> None:
    marie.go(added(room, samples.pdf(), "application/pdf", "Scan"))
    assert marie.sees("Ce PDF ne contient que des images")
    assert marie.page.find("article", class_="paper").find("pre") is None


def test_a_pdf_that_cannot_be_drawn_is_read_and_kept_all_the_same(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise apart.Failed

    monkeypatch.setattr(pages, "sheets", broken)
    monkeypatch.setattr(pages, "picture", broken)
    content = pdf("Tension 13 sur 8, mesurée assis")
    path = added(room, content, "application/pdf", "Courrier")
    marie.go(path)
    assert marie.sees("Les pages de ce PDF ne peuvent pas être montrées ici.")
    assert "13 sur 8" in text_of(marie.page.find("pre"))
    assert marie.client.get(f"{path}/page/1").status_code == 404
    marie.submit("Oui, télécharger")
    assert marie.response is not None
    assert marie.response.data == content


def test_a_professional_reads_the_words_of_a_pdf(room: Room, lemoine: Browser) -> None:
    path = added(room, pdf("Tension 13 sur 8"), "application/pdf", "Courrier")
    with room.inside():
        record = room.record(1).ref
    assert lemoine.go(f"/pro/patients/{record}{path}").sees("Tension 13 sur 8")


def test_a_document_shows_where_it_is_kept(room: Room, marie: Browser) -> None:
    with room.inside():
        kept = next(d for d in service.of_record(room.record(1)) if d.folder)
        ref, folder = kept.ref, kept.folder.name
    assert marie.go(f"/documents/{ref}").sees(f"Dossier {folder}")
