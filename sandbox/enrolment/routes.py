"""Activating a space, step by step."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.account.door import antechamber

bp = antechamber("enrolment", __name__, "/activation")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Where everything begins: with FranceConnect, or by hand."""
    return render_template("enrolment/index.html")
