"""Pré-admission Valbrune: one step at a time, nothing lost on the way, and the portal gives and takes what was agreed to."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda.models import Reminder
from sandbox.catalogue import pairing
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.partners import dossiers
from sandbox.partners.models import Note
from tests.browser import Browser, text_of
from tests.catalogue.calling import lines
from tests.partners.pairing import paired, signed_in_at
from tests.room import Room

HOME = "/partenaires/pre-admission-valbrune"
SLUG = "pre-admission-valbrune"
DAUGHTER = {"contact": "Lise Durand", "link": "ma fille", "phone": "06 39 98 00 00"}


def at_papers(browser: Browser, *refused: Purpose) -> Browser:
    """Paired, the identity confirmed: before the choice of papers."""
    paired(browser, SLUG, *refused)
    return browser.go(HOME).submit("Commencer mon dossier").submit("C’est bien cela")


def boxes(browser: Browser) -> list[str]:
    return [str(box["value"]) for box in browser.page.select("[name=papers]")]


def chooses(browser: Browser, refs: list[str]) -> Browser:
    return browser.submit("Continuer", papers=refs)


def put_in_portal(room: Room) -> tuple[list[str], list[str]]:
    """The titles of the documents and reminders that the hospital wrote."""
    with room.inside():
        agent = room.user(SLUG)
        papers = db.session.scalars(sa.select(Document.title).where(Document.author_id == agent.id))
        dates = db.session.scalars(sa.select(Reminder.title).where(Reminder.service == SLUG))
        return [" ".join(title.split()) for title in papers], [" ".join(title.split()) for title in dates]


def file_of(room: Room) -> dossiers.Dossier:
    with room.inside():
        return dossiers.read(db.session.scalars(sa.select(Note).where(Note.kind == dossiers.ENTRY)).one())


def test_the_whole_file_leaves_and_the_hospital_answers(room: Room, marie: Browser) -> None:
    at_papers(marie)
    chosen = boxes(marie)[:2]
    chooses(marie, chosen).submit("Continuer", **DAUGHTER)
    assert marie.heading == "Vérifier et envoyer"
    marie.submit("Envoyer mon dossier")
    assert marie.sees("Votre dossier est envoyé")
    assert len(lines(room, "DocumentReadByService")) == 2
    papers, dates = put_in_portal(room)
    assert dates == ["Entrée à l’hôpital : IRM du genou droit"]
    marie.go("/notifications/").click(papers[0])
    assert marie.sees("Ne mangez plus")
    marie.go("/agenda/").click(dates[0])
    assert marie.sees("Pré-admission Valbrune")


def test_the_hospital_says_its_own_next_appointment_or_in_two_weeks(room: Room, marie: Browser) -> None:
    signed_in_at(marie, SLUG).go(HOME).submit("Commencer mon dossier").go(HOME)
    assert marie.sees("IRM du genou droit")
    room.renew()
    marie = room.learner(1)
    with room.inside():
        for one in [dossiers._expected(customer_like(room))]:
            assert one is not None
            db.session.delete(one)
    signed_in_at(marie, SLUG).go(HOME).submit("Commencer mon dossier")
    told = file_of(room)
    with room.inside():
        assert (told.reason, told.day) == (dossiers.USUAL, clock.today() + dossiers.IN)


def customer_like(room: Room) -> Any:
    """Only inside: enough of a customer to ask what the hospital expects."""
    return dossiers.Customer(record_id=room.record(1).id)


def test_nothing_is_lost_between_steps_nor_on_a_refusal(room: Room, marie: Browser) -> None:
    at_papers(marie)
    chosen = boxes(marie)[:1]
    chooses(marie, chosen).submit("Continuer", contact="Lise Durand", link="ma fille", phone="douze")
    assert marie.status == 422
    assert marie.sees("dix chiffres")
    assert marie.page.select_one("[name=contact]")["value"] == "Lise Durand"
    marie.go("/").go(HOME).click("Continuer mon dossier")
    assert marie.heading == "La personne à prévenir"
    marie.submit("Continuer", **DAUGHTER).click("Changer les documents")
    assert [str(box["value"]) for box in marie.page.select("[name=papers][checked]")] == chosen


@pytest.mark.parametrize(("field", "typed", "phrase"), [
    ("contact", " ", "Écrivez le nom de la personne"), ("contact", "x" * 81, "80 signes"), ("link", "", "Dites qui est"),
    ("phone", "", "Écrivez son numéro"), ("phone", "16 39 98 00 00", "dix chiffres"), ("phone", "06 12 34 56 78", "vraie personne"),
])
def test_a_contact_that_cannot_be_is_refused_with_a_sentence(room: Room, marie: Browser, field: str, typed: str, phrase: str) -> None:
    chooses(at_papers(marie), []).submit("Continuer", **DAUGHTER | {field: typed})
    assert (marie.status, marie.heading) == (422, "La personne à prévenir")
    assert marie.sees(phrase)
    assert file_of(room).contact == ""


@pytest.mark.parametrize(("name", "born", "phrase"), [
    ("", "12/03/1958", "Écrivez le prénom"), ("Marie Durand", "30/02/1958", "Cette date n’existe pas"),
    ("Marie Durand", "12/03/1758", "130 ans"), ("Marie Durand", "12/03/2958", "130 ans"),
])
def test_without_pairing_one_types_who_one_is(room: Room, marie: Browser, name: str, born: str, phrase: str) -> None:
    signed_in_at(marie, SLUG).go(HOME).submit("Commencer mon dossier").submit("Continuer", name=name, born=born)
    assert marie.status == 422
    assert marie.sees(phrase)
    marie.submit("Continuer", name="Marie Durand", born="12/03/1958")
    assert (file_of(room).name, file_of(room).born) == ("Marie Durand", "1958-03-12")


def test_six_papers_are_too_many_and_a_paper_never_offered_is_refused(room: Room, marie: Browser) -> None:
    at_papers(marie)
    offered = boxes(marie)
    chooses(marie, offered[:6])
    assert marie.sees("Choisissez 5 documents au plus")
    assert len(marie.page.select("[name=papers][checked]")) == 6
    chooses(marie, ["inconnu"])
    assert marie.sees("n’est plus proposé")
    assert file_of(room).papers == {}


def test_reading_refused_the_papers_are_brought_by_hand(room: Room, marie: Browser) -> None:
    at_papers(marie, Purpose.READ_DOCUMENTS)
    assert marie.sees("Apportez-les en papier")
    assert boxes(marie) == []
    marie.submit("Continuer sans document").submit("Continuer", **DAUGHTER).submit("Envoyer mon dossier")
    assert marie.sees("Aucun document : apportez-les en papier.")
    assert lines(room, "DocumentReadByService") == []


def test_what_may_not_be_written_waits_at_the_hospital_and_leaves_later(room: Room, marie: Browser) -> None:
    chooses(at_papers(marie, Purpose.WRITE_AGENDA, Purpose.WRITE_DOCUMENTS), [])
    marie.submit("Continuer", **DAUGHTER).submit("Envoyer mon dossier")
    assert text_of(marie.page).count("vous n’avez pas donné cet accord") == 2
    assert put_in_portal(room) == ([], [])
    marie.click("Lire les consignes ici")
    assert marie.sees("Ne mangez plus")
    paired(marie, SLUG)
    marie.go(HOME).submit("Envoyer ce qui attend")
    papers, dates = put_in_portal(room)
    assert (len(papers), len(dates)) == (1, 1)
    assert not marie.sees("Envoyer ce qui attend")


def test_an_agreement_withdrawn_on_the_way_turns_papers_into_paper(room: Room, marie: Browser) -> None:
    at_papers(marie)
    chooses(marie, boxes(marie)[:1]).submit("Continuer", **DAUGHTER)
    with room.inside():
        tie = pairing.with_service(room.record(1), SLUG)
        assert tie is not None
        pairing.end(tie.agreed_by, tie, "Pré-admission Valbrune")
    marie.submit("Envoyer mon dossier")
    assert marie.sees("à apporter en papier (le service n’est plus synchronisé)")
    assert put_in_portal(room) == ([], [])
    marie.click("Lire les consignes ici")
    assert marie.sees("Apportez en papier")


def test_a_paper_masked_since_is_brought_by_hand(room: Room, marie: Browser) -> None:
    at_papers(marie)
    [ref] = boxes(marie)[:1]
    chooses(marie, [ref]).submit("Continuer", **DAUGHTER)
    with room.inside():
        documents.mask(room.record(1).owner, db.session.scalars(sa.select(Document).where(Document.ref == ref)).one())
    marie.submit("Envoyer mon dossier")
    assert marie.sees("il n’est plus disponible")


def test_sent_twice_it_left_once_and_steps_are_over(room: Room, marie: Browser) -> None:
    chooses(at_papers(marie), []).submit("Continuer", **DAUGHTER)
    marie.submit("Envoyer mon dossier")
    marie.client.post(f"{HOME}/envoyer")
    marie.client.post(f"{HOME}/reponse")
    assert [len(found) for found in put_in_portal(room)] == [1, 1]
    assert marie.go(f"{HOME}/personne").heading == "Mon dossier d’entrée"


def test_a_step_too_early_leads_to_the_one_that_is_missing(room: Room, marie: Browser) -> None:
    signed_in_at(marie, SLUG)
    assert marie.go(f"{HOME}/verifier").heading == "Mon dossier d’entrée"
    marie.submit("Commencer mon dossier")
    assert marie.go(f"{HOME}/verifier").heading == "Qui êtes-vous ?"
    marie.client.post(f"{HOME}/envoyer")
    assert file_of(room).outcome == {}


def test_after_the_entry_another_one_may_be_prepared(room: Room, marie: Browser) -> None:
    chooses(at_papers(marie), []).submit("Continuer", **DAUGHTER).submit("Envoyer mon dossier")
    with room.inside():
        room.world().shift_seconds += 40 * 24 * 3600
    marie = room.learner(1)
    signed_in_at(marie, SLUG).go(HOME)
    assert marie.sees("Commencer mon dossier")
