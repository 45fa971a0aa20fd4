"""The training sandbox of « Mon espace santé »: fake patients only."""

from __future__ import annotations

# ruff: noqa: E402
import gc

_collects = gc.isenabled()
gc.disable()  # what is imported stays: looking for rubbish in it, then and at every collection since, costs a sixth of a start

from typing import Any

from flask import Flask

from sandbox import audience, compression, db, fault, live_stream, portals, security, templating
from sandbox.account import ending, place
from sandbox.config import Settings, resources
from sandbox.late import LateRule

if _collects:
    gc.freeze()
    gc.enable()


def create_app(**overrides: Any) -> Flask:
    """The application. Overrides are fields of `Settings`. Raises Misconfigured."""
    settings = Settings.load(**overrides)
    app = Flask("sandbox", template_folder=str(resources("templates")), static_folder=None)
    app.url_rule_class = LateRule
    app.config.update(settings.for_flask())
    app.session_interface = audience.AudienceSessions()
    db.init_app(app)
    place.init_app(app)
    ending.init_app(app)
    security.init_app(app)
    templating.init_app(app)
    fault.init_app(app)
    live_stream.init_app(app)
    portals.init_app(app)
    compression.init_app(app)
    return app
