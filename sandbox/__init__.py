"""The training sandbox of « Mon espace santé »: fake patients only."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_migrate import Migrate

from sandbox import audience, db, fault, live_stream, portals, security, templating
from sandbox.account import place
from sandbox.config import HERE, Settings, resources


def create_app(**overrides: Any) -> Flask:
    """The application. Overrides are fields of `Settings`. Raises Misconfigured."""
    settings = Settings.load(**overrides)
    app = Flask("sandbox", template_folder=str(resources("templates")), static_folder=None)
    app.config.update(settings.for_flask())
    app.session_interface = audience.AudienceSessions()
    db.init_app(app)
    Migrate(app, db.db, directory=str(HERE / "migrations"), render_as_batch=True)
    place.init_app(app)
    security.init_app(app)
    templating.init_app(app)
    fault.init_app(app)
    live_stream.init_app(app)
    portals.init_app(app)
    return app
