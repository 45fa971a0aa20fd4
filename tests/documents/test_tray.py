"""Photos of pages wait in a tray, in order, until they become one document."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from sandbox import blobs, clock
from sandbox.db import db, writing
from sandbox.documents import cures, tray
from sandbox.documents.models import Document, Folder, Sheet
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.documents.test_adding import SEND, send
from tests.room import Room

DONE = "Ajouter à mes documents"
HIGH, WIDE = (300, 400), (400, 300)


def photos(who: Browser, *shapes: tuple[int, int]) -> Browser:
    """One photo after the other, as a telephone takes them."""
    for number, size in enumerate(shapes, 1):
        send(who.go("/documents/ajouter"), SEND, (f"page {number}.jpg", samples.photo(f"rgb(250, 250, {number})", size)))
    return who


def names(who: Browser) -> list[str]:
    return [" ".join(str(image["alt"]).split()) for image in who.page.select(".tray img")]


def kept(room: Room, title: str) -> tuple[Document, bytes]:
    with room.inside():
        document = db.session.query(Document).filter_by(title=title).one()
        return document, blobs.read(document.blob_hash)


@pytest.mark.practises("D04")
def test_marie_makes_one_document_of_her_photos_and_is_told_how_to_mend_the_rest(room: Room, marie: Browser) -> None:
    photos(marie, HIGH, WIDE, HIGH)
    send(marie, SEND, ("lettre.docx", b"PK\x03\x04...."), ("film.mp4", b"\0\0\0\x18ftypmp42"))
    assert marie.sees("« lettre.docx » : Ce document vient d’un traitement de texte.")
    send(marie, SEND, ("scan.pdf", samples.pdf() + b"0" * 6_000_000))
    assert marie.sees("« scan.pdf » : Ce fichier dépasse 5 Mo.")
    assert names(marie) == ["Page 1 : page 1", "Page 2 : page 2", "Page 3 : page 3"]
    marie.submit(
        DONE, title="Ordonnance du dentiste", category="DOC_ADM", dated="05/01/2026", masked="y", new_folder="Dentiste"
    )
    assert marie.heading == "Ordonnance du dentiste"
    document, content = kept(room, "Ordonnance du dentiste")
    assert (document.media_type, document.category, document.dated.isoformat()) == ("application/pdf", "DOC_ADM", "2026-01-05")
    assert document.is_masked
    assert [page.mediabox.width > page.mediabox.height for page in PdfReader(BytesIO(content)).pages] == [False, True, False]
    assert "Dentiste" in text_of(marie.go("/documents/dossiers").page)
    assert not names(marie.go("/documents/ajouter"))


@pytest.mark.practises("D04")
def test_a_file_alone_stays_what_it_is(room: Room, marie: Browser) -> None:
    send(marie.go("/documents/ajouter"), DONE, ("bilan.pdf", samples.pdf()), category="AUTR_DOC")
    assert kept(room, "bilan")[1] == samples.pdf()


def test_pages_are_turned_moved_and_taken_away(marie: Browser) -> None:
    photos(marie, HIGH, WIDE)
    before = marie.client.get(marie.page.select(".tray img")[0]["src"])
    marie.submit("Monter la page 2")
    assert names(marie) == ["Page 1 : page 2", "Page 2 : page 1"]
    marie.submit("Tourner la page 2")
    after = marie.client.get(marie.page.select(".tray img")[1]["src"])
    assert (samples.size_of(before.data), samples.size_of(after.data)) == ((240, 320), (320, 240))
    marie.submit("Retirer la page 1")
    assert names(marie) == ["Page 1 : page 1"]


def test_what_was_typed_stays_while_pages_are_sent(marie: Browser) -> None:
    photos(marie, HIGH)
    send(marie, SEND, ("verso.jpg", samples.photo("teal")), title="Mon ordonnance", category="DOC_ADM", masked="y")
    assert marie.path == "/documents/ajouter"
    assert marie.page.find(id="title")["value"] == "Mon ordonnance"
    assert marie.page.find("option", selected=True)["value"] == "DOC_ADM"
    assert marie.page.find("details", class_="more-fields").has_attr("open")


def test_pages_wait_for_whoever_signs_in_again(room: Room, marie: Browser, jean: Browser) -> None:
    photos(marie, HIGH, WIDE)
    again = room.learner(1).go("/documents/ajouter")
    assert again.sees("2 pages vous attendent")
    assert not names(jean.go("/documents/ajouter"))
    assert jean.client.get(again.page.select(".tray img")[0]["src"]).status_code == 404


def test_the_name_is_proposed_from_the_file_but_not_from_a_cameras_number(room: Room, marie: Browser) -> None:
    send(marie.go("/documents/ajouter"), SEND, ("IMG_20260104_101500.jpg", samples.photo()))
    assert marie.page.find(id="title").get("value", "") == ""
    marie.submit(DONE, category="AUTR_DOC", dated="2026-01-05")
    assert marie.heading == "Photo du 5 janvier 2026"
    send(marie.go("/documents/ajouter"), SEND, ("certificat_de_sport.jpg", samples.photo()))
    assert marie.page.find(id="title")["value"] == "certificat de sport"


def test_the_same_photo_sent_again_is_there_once_and_ten_are_the_most(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        for shade in range(10):
            tray.add(record.owner, record, samples.file(samples.photo(f"rgb({shade * 20}, 0, 0)")))
        tray.add(record.owner, record, samples.file(samples.photo("rgb(0, 0, 0)")))
        assert len(tray.of(record.owner, record)) == 10
        with pytest.raises(Refused) as refused:
            tray.add(record.owner, record, samples.file(samples.photo("lime")))
        assert refused.value.phrase == cures.FULL


def test_photos_and_a_pdf_become_one_but_a_text_stays_alone(room: Room, marie: Browser) -> None:
    photos(marie, HIGH)
    send(marie, SEND, ("suite.pdf", samples.pdf()))
    send(marie, DONE, ("notes.txt", b"Bonjour"), category="AUTR_DOC", title="Dossier")
    assert marie.sees("Le texte « notes » ne peut pas être réuni avec d’autres pages.")
    marie.submit("Retirer le fichier 3").submit(DONE)
    assert len(PdfReader(BytesIO(kept(room, "Dossier")[1])).pages) == 2


def test_ten_heavy_photos_make_a_light_document(room: Room) -> None:
    with room.inside():
        record, about = room.record(1), tray.About(title="Dossier", category="AUTR_DOC", dated=clock.today())
        for number in range(3):
            tray.add(record.owner, record, samples.file(samples.camera(2400 + number)))
        assert tray.make(record.owner, record, about).size < 3 * 320_000


def test_two_windows_make_one_document(room: Room, marie: Browser) -> None:
    photos(marie, HIGH)
    other = room.learner(1).go("/documents/ajouter")
    marie.submit(DONE, category="AUTR_DOC", title="Radio")
    other.submit(DONE, category="AUTR_DOC", title="Radio")
    assert other.status == 422
    assert other.sees(cures.NOTHING)
    other.submit(SEND)
    assert other.path == "/documents/ajouter"


def test_a_page_taken_away_in_another_window_is_turned_by_nobody(room: Room, marie: Browser) -> None:
    photos(marie, HIGH)
    other = room.learner(1).go("/documents/ajouter")
    marie.submit("Retirer la page 1")
    assert other.submit("Tourner la page 1").status == 200
    assert not names(other)


def test_what_has_waited_for_a_day_is_forgotten(room: Room, marie: Browser) -> None:
    photos(marie, HIGH, WIDE)
    with room.inside():
        first, second = db.session.query(Sheet).order_by(Sheet.position).all()
        first.added_at -= timedelta(hours=25)
        assert tray.forget() == second.added_at + tray.KEPT
        assert db.session.query(Sheet).all() == [second]


def test_one_file_at_a_time_is_answered_with_the_tray_or_a_sentence(marie: Browser) -> None:
    token = str(marie.go("/documents/ajouter").page.find("input", attrs={"name": "csrf_token"})["value"])
    for name, content, status, words in [
        ("page.jpg", samples.photo(), 200, "Une page vous attend"), ("a.zip", b"PK\x03\x04", 422, "dossier compressé"),
        ("b.jpg", bytes(17_000_000), 413, "5 Mo"),
    ]:
        data = {"csrf_token": token, "files": (BytesIO(content), name)}
        answer = marie.client.post("/documents/ajouter/pages", data=data)
        answer.request.environ["wsgi.input"].close()
        assert (answer.status_code, words in answer.text) == (status, True)


def test_a_folder_deleted_meanwhile_refuses_the_document_and_keeps_its_pages(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    marie.go("/documents/dossiers/nouveau").submit("Créer", name="Dentiste")
    photos(marie, HIGH)
    bound = tray.binding.bound

    def meanwhile(contents: list[File], title: str) -> File:
        with writing():
            db.session.execute(sa.delete(Folder).where(Folder.name == "Dentiste"))
            db.session.commit()
        return bound(contents, title)

    monkeypatch.setattr(tray.binding, "bound", meanwhile)
    ref = next(o["value"] for o in marie.page.find_all("option") if "Dentiste" in text_of(o))
    marie.submit(DONE, title="Carte", category="DOC_ADM", dated="05/01/2026", folder=ref)
    assert marie.status == 422
    assert marie.sees(cures.FOLDER_GONE)
    assert names(marie) == ["Page 1 : page 1"]
