"""The report: what was done and where people stopped, and nobody's name."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pypdf
import pytest
import sqlalchemy as sa

from sandbox import acts, clock, tenancy
from sandbox.console import figures
from sandbox.db import db
from sandbox.exercises import attempts, feelings, report, service
from sandbox.exercises.feelings import Feeling, When
from sandbox.exercises.models import Attempt
from sandbox.exercises.report import Line, Report
from tests.browser import Browser
from tests.room import Room

HISTORY, MASK, SHOW = "voir-qui-a-consulte", "masquer-un-document", "montrer-une-ordonnance"


@pytest.fixture(autouse=True)
def _blank(room: Room) -> None:
    """Nothing is left of the groups of other tests."""
    with room.inside():
        for kind in (Attempt, Feeling):
            db.session.execute(sa.delete(kind).where(kind.workshop_id == room.workshop_id))


def opens(room: Room, seat: int, slug: str, *, ago: int = 0) -> None:
    where = tenancy.bound()
    exercise = service.named(room.workshop_id, slug)
    attempts.begin(where, seat, exercise).begun_at = clock.real_now() - timedelta(seconds=ago)


def does(room: Room, seat: int) -> None:
    record = room.record(seat)
    acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


def told(room: Room) -> Report:
    with room.inside():
        return report.of_workshop(room.workshop_id)


def line(room: Room, slug: str) -> Line:
    with room.inside():
        number = [one.slug for one in service.of_workshop(room.workshop_id)].index(slug)
    return told(room).lines[number]


def test_each_exercise_says_who_did_it_in_how_long_and_where_people_stopped(room: Room) -> None:
    with room.inside():
        for seat, ago in ((1, 60), (2, 180), (3, 240)):
            opens(room, seat, HISTORY, ago=ago)
            does(room, seat)
        opens(room, 4, HISTORY, ago=30)
        opens(room, 1, MASK)
        attempts.read_hint(tenancy.bound(), 1, service.named(room.workshop_id, MASK), 2)
    history, mask = line(room, HISTORY), line(room, MASK)
    assert (history.people, history.done, history.stopped) == (4, 3, 1)
    assert round(history.took.total_seconds()) == 180
    assert (mask.people, mask.done, mask.hinted, mask.hints, mask.stopped) == (1, 0, 1, 2, 1)
    assert told(room).people == 4


def test_what_was_done_without_being_opened_has_no_duration(room: Room) -> None:
    with room.inside():
        does(room, 1)
    assert line(room, HISTORY).took is None
    assert line(room, HISTORY).done == 1
    assert line(room, HISTORY).stopped == 0


def test_two_groups_one_after_the_other_are_counted_together(room: Room, samira: Browser) -> None:
    for _ in range(2):
        with room.inside():
            does(room, 1)
        samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert told(room).people == 2
    assert line(room, HISTORY).done == 2


def test_a_seat_put_back_is_the_same_person(room: Room) -> None:
    with room.inside():
        opens(room, 1, HISTORY)
        attempts.leave(room.world().id, 1, clock.real_now())
        opens(room, 1, HISTORY)
        does(room, 1)
    assert (line(room, HISTORY).people, line(room, HISTORY).done, told(room).people) == (1, 1, 1)


def answers(room: Room, before: str, after: str) -> None:
    with room.inside():
        for moment, levels in ((When.BEFORE, before), (When.AFTER, after)):
            for seat, level in enumerate(levels, 1):
                feelings.say(room.world().bound, seat, moment, int(level))


def test_how_people_felt_is_told_from_three_answers_on(room: Room) -> None:
    answers(room, "12", "45")
    assert told(room).feelings == []
    assert told(room).gain is None
    answers(room, "123", "455")
    assert told(room).feelings[0] == ("Pas du tout à l’aise", 1, 0)
    assert told(room).gain == pytest.approx(2.7)


def test_few_answers_after_are_kept_back_even_when_many_answered_before(room: Room) -> None:
    answers(room, "1233", "5")
    assert sum(after for _, _, after in told(room).feelings) == 0
    assert sum(before for _, before, _ in told(room).feelings) == 4


@pytest.mark.practises("T13")
def test_the_trainer_reads_the_report_and_takes_it_away(room: Room, samira: Browser, marie: Browser) -> None:
    assert samira.go(f"/console/{room.code}").click("Rapport").sees("Rien à raconter pour l’instant")
    marie.go("/exercises/voir-qui-a-consulte")
    marie.go("/historique/")
    marie.go("/exercises/masquer-un-document").submit("Un indice")
    answers(room, "112", "455")
    page = samira.go(f"/console/{room.code}/rapport")
    for words in ("1 sur 1", "1 personne s’est arrêtée là", "1 lu par 1 personne", "monte de"):
        assert page.sees(words), words
    paper = pypdf.PdfReader(io.BytesIO(page.click("Télécharger en PDF").response.data))
    table = samira.go(f"/console/{room.code}/rapport").click("Pour un tableur").response.text
    assert [row[2] for row in csv.reader(io.StringIO(table), delimiter=";") if row and row[0].startswith("6.")] == ["1"]
    with room.inside():
        names = [room.record(seat).family_name for seat in range(1, 5)]
    for told_so in (" ".join(sheet.extract_text() for sheet in paper.pages), table, page.response.text):
        assert not [name for name in names if name in told_so]


def test_nobody_answered_enough_and_the_sheets_say_so(room: Room, samira: Browser) -> None:
    assert "Moins de 3 réponses" in samira.client.get(f"/console/{room.code}/rapport.csv").text
    assert samira.go(f"/console/{room.code}/rapport").sees("Moins de 3 réponses")
    assert samira.client.get(f"/console/{room.code}/rapport.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(("seconds", "words"), [(None, "–"), (0, "0 s"), (59, "59 s"), (61, "1 min"), (3599, "1 h 00"), (3900, "1 h 05")])
def test_durations_are_said_as_people_say_them(seconds: int | None, words: str) -> None:
    took = None if seconds is None else timedelta(seconds=seconds)
    assert " ".join(figures.duration(took).split()) == words
