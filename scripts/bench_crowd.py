"""Three hundred learners of ten workshops on one machine: each page asks its live parts again every five seconds, and people click.

No live stream is open: that is the worst case, when every browser falls back to asking. `python scripts/bench_crowd.py [SECONDS]`.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
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
from sandbox.db import db  # noqa: E402
from sandbox.workshops import service  # noqa: E402
from sandbox.workshops.models import Workshop  # noqa: E402

ROOMS, SEATS = 10, 30
POLLS_EVERY, CLICKS_EVERY = 5.0, 20.0  # seconds: what static/js/live.js does; how long people look at a page, on average
PAGES = ("/", "/documents/", "/messages/", "/agenda/", "/ordonnances/", "/profil/", "/exercises/", "/notifications/", "/catalogue/", "/historique/")
LIVE = re.compile(r'data-fragment="([^"]+)"')
STATUS, LENGTH, ETAG = (re.compile(one, re.IGNORECASE) for one in (rb"HTTP/1.1 (\d+)", rb"content-length: (\d+)", rb"etag: (\S+)"))
Figures = dict[str, dict[str, float]]


@dataclass
class Told:
    """What the crowd met."""

    pages: list[float] = field(default_factory=list)  # milliseconds
    polls: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Learner:
    """A browser on a page: one connection kept open, the live parts of that page and their ETags."""

    def __init__(self, port: int, cookie: str, told: Told) -> None:
        self.port, self.cookie, self.told = port, cookie, told
        self.parts: dict[str, bytes] = {}
        self.turn = asyncio.Lock()  # requests of one connection follow one another

    async def live(self, until: float) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        await asyncio.gather(self.clicks(until), self.polls(until))
        self.writer.close()

    async def clicks(self, until: float) -> None:
        await asyncio.sleep(random.uniform(0, CLICKS_EVERY))
        while time.monotonic() < until:
            path = random.choice(PAGES)
            body, _ = await self.ask(path, b"", self.told.pages)
            self.parts = {html.unescape(found): b"" for found in LIVE.findall(body.decode())}
            await asyncio.sleep(random.uniform(0, 2 * CLICKS_EVERY))

    async def polls(self, until: float) -> None:
        await asyncio.sleep(random.uniform(0, POLLS_EVERY))
        while time.monotonic() < until:
            for path, tag in list(self.parts.items()):
                _, self.parts[path] = await self.ask(path, tag, self.told.polls)
            await asyncio.sleep(POLLS_EVERY)

    async def ask(self, path: str, tag: bytes, spent: list[float]) -> tuple[bytes, bytes]:
        """The body and its ETag; milliseconds go to `spent`, anything unexpected to the errors."""
        known = b"If-None-Match: " + tag + b"\r\n" if tag else b""
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: text/html\r\nCookie: {self.cookie}\r\n".encode()
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


def cookies(folder: str, codes: list[str]) -> list[str]:
    """One signed session for each seat of these workshops."""
    app = create_app(data=folder, secret_key="bench")
    with app.test_request_context():
        rooms = db.session.scalars(sa.select(Workshop).where(Workshop.code.in_(codes))).all()
        return [
            audience.cookie(Audience.LEARNER, {"workshop": room.id, "world": room.world_id, place.HAND: card.ref,
                                               "_user_id": card.ref, "entered_at": clock.real_now().timestamp()})
            for room in rooms for card in service.credentials(room) if card.seat
        ]


def crowd(seconds: float) -> Told:
    told = Told()
    with tempfile.TemporaryDirectory() as folder:
        port, words = bench_server.free_port(), ("workshop", "create", "--pack", "decouverte", "--seats", str(SEATS), "--hours", "4")
        with bench_server.server(folder, port):
            bench_server.wait_for(port, time.perf_counter())  # the tables are there
            held = cookies(folder, [bench_server.command(folder, *words)["code"] for _ in range(ROOMS)])
            asyncio.run(everybody(port, held, told, seconds))
    return told


async def everybody(port: int, held: list[str], told: Told, seconds: float) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(Learner(port, one, told).live(until) for one in held))


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
        for name, values in (("pages", met.pages), ("parties vivantes", met.polls)):
            print(f"{name} : {len(values)}, médiane {statistics.median(values):.0f} ms, 95 % sous {at_95(values):.0f} ms")
        print(f"erreurs : {len(met.wrong)}", *sorted(set(met.wrong))[:5], sep="\n  ")
