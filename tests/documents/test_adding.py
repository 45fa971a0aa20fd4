"""Adding a document of one's own."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from sandbox import clock
from sandbox.db import db
from sandbox.documents import cures, uploads
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.room import Room

SEND = "Envoyer, puis ajouter d’autres pages"


def titled(room: Room, title: str) -> Document | None:
    with room.inside():
        return db.session.query(Document).filter_by(title=title).first()


def add(who: Browser, content: bytes, name: str, **fields: Any) -> Browser:
    who.go("/documents/").click("Ajouter un document")
    return send(who, "Ajouter à mes documents", (name, content), **({"category": "AUTR_DOC"} | fields))


def send(who: Browser, button: str, *files: tuple[str, bytes], **fields: Any) -> Browser:
    who.submit(button, files=[(BytesIO(content), name) for name, content in files], **fields)
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


def test_a_letter_is_read_as_words_and_only_leaves_as_a_file(room: Room, marie: Browser) -> None:
    add(marie, samples.RTF, "lettre_du_docteur.rtf")
    assert text_of(marie.page.find("pre")) == "Résultats Tension : 13 sur 8"
    answer = marie.client.get(f"{marie.path}/fichier")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (answer.mimetype, answer.data) == ("text/rtf", samples.RTF)
    answer.close()


@pytest.mark.parametrize(("content", "name", "cure"), [
    (b"<svg onload='alert(1)'></svg>", "photo.png", cures.WEB_PAGE),
    (samples.pdf("secret"), "bilan.pdf", cures.LOCKED_PDF),
    (samples.pdf() + b"0" * 7_000_000, "bilan.pdf", cures.TOO_HEAVY),
], ids=["svg", "locked", "heavy"])
def test_a_refused_file_is_named_and_keeps_what_was_typed(
    room: Room, marie: Browser, content: bytes, name: str, cure: str
) -> None:
    add(marie, content, name, title="Mon bilan")
    assert marie.status == 422
    assert marie.sees(f"« {name} » : {' '.join(cure.split())}")
    assert marie.page.find(id="title")["value"] == "Mon bilan"
    assert marie.page.find("option", selected=True)["value"] == "AUTR_DOC"
    assert not titled(room, "Mon bilan")


def test_the_accepted_files_stay_when_another_is_refused(marie: Browser) -> None:
    marie.go("/documents/ajouter")
    send(marie, SEND, ("page 1.jpg", samples.photo()), ("virus.exe", b"MZ\x90\x00\x03"), ("page 2.jpg", samples.photo("ivory")))
    assert marie.status == 422
    assert marie.sees("« virus.exe » : Ce type de fichier n’est pas accepté.")
    assert marie.sees("2 pages vous attendent")
    assert not marie.page.find_all(attrs={"aria-invalid": "true"})


def test_ten_photos_of_six_megabytes_pass_and_more_is_said_where_it_was_chosen(
    marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "lightened", lambda name, content: uploads.File(name, "image/jpeg", content[:20]))
    photos = [(f"{number}.jpg", b"%02d" % number + bytes(6_000_000)) for number in range(12)]
    assert send(marie.go("/documents/ajouter"), SEND, *photos[:10]).sees("10 pages vous attendent")
    send(marie.go("/documents/ajouter"), SEND, *photos)
    assert marie.status == 413
    assert marie.heading == "Ajouter un document"
    assert marie.sees("Cet envoi dépasse 60 Mo en tout")
    assert marie.sees("10 pages vous attendent")


class SlowLine(BytesIO):
    """A form that arrives slowly: whether the store is held meanwhile."""

    held: bool | None = None

    def readinto(self, room: Any) -> int:
        self.held = bool(self.held) or db.session().in_transaction()
        return super().readinto(room)


@pytest.mark.parametrize(
    "path", ["/documents/ajouter", "/documents/ajouter/pages", "/aide/ecrire", "/messages/zzzzzzzz", "/mes-donnees/"]
)
def test_nobody_waits_while_photos_arrive(marie: Browser, path: str) -> None:
    line = SlowLine(b"csrf_token=nothing")
    marie.client.post(
        path, input_stream=line, content_length=18, content_type="application/x-www-form-urlencoded"
    )
    assert line.held is False


def test_whoever_is_not_signed_in_sends_nothing_heavy(room: Room) -> None:
    answer = room.app.test_client().post("/documents/ajouter", data={"files": (BytesIO(bytes(8_000_000)), "a.pdf")})
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 409
    assert 'href="/rejoindre"' in answer.text


def test_forgotten_fields_are_listed(marie: Browser) -> None:
    marie.go("/documents/ajouter").submit("Ajouter à mes documents", category="", dated="")
    assert marie.status == 422
    assert marie.sees("2 points sont à corriger")
    marie.submit("Ajouter à mes documents", category="AUTR_DOC", dated="2026-01-05")
    assert marie.sees(cures.NOTHING)


def test_a_folder_is_made_or_found_again_by_its_name(room: Room, marie: Browser) -> None:
    add(marie, samples.photo(), "a.jpg", new_folder="Dentiste")
    add(marie, samples.photo("ivory"), "b.jpg", new_folder=" dentiste ")
    folder = marie.go("/documents/ajouter").page.find(id="folder").find("option", string="Dentiste")
    add(marie, samples.photo("teal"), "c.jpg", folder=folder["value"])
    with room.inside():
        kept = db.session.query(Document).filter(Document.folder_id.isnot(None), Document.seat == 1).order_by(Document.id).all()
        assert {document.folder.name for document in kept[-3:]} == {"Dentiste"}
        assert len({document.folder_id for document in kept[-3:]}) == 1


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
