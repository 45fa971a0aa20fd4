"""The profiles that the person may open."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.db import writes
from sandbox.learner import portal, trace_section

bp = portal("family", __name__, "/profils")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("profils", "Mes profils")
    return render_template("family/index.html")
