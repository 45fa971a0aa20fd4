"""Reporting a document, an access, a service: from where one sees it, to the ticket that shows what was reported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from sandbox.acts import RecordConsulted, publish
from sandbox.catalogue import service as catalogue
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.help.models import Kind, Ticket
from sandbox.journal.models import Entry
from sandbox.privacy.models import Standing
from tests.browser import Browser, text_of
from tests.help.test_support import time_passes
from tests.room import Room


def document(room: Room, seat: int, slug: str = "bilan-lipidique") -> Document:
    """Only inside."""
    query = sa.select(Document).where(Document.seat == seat, Document.slug == slug)
    return db.session.scalars(query).one()


def address(room: Room, seat: int, slug: str = "bilan-lipidique") -> str:
    with room.inside():
        return f"/aide/signaler/document/{document(room, seat, slug).ref}"


@pytest.mark.practises("B06")
def test_marie_reports_a_document_an_access_and_a_service(room: Room, marie: Browser) -> None:
    marie.go(address(room, 1)).submit("Envoyer le signalement", reason="pas-a-moi", text="Ce n’est pas mon nom.")
    assert marie.heading.startswith("Document « Bilan lipidique")
    assert marie.sees("Il n’est pas à moi.")
    assert marie.sees("Ce n’est pas mon nom.")
    assert marie.click("Voir ce que vous avez signalé").heading.startswith("Bilan lipidique")
    with room.inside():
        doctor = room.user("dr-lemoine")
        publish(RecordConsulted(actor=doctor, record=room.record(1)))
        ref, at = doctor.ref, db.session.scalars(sa.select(Entry.at).order_by(Entry.id.desc())).first()
    marie.go(f"/aide/signaler/acces/{ref}?quand={(at - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6:.0f}")
    assert marie.sees("a consulté votre dossier")
    marie.submit("Envoyer le signalement", reason="inconnu")
    assert marie.heading.startswith("Accès de Dr Claire Lemoine, le ")
    slug, sheet = next(iter(catalogue.services().items()))
    marie.go(f"/catalogue/{slug}").click("Signaler ce service").submit("Envoyer le signalement", reason="panne")
    assert marie.heading == f"Service « {sheet.name} »"
    assert marie.click("Voir ce que vous avez signalé").heading == sheet.name
    time_passes(room, 125)
    assert text_of(marie.go("/aide/demandes").page.find("main")).count("Répondu") == 3


ANSWERS = {
    Kind.DOCUMENT: "transmis à celui qui a déposé ce document", Kind.SERVICE: "avec l’éditeur du service",
    Kind.ACCESS: "pourquoi votre dossier a été ouvert",
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_the_support_answers_each_report_in_its_own_words(room: Room, marie: Browser, kind: Kind) -> None:
    with room.inside():
        paths = {
            Kind.DOCUMENT: f"/aide/signaler/document/{document(room, 1).ref}",
            Kind.ACCESS: f"/aide/signaler/acces/{room.user('dr-lemoine').ref}",
            Kind.SERVICE: f"/aide/signaler/service/{next(iter(catalogue.services()))}",
        }
    ticket = marie.go(paths[kind]).submit("Envoyer le signalement", reason="autre", text="Voilà.").path
    time_passes(room, 125)
    assert marie.go(ticket).sees(ANSWERS[kind])


def test_what_is_not_mine_cannot_be_reported(room: Room, marie: Browser) -> None:
    with room.inside():
        neighbour = room.user("place-2").ref
    for path in (address(room, 2), f"/aide/signaler/acces/{neighbour}", "/aide/signaler/acces/zzzzzzzz",
                 "/aide/signaler/service/rien", "/aide/signaler/document/zzzzzzzz"):
        assert marie.go(path).status == 404, path


def test_a_professional_who_has_nothing_to_do_with_the_record_cannot_be_reported(room: Room, marie: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Entry).where(Entry.record_id == room.record(1).id))
        db.session.execute(sa.delete(Standing))
        ref = room.user("dr-lemoine").ref
    assert marie.go(f"/aide/signaler/acces/{ref}").status == 404


@pytest.mark.parametrize("when", ["hier", "-1", "9" * 40, "2026-13-45", "2026-03-03T10:00:00", "", "0001-01-01T00:00%2B14:00", "9999-12-31T23:59:59"])
def test_a_moment_that_cannot_be_read_or_never_was_is_left_out(room: Room, marie: Browser, when: str) -> None:
    with room.inside():
        ref = room.user("dr-lemoine").ref
    marie.go(f"/aide/signaler/acces/{ref}?quand={when}")
    assert marie.status == 200
    assert not marie.sees("Dans l’historique")


def test_a_report_without_a_reason_is_refused_and_what_was_typed_is_kept(room: Room, marie: Browser) -> None:
    marie.go(address(room, 1)).submit("Envoyer le signalement", text="Mon texte.")
    assert marie.status == 422
    assert marie.sees("Choisissez la raison qui convient le mieux")
    assert marie.page.find("textarea").get_text().strip() == "Mon texte."
    marie.submit("Envoyer le signalement", reason="autre", text="")
    assert marie.sees("expliquez-la en quelques mots")
    assert marie.submit("Envoyer le signalement", reason="inventée", text="a").status == 422
    assert marie.submit("Envoyer le signalement", reason="faux", text="a" * 2001).status == 422
    with room.inside():
        assert db.session.scalars(sa.select(Ticket)).all() == []


def test_a_ticket_says_when_what_was_reported_is_gone(room: Room, marie: Browser) -> None:
    with room.inside():
        own = db.session.scalars(sa.select(Document).where(Document.author_id == room.record(1).owner_id)).first()
        ref = own.ref
    ticket = marie.go(f"/aide/signaler/document/{ref}").submit("Envoyer le signalement", reason="double").path
    with room.inside():
        documents.delete(room.record(1).owner, db.session.scalars(sa.select(Document).where(Document.ref == ref)).one())
    assert marie.go(ticket).sees("n’est plus dans votre espace")
