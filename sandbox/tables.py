"""The tables, brought up to date by Alembic. Run it apart (`apart`): a server has no use for Alembic's 15 MB."""

from __future__ import annotations

import logging

import flask_migrate
from flask import Flask, current_app

from sandbox import create_app
from sandbox.config import HERE
from sandbox.db import db, writing


def migrations(app: Flask) -> flask_migrate.Migrate:
    """Alembic's place in the application."""
    return flask_migrate.Migrate(app, db, directory=str(HERE / "migrations"), render_as_batch=True)


def upgrade() -> None:
    """Bring the tables of the present application up to date."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    migrations(current_app)
    flask_migrate.upgrade()


def run() -> None:
    """The same, for an application of its own."""
    app = create_app()
    with app.app_context(), writing():
        upgrade()
        db.engine.dispose()
