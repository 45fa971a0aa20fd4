"""Masking, deleting and pinning."""

from __future__ import annotations

import pytest

from sandbox.access import To, may
from sandbox.documents import service
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.documents.test_adding import add
from tests.room import Room


def opened(room: Room, who: Browser, slug: str) -> Browser:
    with room.inside():
        ref = next(d.ref for d in service.of_record(room.record(1)) if d.slug == slug)
    return who.go(f"/documents/{ref}")


def looked_at(room: Room, slug: str) -> Document:
    """Only inside."""
    return next(d for d in service.of_record(room.record(1)) if d.slug == slug)


def test_marie_masks_a_document_knowing_who_still_sees_it(room: Room, marie: Browser) -> None:
    opened(room, marie, "compte-rendu-sommeil").click("Masquer ce document")
    assert marie.heading == "Masquer ce document ?"
    assert marie.sees("Vous , toujours. Dr Claire Lemoine , qui l’a déposé.")
    marie.submit("Masquer ce document")
    assert marie.sees("Seuls vous et Dr Claire Lemoine le voyez encore.")
    with room.inside():
        document = looked_at(room, "compte-rendu-sommeil")
        assert not may(room.user("inf-morvan"), To.READ, document)
        assert may(room.user("dr-lemoine"), To.READ, document)


def test_marie_makes_a_masked_document_visible_again(room: Room, marie: Browser) -> None:
    opened(room, marie, "lettre-psychologue").click("Rendre visible aux professionnels")
    marie.submit("Rendre visible aux professionnels")
    assert marie.sees("Vous et les professionnels qui vous soignent")
    with room.inside():
        assert may(room.user("inf-morvan"), To.READ, looked_at(room, "lettre-psychologue"))
    history = marie.go("/historique/?onglet=moi")
    assert history.sees("est de nouveau visible des professionnels")


def test_marie_deletes_what_she_added(marie: Browser) -> None:
    add(marie, samples.png(), "brouillon.png").click("Supprimer")
    address = marie.path.removesuffix("/supprimer")
    assert marie.sees("Il disparaîtra de votre dossier pour toujours")
    marie.submit("Supprimer pour toujours")
    assert marie.sees("Le document « brouillon » est supprimé.")
    assert marie.go(address).status == 404


def test_marie_learns_that_a_professionals_document_can_only_be_masked(room: Room, marie: Browser) -> None:
    address = opened(room, marie, "bilan-lipidique").path
    marie.click("Supprimer")
    assert marie.heading == "Ce document ne peut pas être supprimé"
    token = marie.go("/documents/ajouter").page.find("input", attrs={"name": "csrf_token"})["value"]
    answer = marie.client.post(f"{address}/supprimer", data={"csrf_token": token})
    assert answer.status_code == 422
    assert marie.go(address).status == 200
    marie.go(f"{address}/supprimer").click("Masquer ce document")
    assert marie.heading == "Masquer ce document ?"


@pytest.mark.practises("D09")
def test_a_pinned_document_comes_first(room: Room, marie: Browser) -> None:
    opened(room, marie, "hba1c-initiale").submit("Épingler")
    titles = [text_of(row) for row in marie.go("/documents/").page.select("ul.rows > li")][:3]
    assert any("Découverte du diabète" in title and "Épinglé" in title for title in titles)
    opened(room, marie, "hba1c-initiale").submit("Ne plus épingler")
    assert not marie.go("/documents/").sees("Découverte du diabète – glycémie")
