"""A history of ten thousand lines is read as fast as one of a hundred."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.db import db
from tests.asking import asked
from tests.browser import Browser
from tests.journal.test_history import long_history
from tests.room import Room

TABS = ("", "onglet=moi", "onglet=moi&periode=30-jours", "avant=1900000000000000-5", "onglet=moi&apres=1700000000000000-5")


def asked_by(room: Room, marie: Browser, address: str) -> list[tuple[str, Any]]:
    with asked(room.app) as questions:
        assert marie.go(f"/historique/lignes?{address}").status == 200
    return [(statement, values) for statement, values in questions if statement.startswith("SELECT")]


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
