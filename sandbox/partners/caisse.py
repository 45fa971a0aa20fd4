"""The account of the health-insurance fund, simulated: where a contact that it does not know is given."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.account.door import antechamber

bp = antechamber("caisse", __name__, "/compte-caisse-simule")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("partners/caisse/index.html")
