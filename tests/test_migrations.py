"""Models and migrations agree, and the tables of every release lead to those of today."""

from __future__ import annotations

import logging
import os

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from sandbox import clock, create_app, tables
from sandbox.db import db, writing
from tests import postgresql


@pytest.fixture
def empty_app(tmp_path):
    """An application on a store of its own, without any table."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    if os.environ.get("SANDBOX_TEST_STORE") == "postgresql":
        with postgresql.server(tmp_path) as address:
            yield create_app(data=str(tmp_path), database_url=address, secret_key="x")
    else:
        yield create_app(data=str(tmp_path), secret_key="x")


def test_migrations_lead_to_the_models(empty_app) -> None:
    with empty_app.app_context(), writing():
        tables.upgrade()
        with db.engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), db.Model.metadata)
        db.engine.dispose()
    assert differences == []


def test_migrations_can_be_undone(empty_app) -> None:
    with empty_app.app_context(), writing():
        tables.upgrade()
        flask_migrate.downgrade(revision="base")
        left = set(sa.inspect(db.engine).get_table_names())
        db.engine.dispose()
    assert left <= {"alembic_version"}


def test_the_first_trainer_of_a_former_release_becomes_the_administrator(empty_app) -> None:
    now = clock.real_now() if os.environ.get("SANDBOX_TEST_STORE") == "postgresql" else 0
    with empty_app.app_context(), writing():
        tables.migrations(empty_app)
        flask_migrate.upgrade(revision="0014")
        with db.engine.begin() as connection:
            for number in (3, 4):
                order = "INSERT INTO trainer (id, email, password_hash, failures, created_at) VALUES (:id, :email, '', 0, :now)"
                connection.execute(sa.text(order), {"id": number, "email": f"{number}@x.example", "now": now})
        tables.upgrade()
        with db.engine.connect() as connection:
            kept = connection.execute(sa.text("SELECT id, is_admin FROM trainer ORDER BY id")).all()
        db.engine.dispose()
    assert [(number, bool(admin)) for number, admin in kept] == [(3, True), (4, False)]


def test_what_the_former_release_kept_is_still_there(empty_app) -> None:
    now = clock.real_now() if os.environ.get("SANDBOX_TEST_STORE") == "postgresql" else 0
    orders = [
        "INSERT INTO workshop (id, code, name, place, held_on, pack, seed, seats, quick_entry, created_at) "
        "VALUES (1, 'AAAAAA', 'Atelier', '', '2026-11-22', 'decouverte', 's', 1, false, :now)",
        "INSERT INTO snapshot (id, workshop_id, label, created_at, head) VALUES (1, 1, 'Départ', :now, '')",
        "INSERT INTO world (id, workshop_id, snapshot_id, day, state, filled, touched_at, shift_seconds) "
        "VALUES (1, 1, 1, '2026-11-22', 'used', -1, :now, 0)",
        "INSERT INTO \"user\" (id, world_id, seat, ref, role, slug, name, identifier, password_hash) "
        "VALUES (1, 1, 1, 'abc', 'learner', 'place-1', 'Marie', 'marie', '')",
    ]
    with empty_app.app_context(), writing():
        tables.migrations(empty_app)
        flask_migrate.upgrade(revision="0001")
        with db.engine.begin() as connection:
            for order in orders:
                connection.execute(sa.text(order), {"now": now} if ":now" in order else {})
        tables.upgrade()
        with db.engine.connect() as connection:
            kept = connection.execute(sa.text('SELECT "user".name, matrix FROM "user", workshop')).all()
        db.engine.dispose()
    assert kept == [("Marie", "")]
