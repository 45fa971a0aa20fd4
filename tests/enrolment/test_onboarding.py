"""The first choices once inside: by default, in an emergency; skipped, gone back on, made again later."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents import masks, service
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.room import Room

SAVE = "Enregistrer et continuer"


def choices(room: Room) -> tuple[bool, bool, bool, bool]:
    """What is masked by default, then the three emergency choices."""
    with room.inside():
        record = room.record(1)
        return record.masks_new, record.samu, record.glass, record.masked_in_emergency


def own_documents(record: Record) -> list[Document]:
    """Only inside."""
    return list(db.session.scalars(sa.select(Document).where(Document.record_id == record.id).order_by(Document.id)))


@pytest.mark.practises("A09")
def test_somebody_chooses_what_is_seen_by_default_and_in_an_emergency(marie: Browser, room: Room) -> None:
    marie.go("/bienvenue/").click("Commencer")
    assert marie.sees("Question 1 sur 2")
    assert marie.sees("il ne la voit pas")
    marie.submit(SAVE, choice="masked")
    assert marie.sees("par défaut, vos documents sont masqués à tous les professionnels")
    assert marie.sees("Question 2 sur 2")
    marie.submit(SAVE, samu="y", glass="", masked="y")
    assert marie.heading == "Tout est prêt"
    assert choices(room) == (True, True, False, True)
    assert marie.click("Aller à mon accueil").path == "/"


def test_what_is_chosen_is_obeyed_by_the_professionals_part(marie: Browser, lemoine: Browser, room: Room) -> None:
    with room.inside():
        path = f"/pro/patients/{room.record(1).ref}"
    before = text_of(lemoine.go(path).page.find("main"))
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="masked")
    assert text_of(lemoine.go(path).page.find("main")) != before
    with room.inside():
        assert all(document.is_masked for document in own_documents(room.record(1)) if not document.loose)


def test_everything_may_wait_and_nothing_changes(marie: Browser, room: Room) -> None:
    before = choices(room)
    marie.go("/bienvenue/").click("Commencer").click("Décider plus tard").click("Décider plus tard")
    assert marie.heading == "Tout est prêt"
    assert choices(room) == before
    assert marie.go("/bienvenue/").click("Décider plus tard").path == "/"


def test_going_back_shows_what_was_chosen(marie: Browser) -> None:
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="masked").submit(SAVE, samu="", glass="", masked="")
    assert marie.sees("Ne peut pas ouvrir mon dossier")
    marie.click("En cas d’urgence")
    assert not marie.page.find(id="samu").has_attr("checked")
    marie.click("Qui voit mes documents")
    assert marie.page.find("input", value="masked").has_attr("checked")


def test_from_masked_back_to_visible_what_was_masked_one_by_one_stays_so(marie: Browser, room: Room) -> None:
    with room.inside():
        document = next(one for one in own_documents(room.record(1)) if not one.is_masked and not one.loose)
        service.mask(room.record(1).owner, document)
        before = masks.masked(room.record(1))
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="masked")
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="visible")
    with room.inside():
        assert masks.masked(room.record(1)) == before
        assert not room.record(1).masks_new


def test_choosing_visible_when_it_is_visible_unmasks_nothing(marie: Browser, room: Room) -> None:
    with room.inside():
        service.mask(room.record(1).owner, own_documents(room.record(1))[0])
        before = masks.masked(room.record(1))
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="visible")
    with room.inside():
        assert masks.masked(room.record(1)) == before


def test_another_day_visible_shows_everything(room: Room) -> None:
    room.learner(1).go("/bienvenue/confidentialite").submit(SAVE, choice="masked")
    room.learner(1).go("/bienvenue/confidentialite").submit(SAVE, choice="visible")
    with room.inside():
        assert masks.masked(room.record(1)) == []


def test_an_answer_that_does_not_exist_is_refused(marie: Browser) -> None:
    marie.go("/bienvenue/confidentialite").submit(SAVE, choice="nothing")
    assert marie.status == 422
    assert marie.page.find(class_="error-summary")


def test_each_choice_says_where_to_change_it_and_the_place_exists(marie: Browser) -> None:
    marie.go("/bienvenue/fin").click("Qui peut voir mon dossier")
    assert marie.heading == "Qui peut voir mon dossier"
    assert marie.go("/bienvenue/fin").click("recommencer depuis le début").path == "/bienvenue/"
    assert marie.go("/parametres/").click("Mes premiers choix").path == "/bienvenue/"
