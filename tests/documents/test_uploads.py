"""What may come in, and what a refusal says."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from sandbox.documents import cures, pictures, rtf, uploads
from sandbox.errors import Refused
from tests.documents import samples

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


def bomb(side: int) -> bytes:
    """A small PNG that says it is immense."""
    return b"\x89PNG\r\n\x1a\n" + b"".join([
        chunk(b"IHDR" + struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), chunk(b"IDAT" + zlib.compress(b"\0")),
        chunk(b"IEND"),
    ])


def chunk(body: bytes) -> bytes:
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize(("name", "content", "cure"), [
    ("photo.png", SVG, cures.WEB_PAGE),
    ("photo.png", HTML, cures.WEB_PAGE),
    ("notes.txt", HTML, cures.WEB_PAGE),
    ("photo.png", b"Bonjour", cures.NOT_AN_IMAGE),
    ("bilan.pdf", b"\x00\x01\x02", cures.NOT_AN_IMAGE),
    ("jeu.exe", b"MZ\x90\x00\x03", cures.OTHER),
    ("lettre.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", cures.WRITTEN),
    ("lettre.docx", b"PK\x03\x04....", cures.WRITTEN),
    ("radios.zip", b"PK\x03\x04....", cures.ARCHIVE),
    ("photo.heic", b"\x00\x00\x00\x18ftypheic", cures.PHONE_PHOTO),
    ("photo.jpg", b"GIF89a....", cures.OTHER_PICTURE),
    ("photo.png", samples.png()[:60], cures.BROKEN_IMAGE),
    ("photo.png", bomb(12_000), cures.TOO_BIG),
    ("photo.png", bomb(60_000), cures.TOO_BIG),
    ("bilan.pdf", samples.pdf("secret"), cures.LOCKED_PDF),
    ("bilan.pdf", b"%PDF-1.7\nrien du tout", cures.BROKEN_PDF),
    ("bilan.pdf", b"", cures.EMPTY),
    ("bilan.pdf", samples.pdf() + b"0" * uploads.MOST, cures.TOO_HEAVY),
], ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "")
def test_a_refusal_says_the_cure(name: str, content: bytes, cure: str) -> None:
    with pytest.raises(Refused) as refused:
        uploads.checked(name, content)
    assert refused.value.phrase == cure


def test_a_photo_is_put_upright_and_forgets_who_took_it() -> None:
    kept = uploads.checked("photo.jpg", samples.photo_on_its_side())
    picture = Image.open(BytesIO(kept.content))
    assert (kept.media_type, picture.size) == ("image/jpeg", (20, 60))
    assert not picture.getexif()
    assert b"Marie" not in kept.content


def test_a_huge_photo_is_made_smaller() -> None:
    kept = uploads.checked("photo.png", samples.png(3000))
    assert max(Image.open(BytesIO(kept.content)).size) == pictures.LONGEST_SIDE


def test_the_content_decides_not_the_name() -> None:
    assert uploads.checked("bilan.pdf", samples.png()).media_type == "image/png"
    assert uploads.checked("photo.png", samples.pdf()).media_type == "application/pdf"


def test_a_scan_of_three_sheets_becomes_a_pdf_of_three_pages() -> None:
    kept = uploads.checked("scan.tif", samples.scan(3))
    assert kept.media_type == "application/pdf"
    assert len(PdfReader(BytesIO(kept.content)).pages) == 3
    assert uploads.checked("scan.tif", samples.scan(1)).media_type == "image/jpeg"


def test_an_old_text_is_read_with_its_accents() -> None:
    kept = uploads.checked("notes.txt", "Café à 8 h\r\nfin\u202e".encode("cp1252", "ignore"))
    assert kept.content.decode() == "Café à 8 h\nfin"


def test_a_letter_keeps_its_form_and_gives_its_words() -> None:
    letter = uploads.checked("lettre.rtf", samples.RTF)
    assert (letter.media_type, letter.content) == ("text/rtf", samples.RTF)
    assert rtf.words(letter.content).strip() == "Résultats\nTension : 13 sur 8"


def test_a_photo_may_arrive_heavier_than_it_is_kept() -> None:
    heavy = samples.photo_on_its_side() + b"\0" * uploads.MOST
    assert len(uploads.lightened("photo.jpg", heavy).content) < 10_000
    for name, content, cure in [
        ("photo.jpg", heavy * 3, cures.PHOTO_TOO_HEAVY), ("bilan.pdf", samples.pdf() + b"0" * uploads.MOST, cures.TOO_HEAVY),
    ]:
        with pytest.raises(Refused) as refused:
            uploads.lightened(name, content)
        assert refused.value.phrase == cure


@pytest.mark.parametrize(("name", "shown"), [("C:\\Docs\\bilan.pdf", "bilan.pdf"), ("a" * 300 + ".pdf", "a" * 30 + "…aaaa.pdf")])
def test_a_refused_file_is_called_by_its_own_name(name: str, shown: str) -> None:
    assert uploads.shown(name) == shown


@pytest.mark.parametrize(("name", "title"), [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\Marie\\Mes_résultats.pdf", "Mes résultats"),
    ("facture\u202egpj.exe.png", "facturegpj.exe"),
    ("\u200fbilan\u0000\n.pdf", "bilan"),
    ("...", "Document sans nom"),
    ("a" * 300 + ".txt", "a" * 80),
])
def test_a_file_name_becomes_a_title(name: str, title: str) -> None:
    assert uploads.title_of(name) == title


@pytest.mark.parametrize(("title", "name"), [
    ("Bilan 1/2 : sang", "Bilan 1 2 sang.pdf"),
    ("../..", "document.pdf"),
    ("\u202eBilan", "Bilan.pdf"),
])
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert uploads.file_name(title, "application/pdf") == name
