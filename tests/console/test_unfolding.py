"""The pack's timeline: each moment comes at its minute, once, in the present records; pauses keep what was left to wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from sandbox import clock
from sandbox.console import planning, triggers, unfolding
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.workshops import packs, planned, resets, spares, worlds
from sandbox.workshops.models import Snapshot, Trainer, Workshop
from sandbox.workshops.planned import Happening, Stage, Unfolding, Wish
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.console.hours import Hours
from tests.console.test_happenings import seats_with
from tests.console.test_planning import deposited, log, put_back, shut
from tests.room import Room
from tests.trying import tried


@pytest.fixture
def hours(room: Room, monkeypatch: pytest.MonkeyPatch) -> Hours:
    forget(room)
    hours = Hours(monkeypatch)
    hours.set(clock.at(clock.today(), 14))
    room.renew()
    return hours


def forget(room: Room) -> None:
    with room.app.app_context(), writing():
        db.session.execute(sa.delete(Happening))
        db.session.execute(sa.delete(Unfolding))
        db.session.commit()
        db.session.remove()


def page(samira: Browser, room: Room) -> Browser:
    return samira.go(f"/console/{room.code}/deroule")


def stages(room: Room) -> list[Stage]:
    return [one.stage for one in log(room)]


def lines(samira: Browser) -> list[str]:
    return [text_of(row) for row in samira.page.select("ul.rows > li")]


# --- as it goes ---------------------------------------------------------------------------------------------

def test_the_story_s_moments_are_read_before_they_are_started(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room)
    told = packs.load("decouverte").moments
    assert len(lines(samira)) == len(told) >= 8
    assert max(moment["after"] for moment in told) < 90
    assert "5 minutes après le début · toutes les places" in lines(samira)[0]
    assert "Les cloches montent." in lines(samira)[0]
    assert log(room) == []


@pytest.mark.practises("T08")
def test_samira_makes_things_happen_now_later_by_herself_and_by_the_timeline(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    samira.go(f"/console/{room.code}/improviser").submit(
        "Faire arriver", professional="dr-haddad", act="deposit", title="Note du cardiologue", text="Tout va bien.", who="some", seats=["1", "2"],
    )
    assert seats_with(room, Document, title="Note du cardiologue") == [1, 2]
    samira.go(f"/console/{room.code}/improviser").submit(
        "Faire arriver", professional="dr-lemoine", act="message", title="À demain", text="Venez à jeun.", when="at", at="14:03", who="some", seats=["1"],
    )
    assert samira.sees("C’est prévu à 14 h 03")
    page(samira, room).submit("Lancer le déroulé")
    assert samira.sees("Le prochain moment arrive à 14 h 05")
    hours.pass_(3.1)
    assert marie.go("/messages/").sees("À demain")
    assert deposited(room) == []
    hours.pass_(2)
    assert marie.go("/documents/").sees("Contrôle du diabète (HbA1c)")
    assert deposited(room) == [1, 2, 3, 4]
    hours.pass_(80)
    marie.go("/")
    assert set(stages(room)) == {Stage.DONE}
    assert samira.go(f"/console/{room.code}/evenements").sees("par le déroulé")
    assert page(samira, room).sees("Le déroulé est terminé")


def test_a_pause_keeps_what_was_left_to_wait(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    hours.pass_(2)
    page(samira, room).submit("Mettre en pause")
    assert "3 minutes après la reprise" in lines(samira)[0]
    hours.pass_(60)
    room.learner(1).go("/")
    assert deposited(room) == []
    page(samira, room).submit("Reprendre")
    assert "à 15 h 05" in lines(samira)[0]
    hours.pass_(2.9)
    room.learner(1).go("/")
    assert deposited(room) == []
    hours.pass_(0.2)
    room.learner(1).go("/")
    assert deposited(room) == [1, 2, 3, 4]


def test_a_moment_is_made_to_come_at_once_and_another_left_out(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    samira.submit("Maintenant")
    assert deposited(room) == [1, 2, 3, 4]
    samira.submit("Passer")
    assert samira.sees("Ce moment est passé : il n’arrivera pas.")
    assert stages(room)[:3] == [Stage.DONE, Stage.STOPPED, Stage.PLANNED]
    assert "N’arrivera pas" in lines(samira)[1]
    hours.pass_(30)
    page(samira, room)
    assert seats_with(room, Document, slug="t-lettre-ophtalmo") == []
    assert len(deposited(room)) == 4


def test_even_in_a_pause_a_moment_may_come_at_once(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    samira.submit("Mettre en pause")
    samira.submit("Maintenant")
    assert deposited(room) == [1, 2, 3, 4]
    assert stages(room)[1] is Stage.PAUSED
    assert page(samira, room).sees("Le déroulé est en pause")


def test_stopped_it_brings_nothing_more_and_may_begin_again(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    hours.pass_(6)
    page(samira, room).submit("Oui, arrêter le déroulé")
    assert samira.sees("Le déroulé est arrêté")
    hours.pass_(100)
    page(samira, room)
    assert stages(room) == [Stage.DONE] + [Stage.STOPPED] * 8
    put_back(room)
    page(samira, room).submit("Relancer depuis le début")
    hours.pass_(6)
    page(samira, room)
    assert deposited(room) == [1, 2, 3, 4]


def test_across_midnight_and_the_night_of_the_clocks_each_comes_so_many_minutes_after_the_start(
    room: Room, samira: Browser, hours: Hours
) -> None:
    for night, at in ((date(2026, 12, 3), 23), (date(2026, 10, 25), 2), (date(2027, 3, 28), 1)):
        forget(room)
        hours.set(clock.at(night, at, 40))
        room.renew()
        page(samira, room).submit("Lancer le déroulé")
        begun = log(room)[0].wanted_at.timestamp() - 300
        assert begun == pytest.approx(hours.now.timestamp(), abs=1)
        assert [round((one.wanted_at.timestamp() - begun) / 60) for one in log(room)] == [m["after"] for m in packs.load("decouverte").moments]
        hours.pass_(10)
        page(samira, room).submit("Mettre en pause")
        hours.pass_(60)
        page(samira, room).submit("Reprendre")
        assert [round((one.wanted_at.timestamp() - begun) / 60) for one in log(room)[1:3]] == [75, 85]


def test_a_shut_record_is_named_and_the_others_have_it(room: Room, samira: Browser, hours: Hours) -> None:
    shut(room, 3)
    page(samira, room).submit("Lancer le déroulé")
    hours.pass_(6)
    page(samira, room)
    assert deposited(room) == [1, 2, 4]
    assert f"{room.card(3).name} : La place 3 a un espace clos" in lines(samira)[0]


def test_a_reset_in_the_middle_changes_nothing_of_the_hours(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    hours.pass_(6)
    page(samira, room)
    put_back(room)
    assert deposited(room) == []
    hours.pass_(10)
    page(samira, room)
    assert deposited(room) == []
    assert seats_with(room, Document, slug="t-lettre-ophtalmo") == [1, 2, 3, 4]


# --- several at once --------------------------------------------------------------------------------------------

def test_two_trainers_start_it_at_once_and_it_is_started_once(room: Room, samira: Browser, hours: Hours) -> None:
    trainers = [samira, room.trainer(), room.trainer()]
    for trainer in trainers:
        page(trainer, room)
    threads = [Thread(target=trainer.submit, args=("Lancer le déroulé",)) for trainer in trainers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(log(room)) == len(packs.load("decouverte").moments)
    assert sorted(trainer.sees("Le déroulé est déjà lancé : le voici.") for trainer in trainers) == [False, True, True]


def test_a_late_press_on_a_page_of_before_is_kindly_refused(room: Room, samira: Browser, hours: Hours) -> None:
    page(samira, room).submit("Lancer le déroulé")
    colleague = page(room.trainer(), room)
    page(samira, room).submit("Oui, arrêter le déroulé")
    for label in ("Mettre en pause", "Maintenant"):
        page_of_before = colleague.page
        assert colleague.submit(label).sees("Le déroulé n’est plus en cours.") or colleague.sees("Ce n’est plus prévu")
        colleague.page, colleague.path = page_of_before, f"/console/{room.code}/deroule"
    assert deposited(room) == []


def test_a_story_without_moments_says_so(room: Room, samira: Browser, hours: Hours) -> None:
    with room.app.app_context(), writing():
        start = db.session.get_one(Snapshot, db.session.get_one(Workshop, room.workshop_id).start_id)
        before = start.head
        start.head = worlds.pack({key: value for key, value in worlds.unpack(before).items() if key != "timeline"})
        db.session.commit()
        db.session.remove()
    try:
        assert page(samira, room).sees("Cette histoire n’a pas de déroulé")
        token = samira.page.find("input", attrs={"name": "csrf_token"})
        assert token is None or samira.client.post(
            f"/console/{room.code}/deroule/lancer", data={"csrf_token": token["value"]}
        ).status_code == 302
        assert log(room) == []
    finally:
        with room.app.app_context(), writing():
            db.session.get_one(Snapshot, db.session.get_one(Workshop, room.workshop_id).start_id).head = before
            db.session.commit()
            db.session.remove()


# --- whatever the order -------------------------------------------------------------------------------------------

DEED = {"act": "consult", "professional": "dr-lemoine"}
STEPS = st.one_of(
    *(st.tuples(st.just("wait"), st.integers(1, 40)) for _ in range(3)),
    *(st.tuples(st.just(verb), st.integers(0, 20)) for verb in ("start", "pause", "resume", "plan", "skip", "fire")),
    *(st.tuples(st.just(verb), st.just(0)) for verb in ("stop", "reset", "undo")),
)


class Run:
    """A workshop that things are planned in; what was stopped, and when each thing ran."""

    def __init__(self, room: Room, hours: Hours, ran: list[str]) -> None:
        self.room, self.hours, self.ran = room, hours, ran
        self.stopped: set[str] = set()

    @property
    def workshop(self) -> Workshop:
        return db.session.get_one(Workshop, self.room.workshop_id, populate_existing=True)

    def one(self, number: int) -> Happening | None:
        found = db.session.scalars(sa.select(Happening).order_by(Happening.id)).all()
        return found[number % len(found)] if found else None

    def play(self, verb: str, number: int) -> None:
        trainer = db.session.scalars(sa.select(Trainer)).first()
        assert trainer
        verbs: dict[str, Callable[[], object]] = {
            "wait": lambda: self.hours.pass_(number), "start": lambda: unfolding.start(trainer, self.workshop),
            "pause": lambda: unfolding.pause(self.workshop), "resume": lambda: unfolding.resume(self.workshop),
            "stop": lambda: unfolding.stop(self.workshop), "reset": self.reset, "undo": lambda: resets.undo(self.workshop),
            "plan": lambda: planning.plan(trainer, self.workshop, Wish("Une visite", DEED, [1]), planned.later(number)),
            "skip": lambda: self.skip(number), "fire": lambda: self.fire(number),
        }
        try:
            verbs[verb]()
            db.session.commit()
        except Refused:
            db.session.rollback()
        planning.settle(self.room.code)
        self.stopped |= {one.ref for one in db.session.scalars(sa.select(Happening).where(Happening.stage == Stage.STOPPED))}

    def reset(self) -> None:
        if not spares.ready(self.workshop):
            spares.fill_one(self.workshop.id)
        resets.reset_workshop(self.workshop)

    def skip(self, number: int) -> None:
        if one := self.one(number):
            planned.stop(self.workshop, one.ref)

    def fire(self, number: int) -> None:
        if one := self.one(number):
            planning.hasten(self.workshop, one.ref)


@tried(25)
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_in_whatever_order_each_thing_happens_at_most_once_and_never_when_stopped(
    room: Room, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int]]
) -> None:
    ran: list[str] = []
    real = planning._do

    def noted(happening: Happening) -> None:
        ran.append(happening.ref)
        assert happening.wanted_at <= clock.real_now()
        real(happening)

    with monkeypatch.context() as patch:
        patch.setattr(planning, "_do", noted)
        patch.setattr(triggers, "DEEDS", dict.fromkeys(triggers.DEEDS, lambda actor, record, deed: None))
        forget(room)
        hours = Hours(patch)
        hours.set(clock.at(clock.today(), 14))
        room.renew()
        with room.app.app_context(), writing():
            run = Run(room, hours, ran)
            for verb, number in steps:
                run.play(verb, number)
            for verb, number in (("resume", 0), ("wait", 200), ("wait", 1)):
                run.play(verb, number)
            left = {one.ref: one.stage for one in db.session.scalars(sa.select(Happening))}
            db.session.remove()
    assert len(ran) == len(set(ran))
    assert not set(ran) & run.stopped
    assert set(left.values()) <= {Stage.DONE, Stage.STOPPED}
    assert {ref for ref, stage in left.items() if stage is Stage.DONE} == set(ran)


# --- at real windows ---------------------------------------------------------------------------------------------

@pytest.mark.browser
def test_what_was_planned_reaches_a_page_that_nobody_touches(people: Cast, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    marie, samira = people.learner(1, phone=True), people.trainer()
    forget(room)
    samira.go(f"/console/{room.code}/deroule").press("Lancer le déroulé").sees("Le déroulé est lancé")
    marie.go("/documents/")
    before = marie.page.locator("a.bell").inner_text()
    with room.app.app_context(), writing():
        one = db.session.scalars(sa.select(Happening).order_by(Happening.wanted_at)).first()
        assert one
        one.wanted_at = clock.later(clock.real_now(), timedelta(seconds=1))
        db.session.commit()
        db.session.remove()
    samira.go(f"/console/{room.code}/deroule")
    expect(marie.page.locator("a.bell")).not_to_have_text(before, use_inner_text=True, timeout=8_000)
    assert deposited(room) == [1, 2, 3, 4]
    samira.sees("Fait").look()
    samira.page.set_viewport_size({"width": 320, "height": 640})
    for there in ("deroule", "evenements", "horloge", "faire-arriver"):
        samira.go(f"/console/{room.code}/{there}")
    forget(room)
