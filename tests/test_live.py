"""Open pages hear of what concerns them, and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from sandbox import live, live_stream
from sandbox.acts import RecordConsulted, publish
from sandbox.db import db, writing
from sandbox.live_stream import LATE, SAME_OWNER, Watcher
from tests.browser import Browser
from tests.cast import Cast
from tests.room import Room

POLL = 5_100  # milliseconds: what static/js/live.js waits, and a little more


def stream(person: Browser, last: str | None = None) -> Iterator[str]:
    headers = {"Last-Event-ID": last} if last else {}
    response = person.client.get("/direct", headers=headers, buffered=False)
    assert response.mimetype == "text/event-stream"
    return (chunk.decode() for chunk in response.response)


def consulted(room: Room, seat: int) -> None:
    with room.inside():
        publish(RecordConsulted(actor=room.user("dr-lemoine"), record=room.record(seat)))


def topic(chunk: str) -> str:
    return str(json.loads(chunk.split("data: ")[1])["topic"])


def test_a_page_hears_of_its_own_record_only(room: Room, marie: Browser) -> None:
    heard = stream(marie)
    assert next(heard).startswith("retry:")
    consulted(room, 2)
    consulted(room, 1)
    assert {topic(next(heard)), topic(next(heard))} == {"notifications", "phone"}
    heard.close()


def test_what_was_missed_is_replayed(room: Room, marie: Browser) -> None:
    with room.app.app_context():
        before = live.latest()
        db.session.remove()
    consulted(room, 1)
    heard = stream(marie, last=str(before))
    next(heard)
    assert topic(next(heard)) in {"notifications", "phone"}
    heard.close()


def test_when_no_stream_is_left_the_page_is_told_to_ask(room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.app.extensions["live"], "most", 0)
    assert marie.client.get("/direct").status_code == 204


def test_a_closed_page_frees_its_place(room: Room, marie: Browser) -> None:
    watcher = room.app.extensions["live"]
    before = len(watcher.listeners)
    heard = stream(marie)
    next(heard)
    assert len(watcher.listeners) == before + 1
    heard.close()
    assert len(watcher.listeners) == before


def test_old_events_are_forgotten_and_numbers_go_on(room: Room) -> None:
    with room.app.app_context(), writing():
        live.tell("all:1", "board")
        live.tell("all:1", "world")
        db.session.flush()
        before = live.latest()
        db.session.execute(sa.update(live.Event).values(at=live.real_now() - 2 * live.KEPT))
        live.forget_old()
        assert live.since(before - 1, ("all:1",)) == [(before, "world")]
        assert live.since(before, ("all:1",)) == []
        db.session.rollback()


def test_a_device_that_slept_asks_everything_again(room: Room, marie: Browser) -> None:
    address = str(marie.go("/").page.body["data-live-url"])
    for _ in range(2):
        consulted(room, 2)
    with room.app.app_context(), writing():
        db.session.execute(sa.update(live.Event).values(at=live.real_now() - 2 * live.KEPT))
        live.forget_old()
        db.session.commit()
        db.session.remove()
    told = asked(marie, address)
    assert told["topics"] == [live.EVERYTHING]
    assert asked(marie, f"/direct?depuis={told['depuis']}")["topics"] == []


def asked(person: Browser, address: str) -> dict[str, Any]:
    """What a page without a stream is told."""
    answer = person.client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json
    return told


def test_a_page_without_a_stream_asks_what_is_new(room: Room, marie: Browser) -> None:
    address = str(marie.go("/").page.body["data-live-url"])
    nothing = asked(marie, address)
    consulted(room, 2)
    consulted(room, 1)
    consulted(room, 1)
    told = asked(marie, f"/direct?depuis={nothing['depuis']}")
    assert nothing["topics"] == []
    assert told["topics"] == sorted(set(told["topics"]))
    assert {"notifications", "phone"} <= set(told["topics"])
    assert asked(marie, f"/direct?depuis={told['depuis']}") == {"depuis": told["depuis"], "topics": []}


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 40, "9" * 18])
def test_a_number_made_up_is_told_nothing(room: Room, marie: Browser, number: str) -> None:
    assert asked(marie, f"/direct?depuis={number}")["topics"] == []


def test_an_event_committed_after_a_younger_one_is_told_too() -> None:
    """PostgreSQL gives numbers before the commit: 7 may be there after 8. Seen in a store of its own, where ids are chosen."""
    engine = sa.create_engine("sqlite://")
    live.Event.__table__.create(engine)
    watcher, heard = Watcher(engine, 1), Queue()
    watcher.late, watcher.listeners[heard] = LATE, frozenset({"all:1"})
    with engine.connect() as connection:
        for number in (8, 7, 9):
            connection.execute(sa.insert(live.Event).values(id=number, audience="all:1", topic="board"))
            connection.commit()
            watcher._tell(connection)
    engine.dispose()
    assert [heard.get_nowait()[0] for _ in range(heard.qsize())] == [8, 7, 9]


def test_a_store_that_went_away_is_listened_to_again(room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver's own errors too: a PostgreSQL that restarts would leave every page without news."""
    looks = []

    class Breaks(Watcher):
        def _tell(self, connection: sa.Connection) -> None:
            looks.append(len(looks))
            if looks == [0]:
                raise self.engine.dialect.loaded_dbapi.OperationalError("server closed the connection unexpectedly")
            super()._tell(connection)

    monkeypatch.setattr(live_stream, "AGAIN", 0.0)
    with room.app.app_context():
        monkeypatch.setitem(room.app.extensions, "live", Breaks(db.engine, 80))
    heard = stream(marie)
    next(heard)
    consulted(room, 1)
    assert topic(next(heard)) in {"notifications", "phone"}
    assert looks[1:]
    heard.close()


def test_what_happened_between_the_page_and_its_stream_is_heard(room: Room, marie: Browser) -> None:
    address = str(marie.go("/").page.body["data-live-url"])
    consulted(room, 1)
    response = marie.client.get(address, buffered=False)
    heard = (chunk.decode() for chunk in response.response)
    next(heard)
    assert topic(next(heard)) in {"notifications", "phone"}
    heard.close()


def test_the_first_page_of_a_room_leaves_the_connections_to_the_others(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty pages come back at once after a restart: whoever waits for the watcher to begin must hold no connection."""
    held = []

    class Begins(Watcher):
        def _newest(self, connection: sa.Connection) -> int:
            held.append(self.engine.pool.checkedout())  # type: ignore[attr-defined]
            return super()._newest(connection)

        def _watch(self) -> None:
            """Nothing: this room is looked at once."""

    with room.app.app_context():
        before = db.engine.pool.checkedout()  # type: ignore[attr-defined]
        monkeypatch.setitem(room.app.extensions, "live", Begins(db.engine, 80))
    heard = stream(marie)
    next(heard)
    assert [number - before for number in held] == [1]  # its own, and not the page's
    heard.close()


def test_pages_left_a_moment_ago_make_room_for_the_present_one(room: Room, marie: Browser) -> None:
    opened = [stream(marie) for _ in range(SAME_OWNER + 1)]
    for heard in opened:
        next(heard)
    assert list(opened[0]) == []
    consulted(room, 1)
    assert topic(next(opened[-1])) in {"notifications", "phone"}
    for heard in opened:
        heard.close()


@pytest.mark.browser
def test_without_any_stream_a_window_still_hears_of_a_deposit(people: Cast, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.app.extensions["live"], "most", 0)
    marie = people.learner(1)
    marie.page.clock.install()
    asked: list[str] = []
    marie.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with marie.page.expect_response("**/direct?depuis=*"):
        marie.go("/")
    before = marie.page.locator(".bell").inner_text()
    with marie.page.expect_response("**/direct?depuis=*"):
        marie.page.clock.run_for(POLL)
    consulted(room, 1)
    asked.clear()
    marie.page.clock.run_for(POLL)
    expect(marie.page.locator(".bell")).not_to_have_text(before)
    assert asked[0] == "/direct"
    assert "/pause/" not in asked  # only what changed is asked again
