"""« Mes exercices », as the learner sees it."""

from __future__ import annotations

import pytest

from sandbox import acts
from sandbox.exercises import service
from tests.browser import Browser, text_of
from tests.room import Room


def line(browser: Browser, title: str) -> str:
    return next(text_of(found) for found in browser.page.find_all(class_="row") if title in text_of(found))


def opens_the_history(room: Room, seat: int) -> None:
    with room.inside():
        record = room.record(seat)
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


@pytest.mark.practises("L01")
def test_an_exercise_is_marked_done_without_declaring_anything(room: Room, marie: Browser, jean: Browser) -> None:
    title = "Voir qui a regardé votre dossier"
    assert "À faire" in line(marie.go("/exercises/"), title)
    opens_the_history(room, 1)
    assert "Fait" in line(marie.go("/exercises/"), title)
    assert marie.sees("1 sur 14")
    assert "À faire" in line(jean.go("/exercises/"), title)


def test_hints_come_one_after_the_other(room: Room, marie: Browser, jean: Browser) -> None:
    hints = next([" ".join(hint.split()) for hint in one.hints] for one in exercises_of(room) if one.slug == "masquer-un-document")
    assert not marie.go("/exercises/").click("Masquer un document").sees(hints[0])
    assert marie.submit("Un indice").sees(hints[0])
    assert not marie.sees(hints[1])
    assert marie.submit("Encore un indice").submit("Encore un indice").sees(hints[2])
    assert marie.sees("Il n’y a plus d’indice")
    assert marie.go("/exercises/masquer-un-document").sees(hints[2])  # what was read stays
    assert not jean.go("/exercises/masquer-un-document").sees(hints[0])


def exercises_of(room: Room) -> list[service.Exercise]:
    with room.inside():
        return service.of_workshop(room.workshop_id)


def test_opening_an_exercise_begins_it(marie: Browser, jean: Browser) -> None:
    marie.go("/exercises/masquer-un-document")
    assert "Commencé" in line(marie.go("/exercises/"), "Masquer un document")
    assert "À faire" in line(jean.go("/exercises/"), "Masquer un document")


def test_what_to_do_now_comes_first_the_one_left_in_the_middle_before_the_next(room: Room, marie: Browser) -> None:
    assert now(marie) == "Ouvrir l’exercice : Lire un résultat d’analyse"
    for slug in ("masquer-un-document", "voir-qui-a-consulte"):
        marie.go(f"/exercises/{slug}")
    assert now(marie) == "Continuer : Voir qui a regardé votre dossier"
    opens_the_history(room, 1)
    assert now(marie) == "Continuer : Masquer un document"


def now(browser: Browser) -> str:
    """The button of « Maintenant », which opens what it names."""
    said = text_of(browser.go("/exercises/").page.select_one(".card .button"))
    assert browser.click(said).heading == said.split(" : ")[1]
    browser.go("/exercises/")
    return said


def test_its_page_says_that_it_is_done_and_what_comes_next(room: Room, marie: Browser) -> None:
    assert not marie.go("/exercises/voir-qui-a-consulte").sees("C’est fait")
    opens_the_history(room, 1)
    assert marie.go("/exercises/voir-qui-a-consulte").sees("C’est fait")
    assert marie.click("Exercice suivant : Répondre à un message").heading == "Répondre à un message"


def test_an_exercise_that_does_not_exist_is_a_page_that_does_not(marie: Browser) -> None:
    for path in ("/exercises/rien", "/exercises/rien/etat", "/exercises/ressenti/pendant"):
        assert marie.go(path).status == 404


def test_the_live_part_is_not_sent_again_until_something_is_done(room: Room, marie: Browser) -> None:
    tag = marie.client.get("/exercises/liste").headers["ETag"]
    again = marie.client.get("/exercises/liste", headers={"If-None-Match": tag})
    assert again.status_code == 304
    opens_the_history(room, 1)
    assert marie.client.get("/exercises/liste", headers={"If-None-Match": tag}).status_code == 200


def test_everything_done_is_celebrated(marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "done_at", lambda exercises, seat: {e.slug for e in exercises})
    assert marie.go("/exercises/").sees("vous avez tout fait")


def test_the_problems_of_a_pack_are_told_with_the_exercise() -> None:
    found = service.problems([{"slug": "lire", "question": "document_opned", "params": {}}])
    assert len(found) == 1
    assert "lire" in found[0]
    assert "document_opned" in found[0]
