"""A space that was closed: what became of it, and how to open it again."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.account.door import antechamber

bp = antechamber("reopening", __name__, "/espace-clos")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("leaving/shut.html")
