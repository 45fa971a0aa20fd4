"""Depositing: a text or a file, typed by the nomenclature, and the patient finds it."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from sandbox import db as store
from sandbox.clock import today
from sandbox.db import db
from sandbox.documents import rendering, uploads
from sandbox.documents.models import Document
from tests.browser import Browser
from tests.documents.samples import pdf
from tests.pro.people import notified, patient_path
from tests.room import Room

LETTER: dict[str, Any] = {"title": "Compte rendu du jour", "kind": "11488-4", "text": "Tension **13/8**.\n\nTout va bien."}


def deposit(browser: Browser, room: Room, **fields: Any) -> Browser:
    return browser.go(f"{patient_path(room)}/deposer").submit("Déposer", **fields)


def deposited(title: str) -> Document:
    return db.session.scalars(sa.select(Document).where(Document.title == title)).one()


def test_nobody_waits_while_a_file_is_looked_at(room: Room, lemoine: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, checked, read = [], uploads.checked, rendering.sheets_of
    monkeypatch.setattr(uploads, "checked", lambda *sent: looks.append(is_free()) or checked(*sent))
    monkeypatch.setattr(rendering, "sheets_of", lambda document: looks.append(is_free()) or read(document))
    deposit(lemoine, room, title="Radio", kind="11488-4", file=(io.BytesIO(pdf()), "radio.pdf"))
    lemoine.click("Radio")
    lemoine.go(f"{patient_path(room)}/ecrire").submit(
        "Envoyer", subject="Votre radio", text="La voici.", file=(io.BytesIO(pdf()), "radio.pdf")
    )
    assert looks == [True, True, True]


def is_free() -> bool:
    """Whether somebody else could write now."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: store._turn.acquire(blocking=False) and store._turn.release() is None).result()


def test_a_typed_text_reaches_the_record_and_the_patient_is_told(room: Room, lemoine: Browser) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    deposit(lemoine, room, **LETTER)
    assert lemoine.path == patient_path(room)
    lemoine.click("Compte rendu du jour")
    assert lemoine.sees("Tension 13/8")
    with room.inside():
        document = deposited("Compte rendu du jour")
        assert (document.category, document.kind, document.dated) == ("CPT_REND", "11488-4", today())
        assert notified("AJOUT_DOC") == before + 1


def test_a_photo_is_kept_as_a_picture(room: Room, lemoine: Browser) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    picture.seek(0)
    deposit(lemoine, room, title="Radio", kind="18748-4", file=(picture, "radio.png"))
    lemoine.click("Radio")
    shown = lemoine.page.find("img", class_="whole")
    assert shown is not None
    assert lemoine.go(str(shown["src"])).response.mimetype == "image/png"  # type: ignore[union-attr]
    assert "sandbox" in lemoine.response.headers["Content-Security-Policy"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"title": ""}, "Donnez un titre"),
        ({"kind": ""}, "Choisissez le type de document dans la liste"),
        ({"dated": "31/02/2026"}, "Cette date n’existe pas"),
        ({"dated": "2999-01-01"}, "aujourd’hui ou dans le passé"),
        ({"text": ""}, "l’un des deux, pas les deux"),
        ({"file": (io.BytesIO(b"hello"), "a.txt")}, "l’un des deux, pas les deux"),
        ({"text": "", "file": (io.BytesIO(b"<html>"), "a.png")}, "page web"),
    ],
)
def test_a_refused_form_says_how_to_mend_it(room: Room, lemoine: Browser, fields: dict[str, Any], answer: str) -> None:
    deposit(lemoine, room, **LETTER | fields)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    assert lemoine.page.find(id="title")["value"] == (LETTER | fields)["title"]  # type: ignore[index]


def test_a_file_too_heavy_for_the_server_is_explained_on_the_form(room: Room, lemoine: Browser) -> None:
    heavy = (io.BytesIO(b"x" * (7 * 1024 * 1024)), "lourd.txt")
    deposit(lemoine, room, title="Lourd", kind="11488-4", file=heavy)
    assert lemoine.heading == "Déposer un document"
    assert lemoine.sees("Ce fichier dépasse 5 Mo")
