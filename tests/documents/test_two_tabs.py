"""The same document in two tabs: whatever was done in one, the other ends in a clear state."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents.models import Document
from tests.browser import Browser
from tests.documents.papers import added, looked_at, opened, path_of
from tests.documents.samples import png
from tests.pro.people import done
from tests.room import Room

GONE = "Ce document n’existe plus dans votre dossier"


def key(who: Browser) -> str:
    return str(who.page.find("input", attrs={"name": "csrf_token"})["value"])


@pytest.fixture
def draft(room: Room) -> str:
    """Where a picture is that Marie has added."""
    return added(room, png(), "image/png", "Brouillon", category="DOC_ADM", dated=date(2026, 1, 5))


def deleted(who: Browser, path: str) -> str:
    """Delete it in this tab; the token that the other tab’s forms have."""
    found = key(who.go(path))
    who.go(f"{path}/supprimer").submit("Supprimer pour toujours")
    assert who.sees("Le document « Brouillon » est supprimé.")
    return found


@pytest.mark.parametrize("action", [
    "supprimer", "masquer", "rendre-visible", "epingler", "desepingler", "modifier", "telecharger",
])
def test_whatever_is_done_to_a_document_deleted_elsewhere_says_so(marie: Browser, draft: str, action: str) -> None:
    token = deleted(marie, draft)
    answer = marie.client.post(f"{draft}/{action}", data={"csrf_token": token, "title": "Autre"})
    assert answer.status_code == 404
    assert GONE in answer.text
    assert "Voir mes documents" in answer.text


@pytest.mark.parametrize("where", ["", "/confidentialite", "/modifier", "/supprimer", "/fichier", "/page/1"])
def test_a_tab_that_was_left_open_leads_back_to_the_list(marie: Browser, draft: str, where: str) -> None:
    deleted(marie, draft)
    marie.go(draft + where)
    assert marie.status == 404
    assert marie.heading == GONE
    assert marie.click("Voir mes documents").heading == "Documents"


def test_nobody_else_learns_that_it_ever_existed(marie: Browser, jean: Browser, draft: str) -> None:
    before = jean.go(draft).page.get_text()
    deleted(marie, draft)
    assert jean.go(draft).status == 404
    assert jean.heading == "Cette page n’existe pas ou n’est plus là"
    assert jean.page.get_text() == before


def test_masking_twice_is_masking_once(room: Room, marie: Browser) -> None:
    path = path_of(room, "bilan-lipidique")
    for _ in range(2):
        token = key(marie.go("/documents/tout-masquer"))
        answer = marie.client.post(f"{path}/masquer", data={"csrf_token": token}, follow_redirects=True)
        assert answer.status_code == 200
        assert "est masqué" in answer.text
    with room.inside():
        assert done("DocumentMasked") == 1


def test_the_question_follows_what_was_done_elsewhere(room: Room, marie: Browser) -> None:
    opened(room, marie, "bilan-lipidique").click("Masquer ce document")
    question = marie.path
    marie.submit("Masquer ce document")
    assert marie.go(question).heading == "Rendre visible ce document ?"


def test_two_tabs_that_rename_do_not_overwrite_each_other_unseen(room: Room, marie: Browser, draft: str) -> None:
    first, second = room.learner(1).go(f"{draft}/modifier"), marie.go(f"{draft}/modifier")
    first.submit("Enregistrer", title="Carte de mutuelle")
    second.submit("Enregistrer", title="Attestation")
    assert second.status == 409
    assert second.sees("Ce document a changé entre-temps, dans une autre fenêtre")
    assert second.sees("Nom du document Carte de mutuelle")
    assert second.page.find(id="title")["value"] == "Attestation"
    assert first.go(draft).heading == "Carte de mutuelle"
    assert second.submit("Enregistrer").heading == "Attestation"


def test_what_was_not_touched_here_but_changed_there_is_told_too(room: Room, marie: Browser, draft: str) -> None:
    first, second = room.learner(1).go(f"{draft}/modifier"), marie.go(f"{draft}/modifier")
    first.submit("Enregistrer", category="REMB", dated="2025-12-24")
    second.submit("Enregistrer", title="Attestation")
    assert second.status == 409
    assert second.sees("24 décembre 2025")
    assert second.sees("Catégorie Remboursements")


def test_two_tabs_that_write_the_same_agree(room: Room, marie: Browser, draft: str) -> None:
    first, second = room.learner(1).go(f"{draft}/modifier"), marie.go(f"{draft}/modifier")
    first.submit("Enregistrer", title="Carte de mutuelle")
    second.submit("Enregistrer", title="Carte de mutuelle")
    assert second.status == 200
    assert second.sees("Rien n’a changé : le document était déjà ainsi.")


def test_a_mistake_does_not_make_one_forget_the_other_tab(room: Room, marie: Browser, draft: str) -> None:
    first, second = room.learner(1).go(f"{draft}/modifier"), marie.go(f"{draft}/modifier")
    first.submit("Enregistrer", title="Carte de mutuelle")
    assert second.submit("Enregistrer", title="").status == 422
    assert second.submit("Enregistrer", title="Attestation").status == 409


def test_a_form_from_before_the_reset_changes_nothing(room: Room, marie: Browser) -> None:
    path = path_of(room, "bilan-lipidique")
    token = key(marie.go(path))
    room.renew()
    answer = marie.client.post(f"{path}/masquer", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "Les dossiers sont comme neufs" in answer.text
    with room.inside():
        assert not looked_at(room, "bilan-lipidique").is_masked


def test_what_was_added_before_the_reset_is_not_found_and_nothing_breaks(room: Room, marie: Browser, draft: str) -> None:
    room.renew()
    assert marie.go(draft).status == 404
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Document.id)).where(Document.title == "Brouillon")) == 0


def test_undoing_the_switch_twice_does_nothing_more(room: Room, marie: Browser) -> None:
    marie.go("/documents/tout-masquer").submit("Masquer tous mes documents")
    token = key(marie)
    for _ in range(2):
        answer = marie.client.post("/documents/tout-comme-avant", data={"csrf_token": token}, follow_redirects=True)
        assert answer.status_code == 200
    with room.inside():
        assert done("MasksRestored") == 1
