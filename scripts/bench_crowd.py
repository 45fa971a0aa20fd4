"""Three hundred learners of ten workshops on one machine: each page asks every five seconds what is new, and people click.

No live stream is open: that is the worst case, when every browser falls back to asking, then fetches the live parts whose topic
changed. In each room the trainer speaks to everybody now and then. `python scripts/bench_crowd.py [SECONDS]`.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

import bench_server  # noqa: E402
import sqlalchemy as sa  # noqa: E402

from sandbox import audience, clock, create_app  # noqa: E402
from sandbox.account import place  # noqa: E402
from sandbox.audience import Audience  # noqa: E402
from sandbox.classroom import words  # noqa: E402
from sandbox.db import db, writing  # noqa: E402
from sandbox.workshops import service  # noqa: E402
from sandbox.workshops.models import Workshop  # noqa: E402

ROOMS, SEATS = 10, 30
POLLS_EVERY, CLICKS_EVERY = 5.0, 20.0  # seconds: what static/js/live.js does; how long people look at a page, on average
WORDS_EVERY = 20.0  # seconds between two words of a trainer to the whole room
PAGES = ("/", "/documents/", "/messages/", "/agenda/", "/ordonnances/", "/profil/", "/exercises/", "/notifications/", "/catalogue/", "/historique/")
LIVE = re.compile(r'data-fragment="([^"]+)" data-topics="([^"]+)"')
ADDRESS = re.compile(r'data-live-url="([^"?]+)[^"]*depuis=(\d+)')
STATUS, LENGTH, ETAG = (re.compile(one, re.IGNORECASE) for one in (rb"HTTP/1.1 (\d+)", rb"content-length: (\d+)", rb"etag: (\S+)"))
Figures = dict[str, dict[str, float]]


@dataclass
class Told:
    """What the crowd met."""

    pages: list[float] = field(default_factory=list)  # milliseconds
    polls: list[float] = field(default_factory=list)
    parts: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Learner:
    """A browser on a page: one connection kept open, the live parts of that page, their topics and their ETags."""

    def __init__(self, port: int, cookie: str, told: Told) -> None:
        self.port, self.cookie, self.told = port, cookie, told
        self.parts: dict[str, tuple[set[str], bytes]] = {}
        self.address, self.since = "", ""
        self.turn = asyncio.Lock()  # requests of one connection follow one another

    async def live(self, until: float) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        await asyncio.gather(self.clicks(until), self.polls(until))
        self.writer.close()

    async def clicks(self, until: float) -> None:
        await asyncio.sleep(random.uniform(0, CLICKS_EVERY))
        while time.monotonic() < until:
            body, _ = await self.ask(random.choice(PAGES), b"", self.told.pages)
            page = body.decode()
            self.parts = {html.unescape(part): (set(topics.split()), b"") for part, topics in LIVE.findall(page)}
            self.address, self.since = ADDRESS.findall(page)[0]
            await asyncio.sleep(random.uniform(0, 2 * CLICKS_EVERY))

    async def polls(self, until: float) -> None:
        await asyncio.sleep(random.uniform(0, POLLS_EVERY))
        while time.monotonic() < until:
            if self.address:
                await self.asks_what_is_new()
            await asyncio.sleep(POLLS_EVERY)

    async def asks_what_is_new(self) -> None:
        body, _ = await self.ask(f"{self.address}?depuis={self.since}", b"", self.told.polls, kind="application/json")
        news = json.loads(body)
        self.since = news["depuis"]
        for path, (topics, tag) in list(self.parts.items()):
            if topics & set(news["topics"]):
                _, found = await self.ask(path, tag, self.told.parts)
                self.parts[path] = topics, found

    async def ask(self, path: str, tag: bytes, spent: list[float], kind: str = "text/html") -> tuple[bytes, bytes]:
        """The body and its ETag; milliseconds go to `spent`, anything unexpected to the errors."""
        known = b"If-None-Match: " + tag + b"\r\n" if tag else b""
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: {kind}\r\nCookie: {self.cookie}\r\n".encode()
        async with self.turn:
            begun = time.perf_counter()
            self.writer.write(asked + known + b"\r\n")
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await self.reader.readexactly(int(length[1])) if length else b""
            spent.append((time.perf_counter() - begun) * 1000)
        status, found = STATUS.match(head), ETAG.search(head)
        if not status or int(status[1]) not in ({200, 304} if tag else {200}):
            self.told.wrong.append(f"{path} : {head[:20]!r}")
        return body, found[1] if found else b""


class Trainers:
    """Those of all rooms, from a process of their own: each speaks to its whole room now and then."""

    def __init__(self, folder: str, codes: list[str]) -> None:
        self.app, self.codes = create_app(data=folder, secret_key="bench"), codes

    def cookies(self) -> list[str]:
        """One signed session for each seat of these workshops."""
        with self.app.test_request_context():
            return [
                audience.cookie(Audience.LEARNER, {"workshop": room.id, "world": room.world_id, place.HAND: card.ref,
                                                   "_user_id": card.ref, "entered_at": clock.real_now().timestamp()})
                for room in self.rooms() for card in service.credentials(room) if card.seat
            ]

    def rooms(self) -> list[Workshop]:
        return list(db.session.scalars(sa.select(Workshop).where(Workshop.code.in_(self.codes))))

    async def speak(self, until: float) -> None:
        while time.monotonic() < until:
            for at in range(len(self.codes)):
                await asyncio.sleep(WORDS_EVERY / len(self.codes))
                await asyncio.to_thread(self.say, at)

    def say(self, at: int) -> None:
        with self.app.app_context(), writing():
            room = self.rooms()[at]
            words.send(room, range(1, room.seats + 1), words.Said("Regardez l’écran, puis essayez à votre tour."))
            db.session.commit()


def crowd(seconds: float) -> Told:
    told = Told()
    with tempfile.TemporaryDirectory() as folder:
        port, order = bench_server.free_port(), ("workshop", "create", "--pack", "decouverte", "--seats", str(SEATS), "--hours", "4")
        with bench_server.server(folder, port):
            bench_server.wait_for(port, time.perf_counter())  # the tables are there
            trainers = Trainers(folder, [bench_server.command(folder, *order)["code"] for _ in range(ROOMS)])
            asyncio.run(everybody(port, trainers, told, seconds))
    return told


async def everybody(port: int, trainers: Trainers, told: Told, seconds: float) -> None:
    until = time.monotonic() + seconds
    learners = [Learner(port, one, told) for one in trainers.cookies()]
    await asyncio.gather(trainers.speak(until), *(one.live(until) for one in learners))


def figures(figure: Callable[[list[float]], dict[str, float]], seconds: float) -> Figures:
    told = crowd(seconds)
    return {
        "crowd_page_p95_ms": figure([at_95(told.pages)]), "crowd_poll_p95_ms": figure([at_95(told.polls)]),
        "crowd_errors": figure([len(told.wrong)]),
    }


def at_95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        met = crowd(float(sys.argv[1]) if sys.argv[1:] else 60)
        for name, values in (("pages", met.pages), ("questions", met.polls), ("parties vivantes", met.parts)):
            print(f"{name} : {len(values)}, médiane {statistics.median(values):.0f} ms, 95 % sous {at_95(values):.0f} ms")
        print(f"erreurs : {len(met.wrong)}", *sorted(set(met.wrong))[:5], sep="\n  ")
