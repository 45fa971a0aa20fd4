"""Adding a document of one's own."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from sandbox import clock
from sandbox.db import db
from sandbox.documents import uploads
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.room import Room


def add(who: Browser, content: bytes, name: str, **fields: Any) -> Browser:
    who.go("/documents/").click("Ajouter un document")
    who.submit("Ajouter ce document", file=(BytesIO(content), name), **({"category": "AUTR_DOC"} | fields))
    assert who.response is not None
    who.response.request.environ["wsgi.input"].close()  # the test client forgets the file it spooled
    return who


def test_marie_adds_a_photo_and_finds_it_in_its_category(marie: Browser) -> None:
    add(marie, samples.photo_on_its_side(), "ma_mutuelle.jpg", category="DOC_ADM", dated="2026-01-05")
    assert marie.heading == "ma mutuelle"
    assert marie.sees("Le document « ma mutuelle » est ajouté à vos documents.")
    assert marie.sees("Pièces administratives")
    picture = marie.page.find("article").find("img")
    assert marie.go(str(picture["src"])).response.mimetype == "image/jpeg"
    assert marie.go("/documents/?categorie=DOC_ADM").sees("ma mutuelle 5 janvier 2026 · vous")


def test_a_name_and_masking_are_chosen_when_adding(marie: Browser) -> None:
    add(marie, samples.pdf(), "scan0001.pdf", title="Radio du genou", masked="y")
    assert marie.heading == "Radio du genou"
    assert marie.sees("Vous seul le voyez.")
    assert marie.sees("Ce PDF ne contient que des images")


def test_a_text_file_is_read_in_the_page_as_text(marie: Browser) -> None:
    add(marie, b"Tension : 13/8\nPouls <b>72</b>", "mesures.txt")
    assert text_of(marie.page.find("pre")) == "Tension : 13/8 Pouls <b>72</b>"


@pytest.mark.parametrize(("content", "name", "cure"), [
    (b"<svg onload='alert(1)'></svg>", "photo.png", uploads.WEB_PAGE),
    (samples.pdf("secret"), "bilan.pdf", uploads.LOCKED_PDF),
    (b"%PDF-1.4 abrupt", "bilan.pdf", uploads.BROKEN_PDF),
    (samples.pdf() + b"0" * 5_500_000, "bilan.pdf", uploads.TOO_HEAVY),
], ids=["svg", "locked", "broken", "heavy"])
def test_a_refused_file_keeps_what_was_typed(marie: Browser, content: bytes, name: str, cure: str) -> None:
    add(marie, content, name, title="Mon bilan")
    assert marie.status == 422
    assert marie.sees(" ".join(cure.split()))
    assert marie.page.find(id="title")["value"] == "Mon bilan"
    assert marie.go("/documents/?mots=mon+bilan").sees("Aucun document trouvé")


def test_a_file_of_seven_megabytes_is_refused_where_it_was_chosen(marie: Browser) -> None:
    add(marie, b"%PDF-" + b"0" * 7_000_000, "bilan.pdf")
    assert marie.status == 413
    assert marie.heading == "Ajouter un document"
    assert marie.sees("Ce fichier dépasse 5 Mo")


def test_forgotten_fields_are_listed(marie: Browser) -> None:
    marie.go("/documents/ajouter").submit("Ajouter ce document", category="", dated="")
    assert marie.status == 422
    assert marie.sees("3 points sont à corriger")


def test_a_date_to_come_is_refused(marie: Browser) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    add(marie, samples.png(), "a.png", dated=tomorrow.isoformat())
    assert marie.status == 422
    assert marie.sees("La date doit être passée ou d’aujourd’hui")


def test_a_hostile_name_neither_climbs_nor_turns_round(room: Room, marie: Browser) -> None:
    add(marie, samples.png(), "../../secret\u202egnp.png")
    assert marie.heading == "secretgnp"
    with room.inside():
        kept = db.session.query(Document).filter_by(title="secretgnp").one()
        assert (kept.media_type, kept.seat) == ("image/png", 1)
