"""The settings of one's account."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.db import writes
from sandbox.learner import portal, trace_section

bp = portal("settings", __name__, "/parametres")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("parametres", "Paramètres")
    return render_template("settings/index.html")
