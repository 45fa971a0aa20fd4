"""Sending a document to a professional: a copy, by an exchange that they opened."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Attachment, Conversation
from sandbox.privacy import service as privacy
from tests.browser import Browser, text_of
from tests.documents.papers import added, looked_at, opened, path_of
from tests.messaging.test_messages import talk_of
from tests.pro.people import done
from tests.room import Room

JOURNAL = "journal-genou"


def send(room: Room, who: Browser, slug: str = JOURNAL) -> Browser:
    return opened(room, who, slug).click("Envoyer à un professionnel")


def to(who: Browser, name: str) -> str:
    """The value of the choice with this name."""
    label = next(found for found in who.page.find_all("label") if name in text_of(found))
    return str(who.page.find(id=label["for"])["value"])


@pytest.mark.practises("D10")
def test_marie_sends_a_document_and_the_doctor_reads_it_in_the_exchange(room: Room, marie: Browser, lemoine: Browser) -> None:
    send(room, marie).submit("Continuer", to=to(marie, "Dr Claire Lemoine"))
    assert marie.heading == "Suivi de votre tension"
    assert marie.sees("est joint à votre message. Relisez le message")
    prepared = marie.page.find("textarea").get_text().strip()
    with room.inside():
        assert prepared.startswith("Bonjour,")
        assert "« Journal de mes douleurs au genou »" in " ".join(prepared.split())
        assert prepared.endswith(room.record(1).name)
        assert done("DocumentSent") == 0
    assert marie.submit("Envoyer").sees("Votre réponse est envoyée.")
    lemoine.go("/pro/messages").click("Suivi de votre tension").click("Journal de mes douleurs au genou")
    assert lemoine.path.startswith("/pro/messages/")
    assert lemoine.sees("Contenu")
    assert lemoine.go(f"{lemoine.path}/fichier").response.data.startswith(b"%PDF")  # type: ignore[union-attr]
    assert marie.go("/historique/?onglet=moi").sees("Envoi du document « Journal de mes douleurs au genou » à Dr Claire Lemoine")


def test_only_those_whose_exchange_is_open_are_offered_each_once(room: Room, marie: Browser) -> None:
    send(room, marie)
    offered = [text_of(choice) for choice in marie.page.select(".choices label")]
    assert [name.split(",")[0] for name in offered] == ["Dr Claire Lemoine", "Hélène Garnier", "Nadia Roux"]
    for chosen in ({}, {"to": "rien"}):
        marie.submit("Continuer", **chosen)
        assert marie.status == 422
        assert marie.sees("Choisissez à qui vous envoyez ce document.")


@pytest.mark.parametrize(("value", "said"), [(" ", "vide"), ("x" * 3001, "trop long")])
def test_a_refused_sending_says_how_to_mend_it_and_the_document_stays_attached(room: Room, marie: Browser, value: str, said: str) -> None:
    send(room, marie).submit("Continuer", to=to(marie, "Nadia Roux")).submit("Envoyer", text=value)
    assert marie.status == 422
    assert marie.sees(said)
    assert marie.sees("Retirer Journal de mes douleurs au genou")
    with room.inside():
        assert done("DocumentSent") == 0


def test_sending_it_twice_to_the_same_person_joins_it_once_and_keeps_what_was_being_written(room: Room, marie: Browser) -> None:
    send(room, marie).submit("Continuer", to=to(marie, "Nadia Roux")).submit("Enregistrer le brouillon", text="Mes mots à moi.")
    send(room, marie).submit("Continuer", to=to(marie, "Nadia Roux"))
    assert marie.page.find("textarea").get_text().strip() == "Mes mots à moi."
    assert len(marie.page.select(".letter-pieces li")) == 1


def test_when_nobody_can_be_written_to_the_page_says_why(room: Room, marie: Browser) -> None:
    with room.inside():
        for talk in db.session.scalars(sa.select(Conversation).where(Conversation.seat == 1)):
            messaging.end(talk.professional, talk)
    assert send(room, marie).sees("C’est toujours lui qui écrit en premier.")
    assert not marie.page.find("textarea")
    assert marie.click("Voir à qui je peux écrire").heading == "Nouveau message"


def test_a_masked_document_is_sent_all_the_same_and_the_page_warns(room: Room, marie: Browser, garnier: Browser) -> None:
    send(room, marie, "lettre-psychologue")
    assert marie.sees("Masquer ne change rien à un envoi : ce professionnel pourra lire cette copie.")
    marie.submit("Continuer", to=to(marie, "Hélène Garnier")).submit("Envoyer")
    assert garnier.go("/pro/messages").click("Votre genouillère").click("Lettre d’adressage").status == 200
    with room.inside():
        original = looked_at(room, "lettre-psychologue").ref
        assert looked_at(room, "lettre-psychologue").is_masked
        patient = f"/pro/patients/{room.record(1).ref}"
    assert garnier.go(f"{patient}/documents/{original}").status == 404


def test_what_was_sent_stays_as_it_was_sent(room: Room, marie: Browser, garnier: Browser) -> None:
    where = added(room, b"Premi\xc3\xa8re version", "text/plain", "Ma note")
    marie.go(where).click("Envoyer à un professionnel").submit("Continuer", to=to(marie, "Hélène Garnier")).submit("Envoyer")
    with room.inside():
        document = db.session.scalars(sa.select(Document).where(Document.title == "Ma note", ~Document.loose)).one()
        service.delete(room.record(1).owner, document)
    assert garnier.go("/pro/messages").click("Votre genouillère").click("Ma note").sees("Première version")
    assert not marie.go("/documents/").sees("Ma note")


def test_a_copy_is_for_the_eyes_of_that_exchange_alone(
    room: Room, marie: Browser, garnier: Browser, lemoine: Browser, jean: Browser
) -> None:
    send(room, marie).submit("Continuer", to=to(marie, "Hélène Garnier")).submit("Envoyer")
    with room.inside():
        talk = talk_of("genouillere")
        copy = db.session.scalars(sa.select(Document).where(Document.loose).order_by(Document.id.desc())).first()
        piece, tension = f"{talk.ref}/pieces/{copy.ref}", talk_of("suivi-tension").ref
        privacy.agree(room.user("pharm-garnier"), room.record(1))
        record = f"/pro/patients/{room.record(1).ref}/documents/{copy.ref}"
    assert garnier.go(f"/pro/messages/{piece}").status == 200
    refused = [(garnier, record), (lemoine, record), (lemoine, f"/pro/messages/{piece}"), (jean, f"/messages/{piece}"),
               (lemoine, f"/pro/messages/{tension}/pieces/{copy.ref}"), (jean, f"/documents/{copy.ref}")]
    assert [who.go(path).status for who, path in refused] == [404] * len(refused)


def test_a_document_of_somebody_else_or_not_announced_is_not_sent(room: Room, marie: Browser) -> None:
    for path in (path_of(room, JOURNAL, 2), path_of(room, "avis-cardiologue-distance")):
        assert marie.go(f"{path}/envoyer").status == 404


def test_an_exchange_ended_meanwhile_takes_nothing(room: Room, marie: Browser) -> None:
    send(room, marie)
    chosen = to(marie, "Nadia Roux")
    with room.inside():
        messaging.end(room.user("sec-roux"), talk_of("preparation-irm"))
        before = db.session.scalar(sa.select(sa.func.count(Attachment.id)))
    marie.submit("Continuer", to=chosen)
    assert marie.status == 422
    assert "Nadia Roux" not in " ".join(text_of(found) for found in marie.page.find_all("label"))
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Attachment.id))) == before


def test_the_pack_s_own_sendings_are_copies_with_their_line(room: Room, marie: Browser) -> None:
    with room.inside():
        pieces = [one.document for message in talk_of("suivi-tension").messages for one in message.attachments]
        assert all(piece.loose for piece in pieces)
        told = db.session.scalars(sa.select(Entry.phrase).where(Entry.act == "DocumentSent", Entry.seat == 1)).one()
        assert " ".join(told.split()) == "Envoi du document « Mes relevés de tension à la maison » à Dr Claire Lemoine"
    marie.go("/messages/").click("Suivi de votre tension").click("Mes relevés de tension")
    assert marie.sees("Moyenne des 18 mesures")
    assert marie.sees("C’est la copie que vous avez envoyée.")
