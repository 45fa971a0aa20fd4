"""What things cost, in ratios within one run: `python scripts/bench.py [--quick] [--json]`."""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TOP), str(TOP / "scripts")]

import bench_board  # noqa: E402
import bench_crowd  # noqa: E402
import bench_server  # noqa: E402
import bench_signing  # noqa: E402
import bench_slots  # noqa: E402
import bench_vault  # noqa: E402
import sqlalchemy as sa  # noqa: E402
from flask import Flask  # noqa: E402

from sandbox import create_app  # noqa: E402
from sandbox.db import db, writing  # noqa: E402
from sandbox.workshops import contents, luggage, resets, service, spares, unpacking, worlds  # noqa: E402
from sandbox.workshops.models import Workshop, World, WorldState  # noqa: E402

LIMITS = {
    "reset_request_ms": 25, "reset_growth": 1.5, "fill_ratio": 2.5, "seat_reset_ms": 20, "page_cpu_ms": 8,
    "page_bytes_first": 60_000, "page_bytes_second": 15_000, "cold_start_s": 2, "rss_mb": 110,
    "live_p99_ms": 250, "signin_slowest_ms": 600, "board_cpu_ms": 20, "board_same_cpu_ms": 2, "crowd_page_p95_ms": 200, "crowd_errors": 0,
    "documents_growth": 1.3, "history_growth": 1.15, "may_queries": 3,
    "thirty_signed_ms": 2000, "thirty_with_sheets_ms": 2000, "slot_search_ms": 15,
}
Figures = dict[str, dict[str, float]]


def figure(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3), "min": round(min(values), 3), "max": round(max(values), 3),
        "runs": len(values),
    }


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds."""
    begun = clock()
    action()
    return (clock() - begun) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description="Mesure ce que coûtent les choses.")
    parser.add_argument("--quick", action="store_true", help="moins de deux minutes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measured(quick=options.quick)
    if options.json:
        print(json.dumps({"figures": figures}))
        return 0
    for name, found in figures.items():
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"(au plus {limit})" if found["median"] <= limit else f"DÉPASSE {limit}"
        print(f"{name:<22} {found['median']:>10}  [{found['min']} – {found['max']}] ×{found['runs']:.0f}  {verdict}")
    return 0


def measured(*, quick: bool) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(data=folder, secret_key="bench", seat_cost=4, trainer_cost=4, fill_pause_ms=0.0)
        app.add_url_rule("/bare", "bare", lambda: "ok")
        runs = 5 if quick else 15
        with app.app_context(), writing():
            db.create_all()
            trainer = service.add_trainer("banc@essai.example", "Banc-d-essai-1")
            db.session.commit()
            room = opened("mesure", 30, trainer)
            fill_the_store(Path(folder) / "autre.zip", room, 50)
            hall = opened("salle", 300, trainer)
            ids = room.id, hall.id, trainer.id
            db.session.remove()
        figures = store_figures(app, ids, runs) | page_figures(app, ids[0], runs)
        figures |= bench_vault.figures(app, ids[0], runs, figure)
        figures |= bench_signing.figures(app, ids[0], runs, figure)
        figures |= bench_board.figures(app, ids[2], runs, figure)
        figures |= bench_slots.figures(app, ids[0], runs, figure)
        with app.app_context():
            db.engine.dispose()
    figures |= bench_server.figures(figure, quick=quick)
    return figures | bench_crowd.figures(figure, 20 if quick else 60)


def fill_the_store(file: Path, like: Workshop, count: int) -> None:
    """Fifty other workshops of thirty seats."""
    file.write_bytes(luggage.packed(like))
    for _ in range(count):
        with file.open("rb") as stream:
            unpacking.unpack(contents.read(stream), None)
        db.session.commit()


def opened(seed: str, seats: int, trainer: Any) -> Workshop:
    workshop = service.create(service.Plan(pack="decouverte", seats=seats, seed=seed, open_for=timedelta(days=1)), trainer, most=300)
    db.session.commit()
    world = db.session.get_one(World, spares.fill_one(workshop.id))
    workshop.world_id, world.state = world.id, WorldState.USED
    db.session.commit()
    return workshop


def store_figures(app: Flask, ids: tuple[int, int, int], runs: int) -> Figures:
    room, hall, trainer = ids
    small = [reset_request(app, room, trainer) for _ in range(runs)]
    large = [reset_request(app, hall, trainer) for _ in range(max(3, runs // 4))]
    fills = fill_ratios(app, room, 7)
    with app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room)
        seats = [timed(lambda: (resets.reset_seat(workshop, 7), db.session.commit())) for _ in range(runs)]
        db.session.remove()
    return {
        "reset_request_ms": figure(small),
        "reset_growth": figure([statistics.median(large) / statistics.median(small)]),
        "fill_ms": figure([fill for fill, _ in fills]),
        "fill_floor_ms": figure([floor for _, floor in fills]),
        "fill_ratio": figure([fill / floor for fill, floor in fills]),
        "seat_reset_ms": figure(seats),
        "world_mb": figure([world_size(app, room)]),
    }


def reset_request(app: Flask, workshop_id: int, trainer_id: int) -> float:
    """The whole HTTP request that resets, a spare being ready."""
    with app.app_context(), writing():
        spares.sweep(workshop_id)
        if not spares.ready(db.session.get_one(Workshop, workshop_id)):
            spares.fill_one(workshop_id)
        code = db.session.get_one(Workshop, workshop_id).code
        db.session.remove()
    app.config.update(WTF_CSRF_ENABLED=False, TESTING=True)
    client = app.test_client()
    with client.session_transaction("/console/") as session:
        session["_user_id"] = str(trainer_id)
    spent = timed(lambda: expect(client.post(f"/console/{code}/remise-a-zero"), 302))
    app.config.update(WTF_CSRF_ENABLED=True)
    return spent


def expect(response: Any, status: int) -> None:
    assert response.status_code == status, f"{response.request.path} : {response.status}"  # noqa: S101


def fill_ratios(app: Flask, workshop_id: int, runs: int) -> list[tuple[float, float]]:
    """Filling one world, and bare sqlite3 writing the same rows into a copy of the store, its indexes included (ms)."""
    found = []
    with app.app_context(), writing():
        path = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
        with copied(path) as bare:
            for _ in range(runs):
                fill = timed(lambda: spares.fill_one(workshop_id))
                world = db.session.scalars(sa.select(sa.func.max(World.id))).one()
                rows = rows_of(path, world)
                bare.execute("INSERT INTO world (id, workshop_id, snapshot_id, day, state, touched_at, shift_seconds) "
                             "SELECT ?, workshop_id, snapshot_id, day, state, touched_at, shift_seconds FROM world LIMIT 1", (world,))
                found.append((fill, timed(lambda: write_bare(bare, rows))))  # noqa: B023
        spares.sweep(workshop_id)
        db.session.remove()
    return found


def rows_of(path: str, world_id: int) -> dict[str, list[Any]]:
    with sqlite3.connect(path) as store:
        rows = {t.name: store.execute(f'SELECT * FROM "{t.name}" WHERE world_id=?', (world_id,)).fetchall()  # noqa: S608
                for t in worlds.scoped_tables()}
    store.close()
    return rows


@contextmanager
def copied(path: str) -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(path) as source:
        copy = sqlite3.connect(Path(folder) / "copy.sqlite3")
        source.backup(copy)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-4000"):
            copy.execute(f"PRAGMA {pragma}")
        yield copy
        copy.close()
    source.close()


def write_bare(bare: sqlite3.Connection, rows: dict[str, list[Any]]) -> None:
    for name, found in rows.items():
        if found:
            bare.executemany(f'INSERT INTO "{name}" VALUES ({",".join("?" * len(found[0]))})', found)  # noqa: S608
    bare.commit()


def world_size(app: Flask, workshop_id: int) -> float:
    """Megabytes that one more world adds to the file."""
    path = Path(app.config["SETTINGS"].database_url.removeprefix("sqlite:///"))
    with app.app_context(), writing():
        before = pages(path)
        for _ in range(3):
            spares.fill_one(workshop_id)
        after = pages(path)
        spares.sweep(workshop_id)
        db.session.remove()
    return (after - before) / 3 / 1e6


def pages(path: Path) -> int:
    with sqlite3.connect(path) as store:
        used = store.execute("PRAGMA page_count").fetchone()[0] - store.execute("PRAGMA freelist_count").fetchone()[0]
        size: int = used * store.execute("PRAGMA page_size").fetchone()[0]
    store.close()
    return size


def page_figures(app: Flask, workshop_id: int, runs: int) -> Figures:
    client = app.test_client()
    code, card = sign_in(app, client, workshop_id)
    page = [timed(lambda: expect(client.get("/documents/"), 200), time.process_time) for _ in range(runs * 4)]
    bare = [timed(lambda: expect(client.get("/bare"), 200), time.process_time) for _ in range(runs * 4)]
    return {
        "page_cpu_ms": figure(page),
        "page_ratio_to_bare": figure([statistics.median(page) / statistics.median(bare)]),
        **bench_server.page_bytes(client, figure),
    }


def sign_in(app: Flask, client: Any, workshop_id: int) -> tuple[str, str]:
    with app.app_context():
        workshop = db.session.get_one(Workshop, workshop_id)
        card = service.credentials(workshop)[0]
        with client.session_transaction("/") as session:
            session["workshop"], session["world"], session["_user_id"] = workshop.id, workshop.world_id, card.ref
        found = workshop.code, card.token
        db.session.remove()
    return found


if __name__ == "__main__":
    sys.exit(main())
