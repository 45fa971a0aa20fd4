"""Open pages hear of what concerns them, and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from sandbox import live
from sandbox.acts import RecordConsulted, publish
from sandbox.db import db, writing
from sandbox.live_stream import SAME_OWNER, Watcher
from tests.browser import Browser
from tests.room import Room


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


def test_old_events_are_forgotten(room: Room) -> None:
    with room.app.app_context(), writing():
        live.tell("all:1", "world")
        db.session.flush()
        db.session.execute(live.sa.update(live.Event).values(at=live.real_now() - 2 * live.KEPT))
        live.forget_old()
        assert live.latest() == 0
        db.session.rollback()


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
