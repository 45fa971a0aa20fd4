"""Markdown as a page and as a sheet."""

from __future__ import annotations

import json
from io import BytesIO
from threading import Thread

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from pypdf import PdfWriter

from sandbox.documents import apart, markdown, pages, pdfs, rendering, service
from sandbox.documents.apart import drawing
from sandbox.documents.models import Document
from tests.documents.papers import pdf
from tests.room import Room

TABLE = "| Analyse | Résultat |\n|:--|--:|\n| Fer | 12 |\n| Zinc | |\n"


def headings(source: str) -> list[str]:
    return [tag.name for tag in BeautifulSoup(markdown.html(source), "html.parser").find_all(True) if tag.name[0] == "h"]


def test_headings_stay_under_the_pages_and_skip_no_level() -> None:
    assert headings("# A\n\n## B\n\n#### C\n\n## D") == ["h3", "h3", "h4", "h3"]


def test_a_table_can_be_read_on_a_phone() -> None:
    page = BeautifulSoup(markdown.html(TABLE), "html.parser")
    assert [cell["scope"] for cell in page.find_all("th")] == ["col", "col", "row", "row"]
    assert [cell.get("data-label") for cell in page.find_all("td")] == ["Résultat", None]
    assert page.find(style=True) is None
    assert page.find("div", class_="table-scroll") is not None


def test_an_empty_corner_heads_nothing() -> None:
    page = BeautifulSoup(markdown.html(TABLE.replace("Analyse", "  ", 1)), "html.parser")
    assert [cell.get_text() for cell in page.find_all("th")] == ["Résultat", "Fer", "Zinc"]
    assert page.thead.td.get_text() == ""


def test_html_links_and_pictures_are_words() -> None:
    page = BeautifulSoup(markdown.html("<b>x</b> [a](https://b) ![c](d) <https://e>"), "html.parser")
    assert [tag.name for tag in page.find_all(True)] == ["p"]


def test_everything_markdown_has_can_be_printed(room: Room) -> None:
    source = (
        "# Un\n\n### Deux\n\n1. a\n2. b\n   - c\n\n> cité\n\n---\n\n```\ncode #x\n```\n\n`mot` *e* **f**\\\ng\n\n" + TABLE
    )
    with room.inside():
        document = service.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Tout #let $x$ \\", category="CPT_REND", text=source
        )
        assert rendering.pdf_of(document).startswith(b"%PDF-")


def test_a_text_says_who_it_is_about_and_who_wrote_it(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        document: Document = service.deposit_text(
            room.user("dr-lemoine"), record, title="Lettre", category="CPT_REND", slug="t-lettre",
            text="{{ patient.nom_complet }}, {{ patient.age }} ans, {{ auteur.lieu }}, {{ document.date }}, {{ jour(-3) }}",
        )
        words = rendering.text_of(document)
        assert f"{record.name}, {record.age} ans, Cabinet des Tilleuls" in words
        assert "\ue000" not in words


def test_a_broken_text_is_shown_as_it_is(room: Room) -> None:
    with room.inside():
        document = service.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Lettre", category="CPT_REND", slug="t-x", text="{{ rien }}"
        )
        assert rendering.text_of(document) == "{{ rien }}"


# --- PDFium ------------------------------------------------------------------------------------------------

def blank(width: float, height: float) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width, height)
    writer.write(out)
    return out.getvalue()


def with_picture(side: int) -> bytes:
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PDF")
    return out.getvalue()


@pytest.mark.parametrize(("width", "height"), [(595, 842), (10, 5000), (5000, 10), (3, 3)])
def test_a_page_of_any_shape_becomes_a_picture_of_a_reasonable_size(width: int, height: int) -> None:
    drawn = Image.open(BytesIO(drawing.picture(blank(width, height), 1)))
    assert drawn.width <= drawing.WIDEST + 1
    assert drawn.height <= drawing.HIGHEST + 1
    assert max(drawn.size) >= 1000


def test_a_page_without_colour_is_grey_and_light() -> None:
    assert Image.open(BytesIO(drawing.picture(pdf("Noir"), 1))).mode == "L"
    assert Image.open(BytesIO(drawing.picture(pdf("#text(red)[Rouge]"), 1))).mode == "RGB"


@pytest.mark.parametrize("content", [b"", b"rien", b"%PDF-1.7\nrien du tout", pdf("Une")[:400]])
def test_what_is_not_a_pdf_is_unreadable_and_says_so(content: bytes) -> None:
    with pytest.raises(apart.Failed):
        pages.sheets(content)
    with pytest.raises(apart.Failed):
        pages.picture(content, 1)


def test_an_immense_picture_in_a_page_is_not_unfolded() -> None:
    assert pages.picture(with_picture(2000), 1)
    with pytest.raises(apart.Failed):
        pages.picture(with_picture(7000), 1)


def test_a_very_long_pdf_is_shown_in_part() -> None:
    found = pages.sheets(pdf(*[f"Page {number}" for number in range(1, 303)]))
    assert (found.pages, found.total) == (300, 302)
    assert found.words[:2] == ("Page 1", "Page 2")
    with pytest.raises(apart.Failed):
        pages.picture(pdf("Une"), 2)


def test_several_people_look_at_pages_at_once() -> None:
    content, drawn = pdf("Une", "Deux", "Trois", "Quatre"), []
    threads = [Thread(target=lambda n=n: drawn.append(pages.picture(content, n % 4 + 1))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 12
    assert len(set(drawn)) == 4


def test_a_line_that_goes_on_is_read_in_one_breath() -> None:
    assert drawing._tidy("Prise de\r\nsang le matin.\r\nÀ jeun.") == "Prise de sang le matin.\nÀ jeun."
    assert drawing._tidy("hémo\ufffe\r\nglobine\u202e \x07") == "hémoglobine"


def test_a_file_that_takes_too_long_is_given_up_without_another_try(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.001)
    monkeypatch.setattr(pdfs, "words", lambda content: pytest.fail("lu une seconde fois"))
    with pytest.raises(apart.TooLong):
        pages.sheets(pdf("Une"))
    with room.inside():
        read = rendering._read_sheets(pdf("Une"))
    assert json.loads(read) == {"pages": 0, "total": 0, "words": []}
