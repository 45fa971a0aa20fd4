"""The live stream: one server-sent stream a browser; a thread a process asks the store what is new."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Queue

import sqlalchemy as sa
from flask import Flask, Response, current_app, jsonify, request
from sqlalchemy.engine import Engine

from sandbox import live
from sandbox.db import db, is_sqlite

LOOK_EVERY = 0.1  # seconds between two looks at PRAGMA data_version: 4 % of one core for 300 pages
AGAIN = 1.0  # seconds until a store that went away is looked for
HEARTBEAT = 4.0  # seconds between two comments on a silent stream: how long a page that left is not noticed
LATE = 100  # PostgreSQL numbers events before their commit: one may be told after a hundred younger ones, never more
SAME_OWNER = 4  # streams one person may hold: pages left a moment ago make room for the present one
END = (0, "")
LIKE_A_NUMBER = re.compile("[0-9]{1,18}")


class Watcher:
    """Knows of every commit of every process, and tells the streams of this one."""

    def __init__(self, engine: Engine, most: int) -> None:
        self.engine, self.most = engine, most
        self.listeners: dict[Queue[tuple[int, str]], frozenset[str]] = {}
        self.guard = threading.Lock()
        self.thread: threading.Thread | None = None
        self.late = LATE if engine.dialect.name == "postgresql" else 0
        self.last = 0  # the newest event told, kept when the store goes away for a moment
        self.known: set[int] = set()  # those told, as far back as one may be late

    def listen(self, audiences: frozenset[str]) -> Queue[tuple[int, str]] | None:
        """A queue of (number, topic) for these audiences; None when no stream is left: the page will poll."""
        with self.guard:
            self._make_room(audiences)
            if len(self.listeners) >= self.most:
                return None
            if self.thread is None:
                self._start()
            queue: Queue[tuple[int, str]] = Queue()
            self.listeners[queue] = audiences
            return queue

    def _start(self) -> None:
        with self.engine.connect() as connection:  # before it starts: what happens meanwhile must be told
            self.last = self._newest(connection)
        self.known = set(range(self.last - self.late, self.last + 1))
        self.thread = threading.Thread(target=self._watch, name="live", daemon=True)
        self.thread.start()

    def _make_room(self, audiences: frozenset[str]) -> None:
        """The oldest streams of the same person end; a page still open there comes back by itself."""
        mine = [queue for queue, heard in self.listeners.items() if heard == audiences]
        for queue in mine[: max(0, len(mine) - SAME_OWNER + 1)]:
            del self.listeners[queue]
            queue.put(END)

    def hears(self, audience: str) -> bool:
        """Whether a page listens for it, in this process."""
        with self.guard:
            return any(audience in heard for heard in self.listeners.values())

    def leave(self, queue: Queue[tuple[int, str]]) -> None:
        with self.guard:
            self.listeners.pop(queue, None)

    def _watch(self) -> None:
        broken = sa.exc.SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error  # whoever listens speaks to the driver itself
        while True:
            with suppress(*broken), self.engine.connect() as connection:
                watch = self._watch_sqlite if is_sqlite(connection) else self._watch_postgresql
                try:
                    watch(connection)
                except broken:
                    connection.invalidate()  # else the pool would try to put a dead connection in order, and complain
            time.sleep(AGAIN)  # the store went away: look for it again

    def _watch_sqlite(self, connection: sa.Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101
        seen = None
        while True:
            now = driver.execute("PRAGMA data_version").fetchone()[0]
            if now != seen:
                seen = now
                self._tell(connection)
            time.sleep(LOOK_EVERY)

    def _watch_postgresql(self, connection: sa.Connection) -> None:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"LISTEN {live.CHANNEL}")
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101
        self._tell(connection)  # what came while nobody listened
        while True:
            if list(driver.notifies(timeout=LOOK_EVERY, stop_after=1)):
                self._tell(connection)

    def _newest(self, connection: sa.Connection) -> int:
        number = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(live.Event.id), 0))) or 0
        connection.rollback()
        return number

    def _tell(self, connection: sa.Connection) -> None:
        query = sa.select(live.Event.id, live.Event.audience, live.Event.topic).where(live.Event.id > self.last - self.late)
        found = connection.execute(query.order_by(live.Event.id)).all()
        connection.rollback()
        news = [event for event in found if event.id not in self.known]
        self.known = {event.id for event in found}
        self.last = max(self.last, *self.known) if self.known else self.last
        with self.guard:
            for queue, audiences in self.listeners.items():
                for number, audience, topic in news:
                    if audience in audiences:
                        queue.put((number, topic))


def init_app(app: Flask) -> None:
    with app.app_context():
        app.extensions["live"] = Watcher(db.engine, app.config["SETTINGS"].streams)


def answer(audiences: tuple[str, ...]) -> Response:
    """What concerns these audiences since the last event that the page has heard of: a stream, or 204 when none is left; then
    the page asks now and then what is new, as JSON.

    The browser says which it heard last when it comes back; the page's address, which it was made after.
    """
    if request.accept_mimetypes.best == "application/json":
        return _news(audiences)
    watcher: Watcher = current_app.extensions["live"]
    db.session.remove()  # whoever waits for the watcher holds no connection: it needs one to begin
    queue = watcher.listen(frozenset(audiences))
    if queue is None:
        return Response(status=204)
    number = _heard_last()
    missed = live.since(number, audiences)
    db.session.remove()  # a stream holds no database session
    response = Response(_stream(watcher, queue, number, missed), mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _news(audiences: tuple[str, ...]) -> Response:
    """The topics that changed, each once, and the number to ask from next time."""
    newest, told = live.latest(), live.since(_heard_last(), audiences)
    response = jsonify(depuis=max(newest, *(number for number, _ in told), 0), topics=sorted({topic for _, topic in told}))
    response.headers["Cache-Control"] = "no-store"
    return response


def _heard_last() -> int:
    said = request.headers.get("Last-Event-ID") or request.args.get("depuis") or ""
    return int(said) if LIKE_A_NUMBER.fullmatch(said) else live.latest()


def _stream(
    watcher: Watcher, queue: Queue[tuple[int, str]], last: int, missed: list[tuple[int, str]]
) -> Iterator[str]:
    told = {number for number, _ in missed}
    try:
        yield f"retry: 2000\nid: {last}\n: bonjour\n\n"
        for number, topic in missed:
            yield _line(number, topic)
        while True:
            try:
                number, topic = queue.get(timeout=HEARTBEAT)
            except Empty:
                yield ": encore là\n\n"
                continue
            if not topic:
                return
            if number > last - watcher.late and number not in told:
                yield _line(number, topic)
    finally:
        watcher.leave(queue)


def _line(number: int, topic: str) -> str:
    return f"id: {number}\ndata: {json.dumps({'topic': topic})}\n\n"
