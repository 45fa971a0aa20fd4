"""What falls due: once, and whatever breaks in it keeps nobody out of the workshop."""

from __future__ import annotations

from datetime import datetime
from threading import Thread

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
