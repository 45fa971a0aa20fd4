"""The readable copy: found among the documents, read by a person, by a screen reader, by the camera of a counter."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image, ImageEnhance
from pypdf import PdfReader

from sandbox import french, numbers
from sandbox.blobs import Rendering
from sandbox.db import db
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.messaging.attachments import copy_of
from sandbox.prescriptions import code, paper, service
from sandbox.prescriptions.models import Kind, Prescription
from sandbox.prescriptions.service import NewLine
from tests.browser import Browser, text_of
from tests.pro.people import told
from tests.room import Room

ALD = NewLine(drug="metformine 500 mg, comprimé", posology="1 comprimé le soir", duration_days=28, renewals=5, ald=True)
EXACT = NewLine(
    drug="lévothyroxine 75 microgrammes, comprimé", posology="1 comprimé à jeun", duration_days=28, substitution=False,
    reason="marge thérapeutique étroite (MTE)",
)
KNEE = NewLine(drug="rééducation du genou", posology="genou droit, 2 fois par semaine", duration_days=35, quantity=10, unit="séance")


def written(room: Room, *lines: NewLine, kind: Kind = Kind.PRODUCTS) -> Prescription:
    """Only inside."""
    return service.prescribe(room.user("dr-lemoine"), room.record(1), lines, kind=kind)


def sheet(signed: Prescription) -> bytes:
    """Only inside: its readable copy as a file."""
    assert signed.document is not None
    return rendering.pdf_of(signed.document)


def drawn(content: bytes, page: int = 0) -> Image.Image:
    """A page as a scanner at 150 dots an inch gives it."""
    book = pypdfium2.PdfDocument(content)
    picture: Image.Image = book[page].render(scale=150 / 72).to_pil().convert("L")
    book.close()
    return picture


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def read(picture: Image.Image) -> list[str]:
    """What an independent reader finds."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.practises("K01")
def test_marie_finds_her_prescription_among_her_documents_and_prints_it(room: Room, marie: Browser) -> None:
    with room.inside():
        signed = told("traitement-de-fond")
        number, last, said = numbers.grouped(signed.number), signed.valid_until, code.payload(signed.number, room.workshop_id)
    marie.go("/documents/?mots=ordonnance+numerique+metformine").click("Ordonnance numérique – metformine")
    inside = text_of(marie.page.find("article", class_="paper"))
    for words in ("metformine 1 000 mg, comprimé", "pendant 30 jours : 2 boîtes. À renouveler 2 fois.", french.long_date(last), number):
        assert words in inside.replace("\u00a0", " ")
    address = marie.path
    assert marie.sees("Valable")
    marie.click("Afficher le code pour la pharmacie")
    assert marie.page.select(".square-code svg path")
    assert marie.sees(number)
    marie.go(address).click("Imprimer l’ordonnance")
    assert marie.sees(number)
    marie.go(address).submit("Oui, télécharger")
    assert marie.response is not None
    assert marie.response.mimetype == "application/pdf"
    printed = words_of(marie.response.data)
    assert number in printed
    assert f"au plus tard le {french.full_date(last)}" in printed.replace("\u00a0", " ")
    assert read(drawn(marie.response.data)) == [said]


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 7])
@pytest.mark.parametrize("contrast", [1.0, 0.6])
def test_the_printed_square_is_read_turned_and_pale(room: Room, turn: int, contrast: float) -> None:
    with room.inside():
        signed = told("traitement-de-fond")
        picture = drawn(sheet(signed)).rotate(turn, expand=True, fillcolor=255)
        pale = ImageEnhance.Contrast(picture).enhance(contrast)
        assert read(pale) == [code.payload(signed.number, room.workshop_id)]


def test_the_sheet_says_every_line_in_words(room: Room) -> None:
    with room.inside():
        signed = written(room, ALD, EXACT)
        said = words_of(sheet(signed)).replace("\u00a0", " ")
        for words in (
            "Dr Claire Lemoine", room.record(1).name, "affection de longue durée (ALD)", "Sans rapport avec",
            "1 comprimé le soir, pendant 28 jours : 1 boîte. À renouveler 5 fois.",
            "Non substituable : marge thérapeutique étroite (MTE).", numbers.grouped(signed.number), "SPÉCIMEN",
            "personnes et données fictives", "vous pouvez vous y opposer", "Signé numériquement par Dr Claire Lemoine",
        ):
            assert words in said, words


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_has_the_same_sheet(room: Room, kind: Kind) -> None:
    with room.inside():
        content = sheet(written(room, KNEE, kind=kind))
        assert kind.label.lower() in words_of(content)
        assert paper.CARRIED_OUT_BY[kind] in words_of(content)


def test_a_screen_reader_reads_the_sheet(room: Room) -> None:
    with room.inside():
        signed = written(room, ALD)
        content = sheet(signed)
    book = PdfReader(BytesIO(content))
    root = book.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fr-FR", True)
    assert b"pdfuaid:part" in content
    assert book.metadata is not None
    assert str(book.metadata.title).startswith("Ordonnance numérique – metformine")
    with room.inside():
        assert f"numéro écrit à côté : {numbers.grouped(signed.number)}" in alternatives(book).replace("\u00a0", " ")


def alternatives(book: PdfReader) -> str:
    """The words that stand for the pictures."""
    found = (book.get_object(number) for number in range(1, len(book.xref[0]) + len(book.xref_objStm) + 1))
    return " ".join(str(thing["/Alt"]) for thing in found if isinstance(thing, dict) and "/Alt" in thing)


def test_fifteen_lines_go_over_the_page_and_the_square_is_on_the_last(room: Room) -> None:
    with room.inside():
        content = sheet(written(room, *[ALD, EXACT] * 7, ALD))
    pages = len(PdfReader(BytesIO(content)).pages)
    assert pages == 2
    assert [len(read(drawn(content, page))) for page in range(pages)] == [0, 1]


def test_the_sheet_is_made_when_it_is_first_asked_and_kept(room: Room) -> None:
    def kept() -> int:
        return db.session.scalar(sa.select(sa.func.count(Rendering.id))) or 0

    with room.inside():
        before = kept()
        signed = written(room, ALD)
        assert kept() == before
        assert sheet(signed) == sheet(signed)
        assert kept() == before + 1


def test_a_cancelled_prescription_says_so_on_its_sheet(room: Room) -> None:
    with room.inside():
        signed = written(room, ALD)
        assert "annulée" not in words_of(sheet(signed))
        service.cancel(room.user("dr-lemoine"), signed)
        assert "Ordonnance annulée par Dr Claire Lemoine" in words_of(sheet(signed))


def test_what_a_message_carries_is_the_same_sheet(room: Room) -> None:
    with room.inside():
        signed = told("traitement-de-fond")
        assert signed.document is not None
        copy = copy_of(signed.document)
        db.session.add(copy)
        db.session.flush()
        assert rendering.pdf_of(copy) == sheet(signed)


def test_a_prescription_that_is_not_numeric_keeps_the_usual_sheet(room: Room) -> None:
    with room.inside():
        record, author = room.record(1), room.user("dr-lemoine")
        letter = Document(
            record=record, author=author, title="Ordonnance écrite à la main", category="ORD_SOIN", kind=Kind.PRODUCTS.code,
            dated=told("traitement-de-fond").signed_on, blob_hash="", media_type=rendering.MARKDOWN,
        )
        db.session.add(letter)
        db.session.flush()
        assert (paper.sheet_of(letter), paper.text_of(letter)) == (None, None)


def test_what_is_typed_is_no_markup(room: Room) -> None:
    with room.inside():
        signed = written(room, NewLine(drug="**crème** #1 <b>", posology="1 [fois](x)", duration_days=3))
        assert signed.document is not None
        page = str(rendering.html_of(signed.document))
        assert "**crème** #1 &lt;b&gt;" in page
        assert "1 [fois](x)" in page
        assert "**crème** #1 <b>" in words_of(sheet(signed))
