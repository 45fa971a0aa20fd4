"""Markdown as a page and as a sheet."""

from __future__ import annotations

from bs4 import BeautifulSoup

from sandbox.documents import markdown, rendering, service
from sandbox.documents.models import Document
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
