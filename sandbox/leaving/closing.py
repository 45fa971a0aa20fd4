"""Closing the space that is open, with or without a request to erase."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.learner import portal

bp = portal("closing", __name__, "/parametres/cloture")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("leaving/closing.html")
