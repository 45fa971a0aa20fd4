"""Models and migrations agree, and the tables of every release lead to those of today."""

from __future__ import annotations

import logging
import os

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from sandbox import create_app, tables
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
