"""A situation: one answers, wrongly as often as one wishes, then rightly, and reads why."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import tenancy
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises import answering, attempts, service
from sandbox.exercises.questions import seats_where
from sandbox.journal.models import Entry
from sandbox.notifications.models import Notification
from sandbox.workshops import situations
from tests.browser import Browser, text_of
from tests.exercises.situations import DOOR, KEY, exercise
from tests.room import Room

PAGE, WRONG, RIGHT = "/exercises/situation/cle-perdue", "1", "2"


@pytest.fixture(autouse=True)
def pack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The workshop's pack tells two situations."""
    told = (exercise(KEY), exercise(DOOR))
    service._by_act.cache_clear()
    monkeypatch.setattr(service, "_told", lambda head: told)
    yield
    service._by_act.cache_clear()


def understood(room: Room) -> set[int]:
    with room.inside():
        return seats_where("situation_answered", {"situation": "cle-perdue"})


# --- answering ---------------------------------------------------------------------------------------

def test_a_wrong_answer_is_replied_to_and_one_tries_again(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer=WRONG)
    assert marie.status == 200
    assert marie.sees("ce n’est pas sa porte")
    assert not marie.sees("Une clé se cherche à deux")
    marie.submit("Répondre", answer="3")
    assert marie.sees("repart sans savoir")
    assert understood(room) == set()
    marie.submit("Répondre", answer=RIGHT)
    assert marie.sees("retourne ses poches")
    assert marie.sees("Une clé se cherche à deux")
    assert marie.sees("Reprenons votre chemin depuis hier")
    assert understood(room) == {1}


def test_any_of_the_right_answers_will_do_and_stays(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer="4")
    assert understood(room) == {1}
    assert marie.go("/").go(PAGE).sees("se souvient de la boulangerie")
    others = text_of(marie.page.find("details", class_="others"))
    assert "Convient aussi" in others
    assert "ce n’est pas sa porte" in others


def test_after_the_explanation_the_next_situation_is_offered(marie: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer=RIGHT)
    assert marie.sees("1 sur 2")
    marie.click("Situation suivante : Paul est devant une porte").submit("Répondre", answer=RIGHT)
    assert marie.sees("2 sur 2")
    assert marie.click("Voir mon bilan").sees("Chercher une clé avec quelqu’un")
    assert marie.sees("Les phrases à garder")


def test_a_situation_is_done_again_as_if_nobody_had_answered(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer=WRONG).submit("Répondre", answer=RIGHT).submit("Refaire cette situation")
    assert marie.path == PAGE
    assert marie.sees("0 sur 2")
    assert not marie.sees("ce n’est pas sa porte")
    assert understood(room) == set()


def test_the_first_not_done_is_offered_first(marie: Browser) -> None:
    marie.go("/exercises/").click("Ouvrir la situation : Paul a perdu sa clé").submit("Répondre", answer=RIGHT)
    assert marie.go("/exercises/").click("Ouvrir la situation").heading == DOOR["title"]


def test_what_one_seat_answers_is_nothing_to_another(room: Room, marie: Browser, jean: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer=RIGHT)
    jean.go(PAGE)
    assert jean.sees("0 sur 2")
    assert not jean.sees("Une clé se cherche à deux")
    assert understood(room) == {1}


def test_it_is_written_on_one_s_own_record_out_of_its_history(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        answering.give(record.owner, exercise(KEY), 2)
        written = db.session.scalars(sa.select(Entry).where(Entry.act == "SituationAnswered")).one()
        assert (written.record_id, written.elsewhere) == (record.id, True)


def test_the_portal_knows_nothing_of_it(room: Room, marie: Browser) -> None:
    with room.inside():
        before = db.session.scalar(sa.select(sa.func.count(Notification.id)))
    marie.go(PAGE).submit("Répondre", answer=WRONG).submit("Répondre", answer=RIGHT)
    assert "ituation" not in text_of(marie.go("/historique/").page.main)
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Notification.id))) == before


def test_the_room_remembers_when_it_was_begun_and_done(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Répondre", answer=RIGHT)
    with room.inside():
        where = tenancy.bound()
        assert where is not None
        attempt = attempts.present(where, 1)["cle-perdue"]
        assert attempt.begun_at is not None
        assert attempt.done_at is not None


def test_the_address_of_an_exercise_leads_to_its_situation(marie: Browser) -> None:
    assert marie.go("/exercises/cle-perdue").path == PAGE


# --- what is mistyped, or tried on purpose -----------------------------------------------------------

@pytest.mark.parametrize("answer", ["0", "5", "-1", "x", "", "9" * 40, "²", "1 ", "2.0"])
def test_an_answer_that_is_not_offered_is_refused(room: Room, marie: Browser, answer: str) -> None:
    marie.go(PAGE).submit("Répondre", answer=answer)
    assert marie.status == 422
    assert marie.sees("Choisissez une des réponses proposées")
    assert understood(room) == set()


def test_no_answer_at_all_is_refused(marie: Browser) -> None:
    assert marie.go(PAGE).submit("Répondre").status == 422


@pytest.mark.parametrize("slug", ["rien", "%00", "é²", "cle-perdue#2"])
def test_a_situation_that_does_not_exist_is_not_found(marie: Browser, slug: str) -> None:
    assert marie.client.get(f"/exercises/situation/{slug}".replace("#", "%23")).status_code == 404


def test_the_service_refuses_what_is_not_offered(room: Room) -> None:
    with room.inside(), pytest.raises(Refused):
        answering.give(room.record(1).owner, exercise(KEY), 9)


# --- proof-reading -----------------------------------------------------------------------------------

def test_a_situation_well_written_has_no_problem() -> None:
    assert list(situations.problems([KEY, {"slug": "autre", "title": "Une question", "learned": "Poser une question"}])) == []


def changed(**keys: Any) -> dict[str, Any]:
    return copy.deepcopy(KEY) | keys


def answered(number: int, **keys: Any) -> dict[str, Any]:
    item = copy.deepcopy(KEY)
    item["answer"][number - 1] |= keys
    return item


LONG = "Je vous propose de reprendre avec moi, calmement, tout le chemin que vous avez fait depuis hier matin, boutique par boutique."
SPOILT = {
    "no explanation": (changed(explanation=" "), "explanation"),
    "no sentence to say": (changed(say=""), "say"),
    "nothing told": (changed(told=""), "told"),
    "unknown key": (changed(reponse="x"), "reponse"),
    "long name": (changed(slug="s" * 37), "slug"),
    "too few answers": (changed(answer=KEY["answer"][:2]), "3 à 6"),
    "not a list": (changed(answer="oui"), "[[exercise.answer]]"),
    "no reply": (answered(1, reply=""), "reply"),
    "unknown key of an answer": (answered(1, juste=True), "juste"),
    "right is a word": (answered(2, right="oui"), "true"),
    "no right answer": (changed(answer=KEY["answer"][:1] * 3), "aucune bonne"),
    "nothing wrong": (changed(answer=KEY["answer"][1:2] * 3), "bonnes réponses"),
    "guessed by its length": (changed(answer=[*KEY["answer"][:1], KEY["answer"][1] | {"text": LONG}, KEY["answer"][2]]), "longueur"),
}


@pytest.mark.parametrize(("item", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_a_problem_is_told_with_its_cure(item: dict[str, Any], words: str) -> None:
    found = [problem for _, problem in situations.problems([item])]
    assert any(words in problem for problem in found), found
    assert all(problem.endswith(".") for problem in found)
