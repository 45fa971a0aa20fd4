"""Help: questions and answers, messages to the support, reports."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.db import writes
from sandbox.learner import portal, trace_section

bp = portal("help", __name__, "/aide")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("aide", "Aide")
    return render_template("help/index.html")
