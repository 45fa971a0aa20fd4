"""All my data, in one archive."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.db import writes
from sandbox.learner import portal, trace_section

bp = portal("export", __name__, "/mes-donnees")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("mes-donnees", "Mes données")
    return render_template("export/index.html")
