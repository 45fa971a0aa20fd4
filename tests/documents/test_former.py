"""What the patient finds of a document that its author replaced or withdrew."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from sandbox.documents import shelf, versions
from sandbox.documents.versions import Version
from sandbox.export import archive
from tests.browser import Browser, text_of
from tests.documents.papers import looked_at, opened, path_of
from tests.room import Room

VISIT, BLOOD = "compte-rendu-sommeil", "bilan-lipidique"


def replaced(room: Room, slug: str = VISIT, text: str = "Corrigé.") -> str:
    """Where the former version is read."""
    with room.inside():
        document = looked_at(room, slug)
        versions.replace(document.author, document, Version(
            title="Sommeil, corrigé", category=document.category, kind=document.kind, dated=document.dated,
            content=text.encode(), media_type="text/markdown",
        ))
        return f"/documents/{versions.former(document)[0].ref}"


def withdrawn(room: Room, slug: str = VISIT) -> str:
    """Where the document was read."""
    with room.inside():
        document = looked_at(room, slug)
        versions.withdraw(document.author, document, "Déposé dans le mauvais dossier")
        return f"/documents/{document.ref}"


def test_the_page_says_what_was_replaced_and_leads_to_it_and_back(room: Room, marie: Browser) -> None:
    replaced(room)
    replaced(room, text="Corrigé encore.")
    opened(room, marie, VISIT)
    assert marie.sees("Version 3, remplace celle du")
    assert marie.sees("Corrigé encore.")
    assert marie.click("Version 2").sees("Corrigé.")
    assert marie.click("Lire la version d’aujourd’hui").sees("Corrigé encore.")


def test_a_former_version_is_only_read(room: Room, marie: Browser) -> None:
    marie.go(replaced(room))
    assert marie.sees("Version remplacée")
    assert not marie.sees("Nouveau")
    assert not {"Masquer ce document", "Supprimer", "Modifier", "Envoyer à un professionnel"} & set(marie.links())
    path = marie.path
    for part in ("/confidentialite", "/modifier", "/supprimer", "/envoyer", "/ranger"):
        assert marie.go(path + part).status == 404, part
    marie.go(path).submit("Oui, télécharger")
    assert marie.response is not None
    assert marie.response.mimetype == "application/pdf"


def test_it_is_neither_listed_nor_searched_nor_counted(room: Room, marie: Browser) -> None:
    with room.inside():
        total, old = shelf.of(room.record(1)).total, looked_at(room, VISIT).title
    replaced(room)
    with room.inside():
        assert shelf.of(room.record(1)).total == total
    marie.go("/documents/?mots=sommeil")
    assert [text_of(link) for link in marie.page.select(".rows .row-title a")].count("Sommeil, corrigé") == 1
    assert old not in marie.links()


def test_what_was_withdrawn_says_who_when_and_why_wherever_one_comes_from(room: Room, marie: Browser) -> None:
    path = path_of(room, VISIT)
    marie.go(path)
    page = marie.page
    withdrawn(room)
    for part in ("", "/confidentialite", "/modifier", "/fichier"):
        assert marie.go(path + part).status == 410
        assert marie.heading == "Ce document a été retiré"
    assert marie.sees("Pourquoi Déposé dans le mauvais dossier")
    marie.page, marie.path = page, path
    assert marie.submit("Épingler").heading == "Ce document a été retiré"
    assert marie.go("/historique/").click("a retiré le document").status == 410


def test_its_former_versions_go_with_it_and_come_back_with_it(room: Room, marie: Browser, lemoine: Browser) -> None:
    former = replaced(room)
    marie.go(former)
    withdrawn(room)
    assert marie.go(former).heading == "Ce document a été retiré"
    assert marie.go("/historique/").click("Consultation du document").status == 410
    with room.inside():
        document = looked_at(room, VISIT)
        versions.put_back(document.author, document)
    assert marie.go(former).sees("Version remplacée")


@pytest.mark.parametrize("who", ["jean", "lemoine"])
def test_nobody_else_learns_of_it(room: Room, who: str, request: pytest.FixtureRequest) -> None:
    path = withdrawn(room, BLOOD)
    with room.inside():
        ref = looked_at(room, BLOOD).ref
        pro = f"/pro/patients/{room.record(1).ref}/documents/{ref}"
    assert request.getfixturevalue(who).go(path if who == "jean" else pro).status == 404


def test_all_my_data_hold_each_version_once_and_the_reason_of_what_was_withdrawn(room: Room) -> None:
    replaced(room)
    withdrawn(room, BLOOD)
    out = BytesIO()
    with room.inside():
        record = room.record(1)
        total, title = shelf.of(record).total, looked_at(room, BLOOD).title
        archive.write(out, record, lambda number: None)
    with ZipFile(out) as written:
        names, data = written.namelist(), json.loads(written.read("donnees/dossier.json"))
    assert len(names) == len(set(names))
    assert sum(name.startswith("documents/") for name in names) == total + 1
    [corrected] = [one for one in data["documents"] if one["title"] == "Sommeil, corrigé"]
    assert (corrected["version"], [former["version"] for former in corrected["formerVersions"]]) == (2, [1])
    assert {corrected["file"], corrected["formerVersions"][0]["file"]} <= set(names)
    assert [(one["title"], one["reason"]) for one in data["withdrawnDocuments"]] == [(title, "Déposé dans le mauvais dossier")]
    assert title not in [one["title"] for one in data["documents"]]
