"""Who can see my record: professionals, professions, emergencies, all documents at once."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.db import writes
from sandbox.learner import portal, trace_section

bp = portal("privacy", __name__, "/confidentialite")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("confidentialite", "Qui peut voir mon dossier")
    return render_template("privacy/index.html")
