"""The live board: sixty seats, fourteen exercises, everybody at work; and the same asked again when nothing has changed."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sqlalchemy as sa  # noqa: E402
from flask import Flask  # noqa: E402

from sandbox import acts, create_app, tenancy  # noqa: E402
from sandbox.account.models import Record, Role, User  # noqa: E402
from sandbox.classroom import presence  # noqa: E402
from sandbox.classroom.presence import Seen  # noqa: E402
from sandbox.db import db, writing  # noqa: E402
from sandbox.exercises import attempts  # noqa: E402
from sandbox.exercises import service as exercises  # noqa: E402
from sandbox.workshops import opening, service  # noqa: E402
from sandbox.workshops.models import Trainer, World  # noqa: E402

SEATS = 60
Figure = Callable[[list[float]], dict[str, float]]


def figures(app: Flask, trainer_id: int, runs: int, figure: Figure) -> dict[str, dict[str, float]]:
    """Milliseconds of processor for one fetch of the board, and for one that has not changed."""
    code = _at_work(app, trainer_id)
    client = app.test_client()
    with client.session_transaction("/console/") as session:
        session["_user_id"] = str(trainer_id)
    url = f"/console/{code}/tableau"
    client.get(url)
    full = [_spent(client, url, {}, 200) for _ in range(runs * 2)]
    known = {"If-None-Match": client.get(url).headers["ETag"]}
    same = [_spent(client, url, known, 304) for _ in range(runs * 2)]
    return {"board_cpu_ms": figure(full), "board_same_cpu_ms": figure(same)}


def _spent(client: Any, url: str, headers: dict[str, str], status: int) -> float:
    begun = time.process_time()
    answer = client.get(url, headers=headers)
    answer.get_data()
    spent = (time.process_time() - begun) * 1000
    assert answer.status_code in {status, 200}, answer.status  # noqa: S101 — a minute may turn
    return spent


def _at_work(app: Flask, trainer_id: int) -> str:
    """A room where everybody has begun half of the exercises, done three, and is on some page."""
    with app.app_context(), writing():
        trainer = db.session.get_one(Trainer, trainer_id)
        workshop = opening.open_workshop(
            service.Plan(pack="decouverte", seats=SEATS, seed="tableau", open_for=timedelta(days=1)), trainer
        )
        number, code = workshop.id, workshop.code
        where = db.session.get_one(World, workshop.world_id).bound
        with tenancy.world(where):
            _work(number, where)
            db.session.commit()
        db.session.remove()
    return code


def _work(workshop_id: int, where: tenancy.Bound) -> None:
    asked = exercises.of_workshop(workshop_id)
    query = sa.select(Record).join(Record.owner).where(User.role == Role.LEARNER)
    for record in db.session.scalars(query).all():
        presence.note(Seen(workshop_id, where.world_id, record.seat, "/documents/", "Documents", False))
        for exercise in asked[::2]:
            attempts.begin(where, record.seat, exercise)
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))
        acts.publish(acts.StrangerRefused(actor=record.owner, record=record))
        acts.publish(acts.ServiceViewed(actor=record.owner, record=record, service="carnet", name="Carnet"))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(data=folder, secret_key="bench", seat_cost=4, trainer_cost=4, fill_pause_ms=0.0)
        with app.app_context(), writing():
            db.create_all()
            trainer = service.add_trainer("banc@essai.example", "Banc-d-essai-1")
            db.session.commit()
            number = trainer.id
            db.session.remove()
        for name, found in figures(app, number, 15, lambda values: {"median": statistics.median(values), "min": min(values), "max": max(values)}).items():
            print(name, {key: round(value, 2) for key, value in found.items()})
        with app.app_context():
            db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
