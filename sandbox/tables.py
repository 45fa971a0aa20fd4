"""The tables, brought up to date by Alembic."""

from __future__ import annotations

import logging

import flask_migrate
import sqlalchemy as sa
from flask import Flask, current_app

from sandbox.config import HERE
from sandbox.db import db
from sandbox.errors import Refused


def migrations(app: Flask) -> flask_migrate.Migrate:
    """Alembic's place in the application: here and not in `create_app`, since a page never needs it (10 MB a worker)."""
    return flask_migrate.Migrate(app, db, directory=str(HERE / "migrations"), render_as_batch=True)


def upgrade() -> None:
    """Bring the tables up to date."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    migrations(current_app)
    flask_migrate.upgrade()


def need_tables() -> None:
    """Raises Refused when the store has not been prepared."""
    if not sa.inspect(db.engine).has_table("workshop"):
        raise Refused("La base n’est pas prête. Lancez d’abord « sandbox init ».")
