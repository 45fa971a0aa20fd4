"""What a professional attaches to a message: read in the exchange, then kept among one's own documents."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents import uploads
from sandbox.documents.models import Document, Folder
from tests.browser import Browser
from tests.documents import samples
from tests.messaging.test_messages import talk_of
from tests.pro.people import done, notified, patient_path
from tests.room import Room

LEAFLET = "Bien mesurer sa tension à la maison"


def piece(marie: Browser) -> Browser:
    return marie.go("/messages/").click("Suivi de votre tension").click(LEAFLET)


def kept(room: Room, title: str) -> Document:
    """Only inside: the document that was made of an attachment."""
    return db.session.scalars(sa.select(Document).where(Document.title == title, ~Document.loose, Document.seat == 1)).one()


@pytest.mark.practises("D14")
def test_marie_reads_an_attachment_keeps_it_and_may_delete_it(room: Room, marie: Browser) -> None:
    assert piece(marie).sees("Laissez passer une ou deux minutes")
    assert not marie.go("/documents/").sees(LEAFLET)
    piece(marie).click("Enregistrer dans mes documents")
    with room.inside():
        folder = db.session.scalars(sa.select(Folder.ref).where(Folder.name == "Cœur et tension", Folder.seat == 1)).one()
    marie.submit("Enregistrer", title="Ma fiche tension", category="DEPISTAG", folder=folder)
    assert marie.heading == "Ma fiche tension"
    assert marie.sees("Laissez passer une ou deux minutes")
    with room.inside():
        document = kept(room, "Ma fiche tension")
        assert (document.folder.name, document.category, done("DocumentAdded")) == ("Cœur et tension", "DEPISTAG", 1)
        assert document.author is room.record(1).owner
    assert piece(marie).sees("Déjà dans vos documents")
    marie.click("Ma fiche tension").click("Supprimer").submit("Supprimer pour toujours")
    assert piece(marie).sees("Cette pièce jointe est seulement dans le message.")


def test_the_doctor_attaches_a_file_and_marie_keeps_it(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    lemoine.go(f"/pro/messages/{ref_of(room)}").submit(
        "Envoyer", text="Voici la photo.", file=(BytesIO(samples.png()), "genou droit.png")
    )
    assert lemoine.click("genou droit").page.find("img", class_="whole")
    marie.go("/messages/").click("Suivi de votre tension").click("genou droit").click("Enregistrer dans mes documents")
    marie.submit("Enregistrer", category="RADIO_SC")
    assert marie.sees("est enregistré dans vos documents")
    with room.inside():
        document = kept(room, "genou droit")
        assert (document.media_type, document.dated, notified("AJOUT_DOC")) == ("image/png", clock.today(), before)


def ref_of(room: Room, slug: str = "suivi-tension") -> str:
    with room.inside():
        return talk_of(slug).ref


def test_a_first_message_may_carry_a_file(room: Room, marie: Browser) -> None:
    haddad = room.professional("dr-haddad")
    haddad.go(f"{patient_path(room)}/ecrire").submit(
        "Envoyer", subject="Avant la consultation", text="À lire.", file=(BytesIO(b"Venez sans vous presser."), "conseils.txt")
    )
    marie.go("/messages/").click("Avant la consultation").click("conseils")
    assert marie.sees("Venez sans vous presser.")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"<html><script>", "photo.png", "page web"), (b"x" * 2000, "lourd.txt", "5 Mo"), (b"PK\x03\x04", "x.zip", "compressé")],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_words_stay(
    room: Room, lemoine: Browser, content: bytes, name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST", 1000)
    lemoine.go(f"/pro/messages/{ref_of(room)}").submit("Envoyer", text="Voici.", file=(BytesIO(content), name))
    assert lemoine.status == 422
    assert lemoine.sees(said)
    assert lemoine.page.find("textarea").get_text().strip() == "Voici."
    with room.inside():
        assert len(talk_of("suivi-tension").messages) == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"title": " "}, "Donnez un nom"), ({"dated": "2999-01-01"}, "passée ou d’aujourd’hui"), ({"dated": "31/02/2026"}, "n’existe pas"),
     ({"category": "RIEN"}, "Choisissez la catégorie"), ({"title": "x" * 81}, "80 signes")],
)
def test_a_refused_form_says_how_to_mend_it(marie: Browser, fields: dict[str, Any], said: str) -> None:
    piece(marie).click("Enregistrer dans mes documents").submit("Enregistrer", **fields)
    assert marie.status == 422
    assert marie.sees(said)


def test_keeping_it_from_two_tabs_makes_one_document(room: Room, marie: Browser) -> None:
    form = piece(marie).click("Enregistrer dans mes documents").page
    marie.submit("Enregistrer")
    marie.page = form
    assert marie.submit("Enregistrer").sees("Déjà dans vos documents")
    with room.inside():
        assert kept(room, LEAFLET).is_own(room.record(1).owner)


def test_an_attachment_is_no_document_of_the_record(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        loose = [one.document for message in talk_of("suivi-tension").messages for one in message.attachments]
        listed = {document.id for document in documents.of_record(room.record(1))}
        assert not listed & {document.id for document in loose}
        mine = next(document.ref for document in loose if document.author is room.record(1).owner)
    assert not lemoine.go(patient_path(room)).sees(LEAFLET)
    assert marie.go(f"/messages/{ref_of(room)}/pieces/{mine}/enregistrer").heading == "Mes relevés de tension à la maison"


def test_a_neighbours_attachment_does_not_exist(room: Room, jean: Browser, garnier: Browser) -> None:
    with room.inside():
        talk = talk_of("suivi-tension")
        document = talk.messages[0].attachments[0].document.ref
    for who, path in ((jean, "/messages"), (garnier, "/pro/messages")):
        assert who.go(f"{path}/{talk.ref}/pieces/{document}").status == 404
    assert jean.go(f"/messages/{ref_of(room)}/pieces/{document}/enregistrer").status == 404
