"""The first page, and the stream that keeps every open page fresh."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from sandbox import live_stream
from sandbox.db import writes
from sandbox.learner import audiences, portal, trace_section

bp = portal("home", __name__)


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("accueil", "Accueil")
    return render_template("home/index.html")


@bp.get("/direct")
def stream() -> Response:
    """What changed, as it changes."""
    return live_stream.answer(audiences(), request.headers.get("Last-Event-ID"))
