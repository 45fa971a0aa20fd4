"""Several documents at once: chosen in the list, then masked, filed or deleted together."""

from __future__ import annotations

import pytest

from sandbox.access import To, may
from sandbox.documents import folders, service
from sandbox.documents.models import Document
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.documents.shelves import boxes, hold, put, titles
from tests.room import Room

MASK, SHOW, FILE, DELETE = "Masquer aux professionnels", "Rendre visibles", "Ranger dans un dossier", "Supprimer"
LETTER = "Lettre du docteur"


def choosing(who: Browser, address: str = "/documents/") -> Browser:
    return who.go(address).click("Sélectionner")


def of(path: str) -> Document:
    """Only inside."""
    found = service.find(path[-8:])
    assert found is not None
    return found


@pytest.mark.practises("D07")
def test_marie_deletes_one_document_then_ten_at_once_and_learns_what_can_only_be_masked(room: Room, marie: Browser) -> None:
    marie.go(put(room, 1, "Brouillon")).click("Supprimer").submit("Supprimer")
    assert "Brouillon" not in titles(marie.go("/documents/"))
    for number in range(11):
        put(room, 1, f"Essai {number:02}")
    put(room, 1, LETTER, by="dr-lemoine")
    chosen = boxes(choosing(marie), "Essai")
    marie.submit(DELETE, choisi=[*chosen, *boxes(marie, LETTER)])
    assert marie.status == 422
    assert marie.sees("On supprime dix documents à la fois, au plus. Vous en avez coché 11 : décochez-en 1.")
    assert len(marie.page.select("input[name=choisi][checked]")) == 12
    marie.submit(DELETE, choisi=[*boxes(marie, "Essai")[1:], *boxes(marie, LETTER)])
    assert marie.heading == "Supprimer 10 documents ?"
    assert marie.sees(f"{LETTER}, déposé par Dr Claire Lemoine")
    marie.submit("Supprimer ces 10 documents")
    assert marie.sees("10 documents supprimés pour toujours.")
    assert [title for title in titles(marie) if title.startswith("Essai")] == ["Essai 10"]
    choosing(marie).submit(DELETE, choisi=boxes(marie, LETTER))
    assert marie.heading == "Ces documents ne peuvent pas être supprimés"
    marie.submit("Masquer ce document")
    assert "Masqué aux professionnels" in next(
        text_of(row) for row in marie.page.select("ul.rows > li") if LETTER in text_of(row)
    )
    assert marie.go("/historique/?onglet=moi").sees("Suppression du document « Essai 09 »")


def test_several_are_masked_then_shown_again(room: Room, marie: Browser) -> None:
    paths = [put(room, 1, f"Essai {number}") for number in range(3)]
    choosing(marie).submit(MASK, choisi=boxes(marie, "Essai 0", "Essai 1"))
    assert marie.sees("2 documents sont masqués.")
    with room.inside():
        doctor = room.user("dr-lemoine")
        assert [may(doctor, To.READ, of(path)) for path in paths] == [False, False, True]
    choosing(marie).submit(SHOW, choisi=boxes(marie, "Essai"))
    assert marie.sees("3 documents sont visibles des professionnels qui vous soignent.")
    with room.inside():
        assert not any(of(path).is_masked for path in paths)
    history = text_of(marie.go("/historique/?onglet=moi").page.find("main"))
    assert history.count("est de nouveau visible des professionnels") == 2  # the third was visible already


def test_several_are_filed_in_a_new_folder_and_one_comes_back_to_the_same_list(room: Room, marie: Browser) -> None:
    for number in range(3):
        put(room, 1, f"Essai {number}")
    choosing(marie, "/documents/?categorie=AUTR_DOC&tri=nom").submit(FILE, choisi=boxes(marie, "Essai"))
    assert marie.heading == "Ranger 3 documents"
    marie.submit("Ranger ces documents", folder="nouveau", name="Essais")
    assert marie.sees("3 documents sont rangés dans le dossier « Essais ».")
    assert marie.path == "/documents/?categorie=AUTR_DOC&tri=nom"
    with room.inside():
        ref = next(one.ref for one in folders.of_record(room.record(1)) if one.name == "Essais")
    assert titles(marie.go(f"/documents/?dossier={ref}&tri=nom")) == ["Essai 0", "Essai 1", "Essai 2"]


@pytest.mark.parametrize("button", [MASK, SHOW, FILE, DELETE])
def test_nothing_chosen_is_kindly_refused(marie: Browser, button: str) -> None:
    choosing(marie).submit(button)
    assert marie.status == 422
    assert marie.sees("Cochez d’abord un ou plusieurs documents")
    assert marie.heading == "Sélectionner des documents"


def test_the_choice_is_of_one_page(room: Room, marie: Browser) -> None:
    hold(room, 1, 60)
    choosing(marie, "/documents/?page=2")
    assert len(marie.page.select("input[name=choisi]")) == 20
    assert marie.sees("Les cases cochées valent pour cette page seulement")
    assert marie.click("Page suivante").heading == "Sélectionner des documents"
    refs = [str(number) * 8 for number in range(2, 9)] * 10
    marie.submit(MASK, choisi=refs)
    assert marie.sees("Cela fait trop de documents à la fois.")


def test_what_was_deleted_in_another_tab_is_told_clearly(room: Room, marie: Browser) -> None:
    put(room, 1, "Essai")
    chosen = boxes(choosing(marie), "Essai")
    marie.submit(DELETE, choisi=chosen)
    here = marie.path
    room.learner(1).go(here).submit("Supprimer ce document")
    marie.submit("Supprimer ce document")
    assert marie.status == 422
    assert marie.sees("Ces documents ne sont plus dans votre liste.")
    assert marie.go(here).sees("Ces documents ne sont plus dans votre liste.")


@pytest.mark.parametrize("button", [MASK, FILE, DELETE])
def test_jean_cannot_choose_a_document_of_marie(room: Room, jean: Browser, button: str) -> None:
    path = put(room, 1, "Secret de Marie")
    choosing(jean).submit(button, choisi=[path[-8:]])
    assert jean.status == 422
    assert jean.sees("Ces documents ne sont plus dans votre liste.")
    for action in ("ranger", "supprimer"):
        assert not jean.go(f"/documents/choix/{action}?choisi={path[-8:]}").sees("Secret de Marie")
    with room.inside():
        assert not of(path).is_masked


def test_a_professionals_document_slipped_among_ones_own_stays(room: Room, marie: Browser) -> None:
    letter, own = put(room, 1, LETTER, by="dr-lemoine"), put(room, 1, "Essai")
    marie.go(f"/documents/choix/supprimer?choisi={own[-8:]}&choisi={letter[-8:]}").submit("Supprimer ce document")
    assert marie.sees("1 document supprimé pour toujours.")
    assert marie.go(letter).heading == LETTER
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    answer = marie.client.post(f"/documents/choix/supprimer?choisi={letter[-8:]}", data={"csrf_token": token})
    assert answer.status_code == 422
    assert marie.go(letter).heading == LETTER


def test_an_address_made_by_hand_does_not_choose_where_the_list_is(room: Room, marie: Browser) -> None:
    ref = put(room, 1, "Lettre")[-8:]
    for odd in ("endpoint=x", "_external=1&_scheme=javascript", "_scheme=x"):
        marie.go(f"/documents/choix/ranger?choisi={ref}&tri=nom&{odd}")
        assert marie.status == 200
        assert "/documents/?tri=nom&choisir=1" in [a["href"] for a in marie.page.find_all("a", href=True)]


def test_an_unknown_action_does_nothing(marie: Browser) -> None:
    choosing(marie)
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    data = {"csrf_token": token, "action": "vendre", "choisi": boxes(marie, "Synthèse médicale")}
    assert marie.client.post("/documents/choix", data=data).status_code == 422


@pytest.mark.browser
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_pages_of_folders_and_of_choosing_suit_everybody(room: Room, people: Cast, phone: bool) -> None:
    with room.inside():
        folder = folders.of_record(room.record(1))[0].ref
    chosen = put(room, 1, "Essai")[-8:]
    marie = people.learner(1, phone=phone)
    for path in (
        "/documents/?tri=nom&mots=tension&du=2020-01-01", "/documents/?du=2026-05-01&au=2026-04-01", "/documents/dossiers",
        "/documents/dossiers/nouveau", f"/documents/dossiers/{folder}", f"/documents/{chosen}/ranger",
        f"/documents/choix/supprimer?choisi={chosen}",
    ):
        marie.go(path)
    page = marie.go("/documents/?choisir=1").page
    page.get_by_role("button", name="Tout cocher").click()
    assert page.get_by_text("20 documents cochés").is_visible()
    page.get_by_role("button", name="Tout décocher").click()
    assert page.locator("input[name=choisi]:checked").count() == 0
