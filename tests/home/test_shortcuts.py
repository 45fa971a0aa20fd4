"""« Mes raccourcis »: five at most, in one's own order."""

from __future__ import annotations

import pytest

from sandbox.home import shortcuts
from tests.browser import Browser, form_values, text_of
from tests.room import Room

ORIGINAL = [shortcuts.ALL[code].label for code in shortcuts.ORIGINAL]


def on_home(person: Browser) -> list[str]:
    return [text_of(link) for link in person.go("/").page.select(".shortcuts a")]


def tick(person: Browser, *codes: str) -> Browser:
    """Tick these and nothing else, then save."""
    form = person.go("/raccourcis").page.find("main").find("form")
    data = {name: [] for name in shortcuts.GROUPS} | {"csrf_token": form_values(form)["csrf_token"]}
    for name, (_, offered) in shortcuts.GROUPS.items():
        data[name] = [one.code for one in offered if one.code in codes]
    return person._send(form, "/raccourcis", data)


def test_there_are_shortcuts_before_one_chooses(marie: Browser) -> None:
    assert on_home(marie) == ORIGINAL


@pytest.mark.practises("B02")
def test_marie_chooses_five_shortcuts_and_puts_them_in_her_order(room: Room, marie: Browser, jean: Browser) -> None:
    marie.go("/").click("Choisir mes raccourcis")
    tick(marie, "ajouter-dossier", "traitements", "m-tension", "ecrire", "historique")
    assert marie.path == "/"
    assert marie.sees("Vos raccourcis sont enregistrés.")
    assert on_home(marie) == [
        "Ajouter un dossier", "Traitements", "Tension artérielle", "Écrire un message", "Historique d’activité",
    ]
    marie.go("/raccourcis").submit("Monter : Traitements")
    marie.submit("Descendre : Écrire un message")
    assert on_home(marie) == [
        "Traitements", "Ajouter un dossier", "Tension artérielle", "Historique d’activité", "Écrire un message",
    ]
    assert marie.click("Tension artérielle").heading == "Mesures"
    assert on_home(jean) == ORIGINAL
    marie.go("/raccourcis").submit("Revenir aux raccourcis d’origine")
    assert on_home(marie) == ORIGINAL


@pytest.mark.practises("B02")
def test_a_sixth_is_refused_with_the_cure_and_what_was_ticked_is_kept(marie: Browser) -> None:
    codes = ("ajouter-document", "epingles", "maladies", "mesures", "ecrire", "agenda", "catalogue")
    tick(marie, *codes)
    assert marie.status == 422
    assert marie.sees("Cinq raccourcis au plus : vous en avez coché 7. Décochez-en 2.")
    ticked = {box["value"] for box in marie.page.select("input[type=checkbox][checked]")}
    assert ticked == set(codes)
    assert on_home(marie) == ORIGINAL


def test_none_at_all_is_refused_with_the_cure(marie: Browser) -> None:
    assert tick(marie).status == 422
    assert marie.sees("Cochez au moins un raccourci")


def test_those_that_stay_keep_their_place(marie: Browser) -> None:
    tick(marie, "maladies", "agenda")
    assert on_home(marie) == ["Mon agenda", "Maladies"]
    tick(marie, "maladies", "agenda", "ajouter-document")
    assert on_home(marie) == ["Mon agenda", "Maladies", "Ajouter un document"]


def test_the_first_cannot_go_up_nor_an_unknown_one_move(marie: Browser) -> None:
    buttons = [text_of(button) for button in marie.go("/raccourcis").page.find_all("button")]
    assert f"Monter : {ORIGINAL[0]}" not in buttons
    assert f"Descendre : {ORIGINAL[-1]}" not in buttons
    token = form_values(marie.page.find("main").find("form"))["csrf_token"]
    for path, status in (("ajouter-document/monter", 302), ("vaccins/monter", 404), ("agenda/ailleurs", 404)):
        assert marie.client.post(f"/raccourcis/{path}", data={"csrf_token": token}).status_code == status
    assert on_home(marie) == ORIGINAL


@pytest.mark.parametrize("code", list(shortcuts.ALL))
def test_each_shortcut_leads_to_a_page(marie: Browser, code: str) -> None:
    tick(marie, code)
    assert marie.go("/").click(shortcuts.ALL[code].label).status == 200
    assert marie.path != "/"


def test_what_is_kept_and_no_longer_offered_is_left_out(room: Room, marie: Browser) -> None:
    with room.inside():
        room.record(1).shortcuts = "vaccins agenda"
    assert on_home(marie) == ["Mon agenda"]
    with room.inside():
        room.record(1).shortcuts = "vaccins"
    assert on_home(marie) == ORIGINAL
