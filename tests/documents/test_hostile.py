"""Files made to harm: each ends in a refusal that says the cure, or in a harmless document; never in a broken page."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from sandbox import blobs
from sandbox.db import db
from sandbox.documents import apart, cures, uploads
from sandbox.documents.apart import cleaning
from sandbox.documents.models import Document
from sandbox.errors import Refused
from tests.browser import Browser
from tests.documents import samples
from tests.documents.test_adding import add
from tests.room import Room


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        uploads.lightened(name, content)
    return refused.value.phrase


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF written by hand: its first object is the catalogue."""
    out, places = BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def long_pdf(pages: int, said: int | None = None) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    tree = b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages if said is None else said, kids)
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * pages)


def _asked_here(program: str, content: bytes, what: str) -> bytes:
    """The same program in this process, where it can be watched."""
    try:
        return cleaning.checked(content)
    except cleaning.Wrong as wrong:
        raise apart.Failed(wrong.word, wrong.name) from wrong


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every object that the reader of PDFs is asked for."""
    asked: list[Any] = []
    monkeypatch.setattr(apart, "ask", _asked_here)
    read = PdfReader.get_object
    monkeypatch.setattr(PdfReader, "get_object", lambda self, what: asked.append(what) or read(self, what))
    return asked


# --- PDF ---

def test_a_pdf_of_twenty_thousand_pages_is_not_even_opened(looks: list[Any]) -> None:
    assert refusal("roman.pdf", long_pdf(20_000)) == cures.LONG_PDF
    assert not looks


def test_a_pdf_that_lies_about_its_pages_is_counted_no_further_than_it_must(looks: list[Any]) -> None:
    assert refusal("roman.pdf", long_pdf(5_000, said=1)) == cures.LONG_PDF
    assert len(looks) < 3 * cleaning.MOST_PAGES
    assert uploads.checked("livret.pdf", long_pdf(300)).media_type == "application/pdf"


@pytest.mark.parametrize("kids", [b"2 0 R", b" ".join([b"3 0 R"] * 300)], ids=["round", "deep"])
def test_a_pdf_whose_pages_never_end_is_left(kids: bytes, looks: list[Any]) -> None:
    deeper = [b"<</Type/Pages/Count 1/Kids[%b]>>" % b" ".join([b"%d 0 R" % (n + 1)] * 300) for n in range(3, 9)]
    content = raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[%b]>>" % kids, *deeper)
    assert refusal("boucle.pdf", content) in {cures.TANGLED_PDF, cures.BROKEN_PDF}
    assert len(looks) < 5 * cleaning.MOST_PAGES


def test_a_pdf_that_swells_when_it_is_read_is_not_read(looks: list[Any]) -> None:
    swollen = zlib.compress(bytes(cleaning.MOST_PACKED + 1), 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(swollen), swollen)
    content = raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", stream)
    assert len(content) < 100_000
    assert refusal("bombe.pdf", content) == cures.TANGLED_PDF
    assert not looks


def acting_pdf() -> bytes:
    """Scripts, a launch, a file within, a dynamic form; and a link, which is nobody's harm."""
    link = b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://sante.example)>>>>"
    pinned = b"<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AA<</WC 4 0 R>>/AcroForm<</XFA(x)/Fields[]>>"
        b"/Names<</JavaScript<</Names[(a) 5 0 R]>>/EmbeddedFiles<</Names[(virus.exe) 6 0 R]>>>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[%b%b<</Subtype/Link/Rect[0 0 9 9]/A 4 0 R>>]>>" % (link, pinned),
        b"<</Type/Action/S/Launch/F(cmd.exe)>>",
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"<</Type/Filespec/F(virus.exe)/EF<</F 7 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 12>>\nstream\nMZ programme\nendstream",
    )


def test_a_pdf_that_could_act_is_kept_without_what_acts() -> None:
    given = acting_pdf()
    assert all(word in given for word in (b"/Launch", b"/OpenAction", b"/JavaScript", b"/FileAttachment", b"/XFA"))
    kept = uploads.checked("formulaire.pdf", given).content
    for word in (b"/Launch", b"/OpenAction", b"/JavaScript", b"/EmbeddedFile", b"/FileAttachment", b"/XFA", b"/AA", b"MZ prog"):
        assert word not in kept, word
    notes = [note.get_object() for note in PdfReader(BytesIO(kept)).pages[0]["/Annots"]]
    assert [note["/A"].get("/URI") for note in notes if "/A" in note] == ["https://sante.example", None]


def test_a_pdf_that_does_not_act_is_kept_as_it_came() -> None:
    assert uploads.checked("bilan.pdf", samples.pdf()).content == samples.pdf()


def test_a_file_that_is_both_page_and_pdf_can_do_nothing_here(room: Room, marie: Browser) -> None:
    add(marie, b"<html><script>alert(1)</script>\n" + samples.pdf(), "double.html")
    with room.inside():
        document = db.session.query(Document).filter_by(title="double").one()
        assert blobs.read(document.blob_hash).startswith(b"%PDF-")
    answer = marie.client.get(f"/documents/{document.ref}/fichier")
    assert answer.mimetype == "application/pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


# --- pictures ---

def png_of(side: int) -> bytes:
    """A few bytes that say they are an immense picture."""
    def chunk(body: bytes) -> bytes:
        return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR" + header) + chunk(b"IDAT" + zlib.compress(b"\0")) + chunk(b"IEND")


def animated() -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "lime", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content", "cure"), [
    ("affiche.png", png_of(30_000), cures.TOO_BIG),
    ("photo.jpg", samples.camera(800)[:-2000], cures.BROKEN_IMAGE),
    ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(50), cures.BROKEN_IMAGE),
    ("scan.tif", b"II*\x00" + b"\xff" * 40, cures.BROKEN_IMAGE),
    ("scan.tif", samples.scan(11), cures.TOO_MANY_SHEETS),
    ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", cures.WEB_PAGE),
    ("photo.png", b"<!DOCTYPE html><script>alert(1)</script>", cures.WEB_PAGE),
], ids=["immense", "cut", "empty", "noise", "eleven", "svg", "html"])
def test_a_picture_that_is_none_or_too_much_is_refused(name: str, content: bytes, cure: str) -> None:
    assert refusal(name, content) == cure


def test_a_picture_that_moves_is_kept_still() -> None:
    kept = Image.open(BytesIO(uploads.checked("clin-d-oeil.png", animated()).content))
    assert getattr(kept, "n_frames", 1) == 1


# --- other files ---

def test_a_zip_bomb_named_as_a_letter_is_never_unzipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("décompressé"))
    assert refusal("lettre.docx", b"PK\x03\x04" + zlib.compress(bytes(20_000_000), 9)) == cures.WRITTEN


@pytest.mark.parametrize("harm", [
    rb"{\object\objemb{\*\objdata 0105}}", rb"{\*\template http://pirate.example/a.dotm}",
    rb'{\field{\*\fldinst INCLUDEPICTURE "http://pirate.example"}}', b"\0", b"",
], ids=["object", "template", "field", "nul", "empty"])
def test_a_letter_that_brings_something_else_along_is_refused(harm: bytes) -> None:
    assert refusal("lettre.rtf", rb"{\rtf1 " + (rb"Bonjour " if harm else b"") + harm + b"}") == cures.WRITTEN


@pytest.mark.parametrize(("size", "cure"), [(0, cures.EMPTY), (uploads.MOST + 1, cures.TOO_HEAVY)])
def test_nothing_and_one_byte_too_many_are_refused(size: int, cure: str) -> None:
    assert refusal("notes.txt", b"a" * size) == cure
    assert uploads.checked("notes.txt", b"a" * uploads.MOST).media_type == "text/plain"


@pytest.mark.parametrize("name", [
    "../../etc/passwd\0.png", "C:\\Windows\\\u202egnp.exe", "a" * 300 + ".png", "\u200f\u2066.png", "....", "con.png\r\nSet-Cookie: a=b",
], ids=["path", "turned", "long", "unseen", "dots", "header"])
def test_a_name_made_to_harm_becomes_a_name(room: Room, name: str) -> None:
    title = uploads.checked(name, samples.png()).title
    assert 0 < len(title) <= 80
    assert title.isprintable()
    assert not {*"/\\\u202e"} & {*title}
    assert Path(uploads.file_name(title, "image/png")).name.endswith(".png")


@pytest.mark.parametrize(("name", "content"), [
    ("x.pdf", acting_pdf()), ("x.pdf", long_pdf(2_000)), ("x.png", png_of(30_000)), ("x.docx", b"PK\x03\x04"), ("\u202e\0.txt", b"a"),
    ("x.jpg", samples.photo()[:-9]), ("x.pdf", b"%PDF-1.7\n" + b"[" * 90_000), ("x.rtf", b"{\\rtf1" + b"{" * 90_000),
], ids=["acting", "long", "immense", "zip", "name", "cut", "nested", "braces"])
def test_the_page_answers_whatever_is_sent(marie: Browser, name: str, content: bytes) -> None:
    add(marie, content, name)
    assert marie.status in {200, 422}
    assert marie.status == 200 or marie.sees("Un point est à corriger")


def test_a_pdf_that_takes_too_long_is_given_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.001)
    assert refusal("lent.pdf", samples.pdf()) == cures.TANGLED_PDF


def test_a_program_that_dies_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cleaning.py").write_text("import os; os.abort()")
    monkeypatch.setattr(apart, "HERE", tmp_path)
    assert refusal("mortel.pdf", samples.pdf()) == cures.BROKEN_PDF
