"""What falls due: once, and whatever breaks in it keeps nobody out of the workshop."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event, Thread

import pytest

from sandbox import clock
from sandbox.account.models import Record
from sandbox.workshops import due
from tests.browser import Browser
from tests.room import Room


def falls_due(room: Room) -> None:
    with room.inside():
        room.world().due_at = None


def test_a_duty_that_breaks_undoes_its_own_work_and_the_others_are_done(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []

    def breaks() -> None:
        room.record(1).family_name = "À MOITIÉ"
        raise RuntimeError("a duty that breaks")

    def counts() -> None:
        done.append(clock.now())

    monkeypatch.setattr(due, "_duties", [breaks, counts])
    falls_due(room)
    assert [marie.go("/documents/").status, marie.go("/documents/").status] == [200, 200]
    assert len(done) == 1
    assert "a duty that breaks" in caplog.text
    with room.inside():
        assert isinstance(found := room.record(1), Record)
        assert found.family_name != "À MOITIÉ"
        world = room.world()
        assert world.due_at is not None
        assert clock.now() < world.due_at <= clock.now() + due.AGAIN


def test_of_several_requests_at_once_one_does_what_is_due(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(due, "_duties", [lambda: done.append(1)])
    falls_due(room)
    pages = [Thread(target=room.learner(seat).go, args=("/aide/demandes",)) for seat in (1, 2, 3)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert done == [1]


def test_what_is_expected_while_a_world_is_being_settled_is_not_forgotten(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, expected = Event(), Event()

    def looks() -> None:
        begun.set()
        expected.wait(0.5)  # the other one may have to wait for us

    def writes() -> None:
        with room.inside():
            begun.wait(5)
            due.expect(clock.now() + timedelta(hours=1))
        expected.set()

    monkeypatch.setattr(due, "_duties", [looks])
    falls_due(room)
    other = Thread(target=writes)
    page = Thread(target=room.learner(1).go, args=("/aide/demandes",))
    for one in (page, other):
        one.start()
        begun.wait(5)
    for one in (page, other):
        one.join()
    with room.inside():
        due_at = room.world().due_at
        assert due_at is not None
        assert due_at <= clock.now() + timedelta(hours=1)
