"""Objecting to the creation of the space, within six weeks."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.account.door import antechamber

bp = antechamber("opposition", __name__, "/opposition")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("leaving/opposition.html")
