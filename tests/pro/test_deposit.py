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
from sandbox.documents import nomenclature, rendering, uploads
from sandbox.documents.models import Sheet
from sandbox.privacy import matrix, matrix_file
from sandbox.privacy import service as privacy
from sandbox.workshops.fixtures import common
from tests.browser import Browser
from tests.documents.samples import RTF, pdf, png, scan
from tests.pro.deposits import LETTER, TITLE, deposit, deposited
from tests.pro.people import notified, patient_path
from tests.room import Room


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


def test_a_file_too_heavy_is_explained_on_the_form_which_keeps_what_was_typed(room: Room, lemoine: Browser) -> None:
    heavy = (io.BytesIO(b"x" * (7 * 1024 * 1024)), "lourd.txt")
    deposit(lemoine, room, title="Lourd", kind="11488-4", file=heavy)
    assert lemoine.response is not None
    lemoine.response.request.environ["wsgi.input"].close()  # the test client forgets the file it spooled
    assert lemoine.heading == "Déposer un document"
    assert lemoine.sees("Ce fichier dépasse 5 Mo")
    assert lemoine.page.find(id="title").get("value") == "Lourd"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [(pdf(), "a.pdf", "application/pdf"), (png(), "a.png", "image/png"), (scan(1), "a.tif", "image/jpeg"),
     (b"Tension 13/8", "a.txt", "text/plain"), (RTF, "a.rtf", "text/rtf")],
)
def test_each_kind_of_file_is_taken(room: Room, lemoine: Browser, content: bytes, name: str, kept: str) -> None:
    deposit(lemoine, room, title=TITLE, kind="11488-4", file=(io.BytesIO(content), name))
    with room.inside():
        assert deposited(TITLE).media_type == kept


def test_what_looks_real_is_refused_and_the_rest_of_the_form_stays(room: Room, lemoine: Browser) -> None:
    real = io.BytesIO("Né à Paris, 2 69 05 49 588 157 80, dupont@orange.fr".encode())
    deposit(lemoine, room, title=TITLE, kind="11488-4", file=(real, "a.txt"))
    assert lemoine.status == 422
    assert lemoine.sees("on s’entraîne avec de faux papiers")
    assert lemoine.page.find(id="title")["value"] == TITLE  # type: ignore[index]
    with room.inside():
        assert not db.session.scalar(sa.select(sa.func.count(Sheet.id)))


def test_a_good_file_waits_while_the_rest_is_mended(room: Room, lemoine: Browser) -> None:
    deposit(lemoine, room, title="", kind="11488-4", file=(io.BytesIO(png()), "radio du genou.png"))
    assert lemoine.sees("Fichier gardé : radio du genou")
    lemoine.submit("Déposer", title="", kind="")
    lemoine.submit("Déposer", title="Genou", kind="18748-4")
    with room.inside():
        assert deposited("Genou").media_type == "image/png"
        assert not db.session.scalar(sa.select(sa.func.count(Sheet.id)))


def test_a_file_that_waits_gives_way_to_another_or_to_a_text(room: Room, lemoine: Browser) -> None:
    deposit(lemoine, room, title="", kind="11488-4", file=(io.BytesIO(png()), "un.png"))
    lemoine.submit("Déposer", title="", kind="11488-4", file=(io.BytesIO(pdf()), "deux.pdf"))
    assert lemoine.sees("Fichier gardé : deux")
    lemoine.submit("Déposer", title=TITLE, text="Tension 13/8")
    assert lemoine.sees("l’un des deux, pas les deux")
    lemoine.submit("Déposer", drop="y")
    with room.inside():
        assert deposited(TITLE).media_type == rendering.MARKDOWN


def test_each_profession_finds_its_own_types_first_and_every_type_once(room: Room) -> None:
    first = {}
    for who in ("dr-lemoine", "pharm-garnier", "labo-horizon", "hopital-valbrune"):
        page = room.professional(who).go(f"{patient_path(room)}/deposer").page
        codes = [str(option["value"]) for option in page.select("select#kind option")]
        assert len(codes) == len(set(codes)), who
        assert not {"REMB", "EXPPAT_3", "DOCPAT03", "DOCPAT08"} & set(codes)
        first[who] = codes[1]
    assert first == {"dr-lemoine": "11488-4", "pharm-garnier": "78601-2", "labo-horizon": "11502-2", "hopital-valbrune": "11490-0"}


def test_every_type_has_its_category_and_its_group_and_the_usual_ones_are_professionals() -> None:
    kinds = common("document_kinds")["kind"]
    assert {kind["group"] for kind in kinds} <= set(matrix_file.groups())
    assert {kind["category"] for kind in kinds} <= {category["code"] for category in common("categories")["category"]}
    assert len({kind["code"] for kind in kinds}) == len(kinds) >= 80
    for profession, usual in common("document_kinds")["usual"].items():
        assert profession in matrix.ours() or profession in {"331", "laboratoire", "hopital"}
        assert [code for code, *_ in nomenclature.choices(profession)[nomenclature.USUAL]] == usual


def test_a_record_that_blocks_and_masks_still_takes_the_deposit(room: Room, lemoine: Browser) -> None:
    with room.inside():
        record = room.record(1)
        privacy.block(record.owner, record, room.user("dr-lemoine"))
        record.masks_new = True
    deposit(lemoine, room, **LETTER)
    assert lemoine.sees("est dans le dossier de")
    assert lemoine.sees("Ce patient vous a bloqué")
    with room.inside():
        document = deposited(TITLE)
        assert document.is_masked
    assert lemoine.go(f"{patient_path(room)}/documents/{document.ref}").status == 404
    assert deposit(lemoine, room, **LETTER | {"title": "Autre", "kept_back": "y"}).sees("ce sera dans un mois")
