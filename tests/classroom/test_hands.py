"""A hand is raised from any page, seen by the trainer in order of arrival, answered, lowered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from sandbox import clock
from sandbox.classroom import hands
from sandbox.classroom.hands import Hand
from sandbox.db import db
from sandbox.exercises.models import Attempt
from tests.browser import Browser, text_of
from tests.classroom.helping import exercise, shown, silent, up
from tests.exercises.conftest import pages_read_to_their_end
from tests.exercises.walking import DEEDS, exercise_of, toured
from tests.room import Room

__all__ = ["pages_read_to_their_end", "silent"]
pytestmark = pytest.mark.usefixtures("silent")
TEN = clock.at(clock.real_now().date() + timedelta(days=1), 10, 0)
ASK, ENOUGH = "Demander de l’aide", "Je n’ai plus besoin d’aide"


def listed(samira: Browser, room: Room) -> list[str]:
    samira.go(f"/console/{room.code}")
    return [text_of(line) for line in samira.page.select(".raised-who")]


@pytest.mark.parametrize("page", ["/", "/documents/", "/exercises/", "/profil/", "/aide/"])
def test_help_is_asked_for_from_any_page_and_one_comes_back_there(room: Room, marie: Browser, page: str) -> None:
    marie.go(page)
    marie.client.environ_base["HTTP_REFERER"] = f"http://localhost{page}"
    marie.submit(ASK)
    assert marie.path == page
    assert marie.sees("Le formateur est prévenu. Il arrive.")
    marie.submit(ENOUGH)
    assert not marie.sees("Le formateur est prévenu")
    assert up(room) == []


def test_somebody_who_is_still_at_the_door_asks_too(room: Room) -> None:
    stranger = Browser(room.app, "place 1")
    stranger.go(f"/carte/{room.card(1).token}").submit(ASK)
    assert up(room) == [(1, "")]


def test_asking_twice_asks_once(room: Room, marie: Browser) -> None:
    marie.go("/").submit(ASK)
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    marie.client.post("/salle/main", data={"csrf_token": token})
    assert up(room) == [(1, "")]


def test_the_store_itself_keeps_one_hand_a_seat(room: Room) -> None:
    with room.inside():
        hands.raise_hand(room.world().bound, 1)
        db.session.add(Hand(workshop_id=room.workshop_id, seat=1, raised_at=clock.real_now()))
        with pytest.raises(sa.exc.IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_the_trainer_sees_who_asks_in_order_of_arrival_and_since_when(room: Room) -> None:
    with time_machine.travel(TEN, tick=False) as traveller:
        for seat in (3, 1):
            with room.inside():
                hands.raise_hand(room.world().bound, seat)
            traveller.shift(timedelta(minutes=2))
        found = listed(room.trainer(), room)
    assert found[0].startswith("3 · ")
    assert "depuis 10 h (4 minutes)" in found[0]
    assert found[1].startswith("1 · ")


def test_the_exercise_one_asks_from_is_told(room: Room, marie: Browser, samira: Browser) -> None:
    asked = exercise(room, 1)
    marie.go(f"/exercises/{asked.slug}")
    marie.client.environ_base["HTTP_REFERER"] = f"http://localhost/exercises/{asked.slug}?x=1"
    marie.submit(ASK)
    assert asked.title in listed(samira, room)[0]


def test_from_another_page_it_is_the_exercise_begun_last_and_not_done(room: Room, marie: Browser, samira: Browser) -> None:
    first, second = exercise(room, 0), exercise(room, 1)
    for one in (first, second):
        marie.go(f"/exercises/{one.slug}")
    marie.go("/documents/").submit(ASK)
    assert second.title in listed(samira, room)[0]
    with room.inside():
        db.session.execute(sa.update(Attempt).where(Attempt.exercise == second.slug).values(done_at=clock.real_now()))
    marie.go("/").submit(ENOUGH).submit(ASK)
    assert first.title in listed(samira, room)[0]


def test_during_a_tour_it_is_the_exercise_of_the_tour_until_it_is_left_or_done(room: Room, marie: Browser, samira: Browser) -> None:
    led, begun = exercise_of(room, "masquer-un-document"), exercise_of(room, "supprimer-un-document")
    toured(marie, led.slug)
    marie.go(f"/exercises/{begun.slug}").go("/documents/")  # looked at in passing: the bar still leads through the other
    marie.submit(ASK)
    assert led.title in listed(samira, room)[0]
    marie.go("/documents/").submit(ENOUGH)
    asks_from(marie, f"/exercises/{begun.slug}")
    assert begun.title in listed(samira, room)[0]
    marie.go("/documents/").submit(ENOUGH).submit("Quitter").submit(ASK)
    assert begun.title in listed(samira, room)[0]


@pytest.mark.usefixtures("pages_read_to_their_end")
def test_a_tour_that_is_done_is_not_what_help_is_asked_for(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/exercises/masquer-un-document")
    toured(marie, "lire-un-document")
    for deed in DEEDS["lire-un-document"]:
        deed(marie, room)
    marie.submit(ASK)
    assert exercise_of(room, "masquer-un-document").title in listed(samira, room)[0]


def asks_from(who: Browser, page: str) -> None:
    who.go(page)
    who.client.environ_base["HTTP_REFERER"] = f"http://localhost{page}"
    who.submit(ASK)
    del who.client.environ_base["HTTP_REFERER"]


def test_the_trainer_goes_and_a_colleague_is_told(room: Room, marie: Browser, samira: Browser) -> None:
    colleague = room.trainer()
    marie.go("/").submit(ASK)
    colleague.go(f"/console/{room.code}")
    samira.go(f"/console/{room.code}").submit("J’y vais")
    assert samira.sees("La place 1 sait que vous arrivez.")
    assert marie.go("/").sees("Le formateur vient vers vous.")
    assert colleague.submit("J’y vais").sees("Quelqu’un y va déjà.")
    samira.submit("Baisser la main")
    assert samira.sees("Personne ne demande d’aide.")
    assert colleague.submit("Baisser la main").sees("La main de la place 1 est baissée.")


def test_a_hand_that_was_lowered_meanwhile_is_said_to_be(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/").submit(ASK)
    samira.go(f"/console/{room.code}")
    marie.go("/").submit(ENOUGH)
    assert samira.submit("J’y vais").sees("Cette main n’est plus levée.")


def test_a_hint_of_the_exercise_answers_and_more_help_can_be_asked_for(room: Room, marie: Browser, samira: Browser) -> None:
    asked = exercise(room)
    marie.go(f"/exercises/{asked.slug}").submit(ASK)
    samira.go(f"/console/{room.code}").submit("Envoyer cet indice")
    assert samira.sees("L’indice est sur l’écran de la place 1.")
    assert up(room) == [(1, "word")]
    marie.go("/documents/")
    assert "Un indice de votre formateur" in shown(marie)
    assert " ".join(asked.hints[0].split()) in shown(marie)
    assert marie.sees("Le formateur vous a répondu")
    marie.submit("J’ai encore besoin d’aide")
    assert up(room) == [(1, "")]


def test_a_hint_that_does_not_exist_is_not_sent(room: Room, marie: Browser, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/mots")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    for number in ("99", "0", "-1", "x", "9" * 40):
        asked = {"csrf_token": token, "number": number}
        assert samira.client.post(f"/console/{room.code}/mains/1/indice", data=asked).status_code == 404
    for seat in ("99", "9" * 40):
        for verb in ("jy-vais", "baisser"):
            assert samira.client.post(f"/console/{room.code}/mains/{seat}/{verb}", data={"csrf_token": token}).status_code == 404


def test_a_reset_of_the_seat_or_of_the_room_leaves_the_hand_up(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/").submit(ASK)
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1").submit("Remettre")
    assert up(room) == [(1, "")]
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert up(room) == [(1, "")]
    assert room.learner(1).go("/").sees("Le formateur est prévenu")


def test_whoever_leaves_on_purpose_waits_no_more(room: Room, marie: Browser) -> None:
    marie.go("/").submit(ASK)
    marie.submit("Se déconnecter")
    assert up(room) == []


def test_the_board_says_who_asks_and_at_which_exercise(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go(f"/exercises/{exercise(room).slug}").submit(ASK)
    samira.go(f"/console/{room.code}")
    line = samira.page.select_one("tr.asking")
    assert "main levée" in text_of(line)
    assert "Besoin d’aide" in text_of(line)
    assert len(samira.page.select("tr.asking")) == 1


def test_a_stranger_asks_nothing(room: Room) -> None:
    stranger = Browser(room.app, "inconnu")
    assert stranger.client.post("/salle/main").status_code == 409
    assert stranger.client.get("/salle/main").headers["Location"] == "/rejoindre"
    assert up(room) == []
