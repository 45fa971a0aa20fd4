"""What a trainer plans happens once, at its minute, at each seat where it can, and is written down."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import clock, live
from sandbox.account import life
from sandbox.cli_views import ticked
from sandbox.console import planning, triggers
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.live import Event
from sandbox.messaging.models import Conversation
from sandbox.workshops import planned, resets, spares
from sandbox.workshops.models import Trainer, Workshop
from sandbox.workshops.planned import Happening, Stage, Wish
from tests.browser import Browser, text_of
from tests.console.hours import Hours
from tests.console.test_happenings import seats_with
from tests.room import Room

RESULT = "t-hba1c"


@pytest.fixture
def hours(room: Room, monkeypatch: pytest.MonkeyPatch) -> Hours:
    with room.app.app_context(), writing():
        db.session.execute(sa.delete(Happening))
        db.session.commit()
        db.session.remove()
    return Hours(monkeypatch)


def plans(samira: Browser, room: Room, slug: str = "resultat-hba1c", **fields: Any) -> Browser:
    return samira.go(f"/console/{room.code}/faire-arriver?slug={slug}").submit("Faire arriver", **fields)


def log(room: Room) -> list[Happening]:
    with room.app.app_context():
        found = list(db.session.scalars(sa.select(Happening).order_by(Happening.id)))
        db.session.remove()
        return found


def deposited(room: Room) -> list[int]:
    return seats_with(room, Document, slug=RESULT)


# --- now ----------------------------------------------------------------------------------------------

def test_what_happens_now_is_written_down_with_the_names(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, who="some", seats=["1", "3"])
    assert samira.path == f"/console/{room.code}/evenements"
    assert samira.sees(f"C’est fait, pour {room.card(1).name} et {room.card(3).name}.")
    assert samira.sees("Le laboratoire dépose le résultat du contrôle du diabète")
    assert samira.sees(f"Pour {room.card(1).name} et {room.card(3).name}")
    assert samira.sees("par samira@formation.example")
    assert [(one.stage, one.reached, one.missed) for one in log(room)] == [(Stage.DONE, [1, 3], [])]


def test_whom_a_service_does_not_reach_is_told_with_the_reason(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, "lecteur-de-glycemie", who="some", seats=["2"])
    assert samira.sees(f"Rien n’est arrivé pour {room.card(2).name}")
    assert [(one.stage, one.reached) for one in log(room)] == [(Stage.FAILED, [])]
    assert samira.sees("Pas fait")


def test_what_is_refused_now_happens_to_nobody_and_is_not_written(room: Room, samira: Browser, hours: Hours) -> None:
    shut(room, 2)
    assert plans(samira, room).sees("La place 2 a un espace clos ou refusé")
    assert deposited(room) == []
    assert log(room) == []


def shut(room: Room, seat: int) -> None:
    with room.inside():
        life.close(room.record(seat).owner, room.record(seat), erase=False)


# --- later --------------------------------------------------------------------------------------------

def test_in_ten_minutes_it_happens_at_the_next_page_of_anybody_once(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    hours.set(clock.at(clock.today(), 14, 5))
    plans(samira, room, when="in", minutes="10")
    assert samira.sees("C’est prévu à 14 h 15, pour 4 personnes.")
    assert "Prévu" in text_of(samira.page.select_one(".rows"))
    hours.pass_(9)
    marie.go("/documents/")
    assert deposited(room) == []
    hours.pass_(2)
    assert marie.go("/documents/").sees("Contrôle du diabète (HbA1c)")
    marie.go("/documents/")
    samira.go(f"/console/{room.code}/evenements")
    assert deposited(room) == [1, 2, 3, 4]
    assert [(one.stage, one.reached) for one in log(room)] == [(Stage.DONE, [1, 2, 3, 4])]


def test_the_trainers_open_page_is_enough(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="5")
    samira.go(f"/console/{room.code}")
    moment = int(samira.page.select_one("[data-fragment*=veille] [data-moment]")["data-moment"])
    assert moment / 1000 - hours.now.timestamp() == pytest.approx(301, abs=1)
    hours.pass_(5.02)
    samira.client.get(f"/console/{room.code}/evenements/veille")
    assert deposited(room) == [1, 2, 3, 4]


@pytest.mark.parametrize("page", ["", "/projection", "/reglages", "/horloge", "/deroule"])
def test_every_page_of_the_workshop_knows_when_to_look_again(room: Room, samira: Browser, hours: Hours, page: str) -> None:
    assert not samira.go(f"/console/{room.code}{page}").page.select("[data-fragment*=veille] [data-moment]")
    plans(samira, room, when="in", minutes="5")
    assert samira.go(f"/console/{room.code}{page}").page.select("[data-fragment*=veille] [data-moment]")


def test_the_command_line_does_it_for_a_server_that_sleeps(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="5")
    hours.pass_(6)
    with room.app.app_context(), writing():
        assert room.code in ticked()[0]["workshops"]
        db.session.remove()
    assert deposited(room) == [1, 2, 3, 4]


def test_an_hour_that_is_past_is_tomorrow_s(room: Room, samira: Browser, hours: Hours) -> None:
    hours.set(clock.at(clock.today(), 23, 50))
    assert plans(samira, room, when="at", at="00:10").sees("C’est prévu demain à 0 h 10")
    hours.pass_(19)
    room.learner(1).go("/aide/")
    assert deposited(room) == []
    hours.pass_(2)
    room.learner(1).go("/aide/")
    assert deposited(room) == [1, 2, 3, 4]


@pytest.mark.parametrize(("day", "hour"), [((2026, 10, 25), 1), ((2027, 3, 28), 1)])
def test_two_hours_are_two_hours_on_the_night_when_the_clocks_change(
    room: Room, samira: Browser, hours: Hours, day: tuple[int, int, int], hour: int
) -> None:
    hours.set(clock.at(clock.date(*day), hour, 30))
    plans(samira, room, when="in", minutes="120")
    hours.pass_(119)
    samira.go(f"/console/{room.code}/evenements")
    assert deposited(room) == []
    hours.pass_(1)
    samira.go(f"/console/{room.code}/evenements")
    assert deposited(room) == [1, 2, 3, 4]


def test_the_worlds_clock_moves_nothing_of_it(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    with room.inside():
        room.world().shift_seconds += 42 * 86400
    plans(samira, room, when="in", minutes="10")
    with room.inside():
        room.world().shift_seconds += 86400
    marie.go("/aide/")
    assert deposited(room) == []
    hours.pass_(11)
    marie.go("/aide/")
    assert deposited(room) == [1, 2, 3, 4]


def test_a_refusal_at_one_seat_loses_nothing_for_the_others(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    shut(room, 2)
    hours.pass_(11)
    samira.go(f"/console/{room.code}/evenements")
    assert deposited(room) == [1, 3, 4]
    assert [(one.stage, one.reached, [seat for seat, _ in one.missed]) for one in log(room)] == [(Stage.DONE, [1, 3, 4], [2])]
    assert samira.sees(f"{room.card(2).name} : La place 2 a un espace clos ou refusé")
    assert samira.sees("Fait, sauf à certaines places")


def test_what_breaks_at_one_seat_neither(
    room: Room, samira: Browser, hours: Hours, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = triggers.DEEDS["deposit"]

    def breaks(actor: Any, record: Any, deed: Any) -> None:
        real(actor, record, deed)
        if record.seat == 3:
            raise RuntimeError("a deed that breaks")

    monkeypatch.setitem(triggers.DEEDS, "deposit", breaks)
    plans(samira, room, when="in", minutes="10")
    hours.pass_(11)
    assert samira.go(f"/console/{room.code}/evenements").sees("Quelque chose n’a pas marché à cette place.")
    assert deposited(room) == [1, 2, 4]
    assert "a deed that breaks" in caplog.text


# --- stopped, put back, at the same time --------------------------------------------------------------------

def test_what_is_stopped_does_not_happen(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    samira.submit("Arrêter")
    assert samira.sees("C’est arrêté :")
    hours.pass_(11)
    samira.go(f"/console/{room.code}/evenements")
    room.learner(1).go("/aide/")
    assert deposited(room) == []
    assert [one.stage for one in log(room)] == [Stage.STOPPED]


def test_what_has_happened_cannot_be_stopped(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    colleague = room.trainer().go(f"/console/{room.code}/evenements")
    hours.pass_(11)
    samira.go(f"/console/{room.code}/evenements")
    assert colleague.submit("Arrêter").sees("Ce n’est plus prévu")
    assert [one.stage for one in log(room)] == [Stage.DONE]


def test_a_reset_keeps_what_is_planned_which_happens_in_the_new_records(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    put_back(room)
    room.learner(1).go("/aide/")
    hours.pass_(11)
    room.learner(1).go("/aide/")
    assert deposited(room) == [1, 2, 3, 4]


def put_back(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        spares.fill_one(workshop.id)
        resets.reset_workshop(workshop)
        db.session.commit()
        db.session.remove()


def test_the_records_of_before_come_back_and_what_was_planned_meanwhile_reaches_them(room: Room, samira: Browser, hours: Hours) -> None:
    room.learner(1).go("/aide/")
    put_back(room)
    plans(samira, room, when="in", minutes="10")
    samira.go(f"/console/{room.code}").submit("Annuler cette remise à zéro")
    room.learner(1).go("/aide/")
    hours.pass_(11)
    room.learner(1).go("/aide/")
    assert deposited(room) == [1, 2, 3, 4]


def test_a_page_of_the_former_records_does_not_use_it_up(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    with room.app.app_context():
        former = room.world().bound
        db.session.remove()
    put_back(room)
    hours.pass_(11)
    with room.app.app_context(), writing():
        with planning.tenancy.world(former):
            planning.due.look(former.world_id, anyway=True)
            db.session.commit()
        db.session.remove()
    assert [one.stage for one in log(room)] == [Stage.PLANNED]
    samira.go(f"/console/{room.code}/evenements")
    assert deposited(room) == [1, 2, 3, 4]


def test_of_everybody_who_looks_at_once_one_does_it(room: Room, samira: Browser, hours: Hours) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        trainer = db.session.scalars(sa.select(Trainer)).first()
        assert trainer
        wish = Wish("Un résultat", triggers.named(workshop, "message-infirmiere"), [1, 2])
        planning.plan(trainer, workshop, wish, planned.later(10))
        db.session.commit()
        db.session.remove()
    hours.pass_(11)
    at_once = [*(room.learner(seat).go for seat in (1, 2, 3)), room.trainer().go, room.trainer().go]
    pages = ["/aide/"] * 3 + [f"/console/{room.code}/evenements"] * 2
    threads = [Thread(target=go, args=(page,)) for go, page in zip(at_once, pages, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seats_with(room, Conversation, slug="t-passage-infirmiere") == [1, 2]
    assert [(one.stage, one.reached) for one in log(room)] == [(Stage.DONE, [1, 2])]


def test_open_pages_hear_of_it(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10", who="some", seats=["1"])
    hours.pass_(11)
    with room.app.app_context():
        before = live.latest()
        db.session.remove()
    samira.go(f"/console/{room.code}/evenements")
    with room.app.app_context():
        told = {(e.audience.partition(":")[0], e.topic) for e in db.session.scalars(sa.select(Event).where(Event.id > before))}
        db.session.remove()
    assert {("seat", "notifications"), ("seat", "documents"), ("room", "happenings")} <= told


# --- odd answers --------------------------------------------------------------------------------------------

ODD = [
    ("in", {"minutes": "0"}), ("in", {"minutes": "-5"}), ("in", {"minutes": "1000000000"}), ("in", {"minutes": "9" * 40}), ("in", {"minutes": "dix"}),
    ("in", {"minutes": "²"}), ("in", {"minutes": ""}), ("at", {"at": ""}), ("at", {"at": "25:00"}), ("at", {"at": "9999-12-31T23:59"}), ("at", {"at": "midi"}),
    ("jamais", {}),
]


@pytest.mark.parametrize(("when", "fields"), ODD)
def test_an_odd_moment_is_refused_beside_its_field(room: Room, samira: Browser, hours: Hours, when: str, fields: dict[str, str]) -> None:
    plans(samira, room, when=when, **fields)
    assert samira.status == 422
    assert log(room) == []


def test_a_closed_workshop_tells_what_happened_and_plans_nothing(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    with room.app.app_context(), writing():
        db.session.get_one(Workshop, room.workshop_id).closed_at = clock.real_now()
        db.session.commit()
        db.session.remove()
    hours.pass_(11)
    samira.go(f"/console/{room.code}/evenements")
    assert samira.sees("Ce qui était encore prévu n’arrivera pas")
    assert not samira.page.select("main button")
    assert [one.stage for one in log(room)] == [Stage.PLANNED]


def test_nothing_is_stopped_in_a_colleagues_workshop(room: Room, samira: Browser, hours: Hours) -> None:
    plans(samira, room, when="in", minutes="10")
    ref = log(room)[0].ref
    with room.app.app_context(), writing():
        other = Workshop(code="ZZZZZZ", name="Autre", held_on=clock.today(), pack="decouverte", seed="x", seats=1)
        db.session.add(other)
        db.session.flush()
        with pytest.raises(Refused):
            planned.stop(other, ref)
        db.session.rollback()
        db.session.remove()
    assert [one.stage for one in log(room)] == [Stage.PLANNED]
