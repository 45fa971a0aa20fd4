"""A history of ten thousand lines is read as fast as one of a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.db import db
from tests.browser import Browser
from tests.journal.test_history import long_history
from tests.room import Room

TABS = ("", "onglet=moi", "onglet=moi&periode=30-jours", "avant=1900000000000000-5", "onglet=moi&apres=1700000000000000-5")


@contextmanager
def watched(room: Room) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the store meanwhile."""
    asked: list[tuple[str, Any]] = []
    here = get_ident()
    with room.app.app_context():
        engine = db.engine

    def note(connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if get_ident() == here:  # open pages are listened for in a thread of its own
            asked.append((statement, values))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def asked_by(room: Room, marie: Browser, address: str) -> list[tuple[str, Any]]:
    with watched(room) as asked:
        assert marie.go(f"/historique/lignes?{address}").status == 200
    return [(statement, values) for statement, values in asked if statement.startswith("SELECT")]


@pytest.mark.parametrize("address", TABS)
def test_a_long_history_asks_no_more_than_a_short_one(room: Room, marie: Browser, address: str) -> None:
    long_history(room, 100)
    marie.go("/historique/lignes")  # what falls due in a new world is settled once
    short = [statement for statement, _ in asked_by(room, marie, address)]
    long_history(room, 10_000)
    long = [statement for statement, _ in asked_by(room, marie, address)]
    assert len(long) == len(short)
    assert not any("count(" in statement.lower() and "entry" in statement for statement in long)


@pytest.mark.sqlite
@pytest.mark.parametrize("address", TABS)
def test_its_lines_come_in_the_order_of_an_index(room: Room, marie: Browser, address: str) -> None:
    long_history(room, 10_000)
    statement, values = next(found for found in asked_by(room, marie, address) if "FROM entry" in found[0])
    with room.app.app_context():
        plan = " / ".join(row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
        db.session.remove()
    assert "USING INDEX ix_entry_record_id" in plan
    assert "TEMP B-TREE" not in plan, plan
