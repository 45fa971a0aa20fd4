"""Folders of one's own: a name, documents in them, and nothing lost when one goes."""

from __future__ import annotations

import pytest

from sandbox.documents import folders, service
from sandbox.errors import Refused
from tests.browser import Browser, text_of
from tests.documents.papers import looked_at, path_of
from tests.documents.shelves import hold, put, titles
from tests.room import Room

NEW = "nouveau"


def lines(who: Browser) -> list[str]:
    return [text_of(row) for row in who.page.select("ul.rows > li")]


def created(who: Browser, name: str) -> Browser:
    return who.go("/documents/dossiers").click("Créer un dossier").submit("Créer ce dossier", name=name)


def folder_of(room: Room, name: str, seat: int = 1) -> str:
    with room.inside():
        return next(one.ref for one in folders.of_record(room.record(seat)) if one.name == name)


@pytest.mark.practises("D08")
def test_marie_makes_a_folder_fills_it_renames_it_and_deletes_it_without_losing_anything(room: Room, marie: Browser) -> None:
    marie.go("/documents/").click("Dossiers")
    before = lines(marie)
    created(marie, "Dentiste")
    assert marie.sees("Le dossier « Dentiste » est créé.")
    assert marie.sees("Ce dossier est vide")
    tooth = put(room, 1, "Radio d’une dent")
    marie.go(f"{tooth}/ranger").submit("Ranger ce document", folder=folder_of(room, "Dentiste"))
    assert marie.sees("Le document est rangé dans le dossier « Dentiste ».")
    assert any(line.startswith("Dentiste 1 document") for line in lines(marie.go("/documents/dossiers")))
    marie.click("Renommer ou supprimer le dossier Dentiste").submit("Changer le nom", name="Mes dents")
    assert titles(marie.click("Mes dents")) == ["Radio d’une dent"]
    marie.click("Renommer ou supprimer le dossier")
    assert marie.sees("Son document restera dans votre liste")
    marie.submit("Oui, supprimer le dossier")
    assert [line for line in lines(marie) if not line.startswith("Sans dossier")] == [
        line for line in before if not line.startswith("Sans dossier")
    ]
    assert marie.go(tooth).heading == "Radio d’une dent"
    history = marie.go("/historique/?onglet=moi")
    for phrase in ("Création du dossier « Dentiste »", "Rangement du document", "Suppression du dossier « Mes dents »"):
        assert history.sees(phrase)


def test_a_deleted_folder_comes_back_with_its_documents(room: Room, marie: Browser) -> None:
    held = set(titles(marie.go(f"/documents/?dossier={folder_of(room, 'Mon genou')}")))
    marie.click("Renommer ou supprimer").submit("Oui, supprimer le dossier")
    moved = path_of(room, "radio-genou")
    marie.go(f"{moved}/ranger").submit("Ranger ce document", folder=folder_of(room, "Papiers"))
    marie.go("/documents/dossiers?retire=1").submit("Remettre le dossier « Mon genou »")
    assert marie.sees("Le dossier « Mon genou » est remis, avec ses documents.")
    assert set(titles(marie)) == held - {text_of(marie.go(moved).page.h1)}
    assert len(held) > 1
    assert not marie.go("/documents/dossiers?retire=1").sees("Remettre le dossier")


def test_too_many_documents_are_not_put_back(room: Room, marie: Browser) -> None:
    hold(room, 1, 160)
    ref = folder_of(room, "Papiers")
    with room.inside():
        for document in service.of_record(room.record(1))[:120]:
            document.folder = folders.find(ref)
    marie.go(f"/documents/dossiers/{ref}").submit("Oui, supprimer le dossier")
    assert marie.sees("Ses documents sont toujours dans votre liste.")
    assert not marie.sees("Remettre le dossier")


def test_a_folder_cannot_be_put_back_twice(room: Room, marie: Browser) -> None:
    marie.go(f"/documents/dossiers/{folder_of(room, 'Papiers')}").submit("Oui, supprimer le dossier")
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    statuses = [marie.client.post("/documents/dossiers/remettre", data={"csrf_token": token}).status_code for _ in range(2)]
    assert statuses == [302, 422]


@pytest.mark.parametrize(("name", "cure"), [
    ("  ", "Donnez un nom au dossier"), ("d" * 51, "50 signes au plus"),
    ("coeur et TENSION", "Vous avez déjà un dossier « Cœur et tension »"),
])
def test_a_name_that_will_not_do_is_refused_with_its_cure(room: Room, marie: Browser, name: str, cure: str) -> None:
    created(marie, name)
    assert marie.status == 422
    assert cure in text_of(marie.page.find(class_="field-error"))
    assert marie.page.find(id="name")["value"] == name
    marie.go(f"/documents/dossiers/{folder_of(room, 'Papiers')}").submit("Changer le nom", name=name)
    assert marie.status == 422
    assert cure in text_of(marie.page.find(class_="field-error"))


def test_a_folder_may_be_written_otherwise(room: Room, marie: Browser) -> None:
    marie.go(f"/documents/dossiers/{folder_of(room, 'Papiers')}").submit("Changer le nom", name="PAPIERS")
    assert marie.sees("Le dossier s’appelle maintenant « PAPIERS ».")


def test_a_new_folder_is_made_while_filing(room: Room, marie: Browser) -> None:
    marie.go(f"{put(room, 1, 'Semelles')}/ranger")
    assert marie.page.find("input", attrs={"name": "folder", "checked": True})["value"] == "sans"
    marie.submit("Ranger ce document", name="Podologue")  # the name alone is enough
    assert marie.sees("Le document est rangé dans le dossier « Podologue ».")
    assert titles(marie.go(f"/documents/?dossier={folder_of(room, 'Podologue')}")) == ["Semelles"]
    marie.click("Semelles").go(f"{marie.path}/ranger").submit("Ranger ce document", folder="sans")
    assert marie.sees("Le document est rangé hors de tout dossier.")


@pytest.mark.parametrize(("folder", "name", "cure"), [
    ("zzzzzzzz", "", "Ce dossier n’existe plus"), (NEW, "", "Donnez un nom au dossier"),
    ("Papiers", "Autre", "Vous avez choisi un dossier et donné un nom à un autre"), ("", "", "Choisissez un dossier de la liste"),
])
def test_filing_nowhere_is_explained(room: Room, marie: Browser, folder: str, name: str, cure: str) -> None:
    path = put(room, 1, "Semelles")
    chosen = folder_of(room, folder) if folder == "Papiers" else folder
    marie.go(f"{path}/ranger").submit("Ranger ce document", folder=chosen, name=name)
    assert marie.status == 422
    assert cure in text_of(marie.page.find(class_="field-error"))


def test_what_a_professional_deposited_is_filed_too(room: Room, marie: Browser) -> None:
    marie.go(f"{path_of(room, 'bilan-lipidique')}/ranger").submit("Ranger ce document", folder=folder_of(room, "Papiers"))
    assert "Bilan lipidique et glycémie" in titles(marie.go(f"/documents/?dossier={folder_of(room, 'Papiers')}"))


def test_jean_never_meets_the_folders_of_marie(room: Room, marie: Browser, jean: Browser) -> None:
    created(marie, "Secret de Marie")
    ref = folder_of(room, "Secret de Marie")
    assert not jean.go("/documents/dossiers").sees("Secret de Marie")
    assert not jean.go("/documents/").sees("Secret de Marie")
    for address in (f"/documents/dossiers/{ref}", f"/documents/?dossier={ref}"):
        assert jean.go(address).status == 404
    token = jean.go("/documents/dossiers/nouveau").page.find("input", attrs={"name": "csrf_token"})["value"]
    for address in (f"/documents/dossiers/{ref}", f"/documents/dossiers/{ref}/supprimer"):
        assert jean.client.post(address, data={"csrf_token": token, "name": "À moi"}).status_code == 404
    jean.go(f"{put(room, 2, 'Lettre')}/ranger").submit("Ranger ce document", folder=ref)
    assert jean.sees("Ce dossier n’existe plus")
    assert marie.go("/documents/dossiers").sees("Secret de Marie")


def test_a_document_is_not_filed_in_another_record(room: Room) -> None:
    with room.inside():
        mine, theirs = room.record(1), room.record(2)
        other = folders.create(theirs.owner, theirs, "Ailleurs")
        with pytest.raises(Refused, match="même profil"):
            folders.move(mine.owner, looked_at(room, "bilan-lipidique"), other)


def test_somebody_with_no_folder_learns_what_they_are_for(room: Room, marie: Browser) -> None:
    for name in ("Mon genou", "Cœur et tension", "Papiers"):
        marie.go(f"/documents/dossiers/{folder_of(room, name)}").submit("Oui, supprimer le dossier")
    assert marie.go("/documents/dossiers").sees("Aucun dossier pour l’instant")
    assert marie.click("Créer un dossier").heading == "Créer un dossier"
