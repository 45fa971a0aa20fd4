"""Looking for a free hour: ten professionals who receive every day, over eight weeks, hundreds of hours taken."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from sandbox import clock
from sandbox.account.models import Record, Role, User
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Availability
from sandbox.db import db, writing
from sandbox.tenancy import world
from sandbox.workshops.models import Workshop, World

PROFESSIONALS, TAKEN = 10, 40
Figure = Callable[[list[float]], dict[str, float]]


def figures(app: Flask, workshop_id: int, runs: int, figure: Figure) -> dict[str, dict[str, float]]:
    """Milliseconds of processor for one search; nothing of what it needs stays in the store."""
    with app.app_context(), writing():
        where = db.session.get_one(World, db.session.get_one(Workshop, workshop_id).world_id).bound
        with world(where):
            people = _busy()
            found = [_once(people) for _ in range(runs)]
            db.session.rollback()
        db.session.remove()
    return {"slot_search_ms": figure(found)}


def _once(people: list[User]) -> float:
    slots.slots_of.cache_clear()
    begun = time.process_time()
    free = slots.search(people, clock.today(), slots.SEARCHED)
    spent = (time.process_time() - begun) * 1000
    assert sum(map(len, free.values())) > 700 * PROFESSIONALS  # noqa: S101
    return spent


def _busy() -> list[User]:
    query = sa.select(User).where(User.role == Role.PROFESSIONAL).order_by(User.id).limit(PROFESSIONALS)
    people, record = list(db.session.scalars(query)), db.session.scalars(sa.select(Record)).first()
    db.session.execute(sa.delete(Availability))
    for who in people:
        for weekday in range(1, 6):
            for opens, closes in (("09:00", "12:00"), ("14:00", "18:00")):
                db.session.add(Availability(professional=who, weekday=weekday, opens=opens, closes=closes, minutes=20))
        days = (clock.today() + timedelta(days=1 + number) for number in range(TAKEN))
        db.session.add_all(
            Appointment(record=record, professional=who, title="Pris", starts_at=clock.at(day, 9), held=True) for day in days
        )
    db.session.flush()
    return people
