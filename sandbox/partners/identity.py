"""FranceConnect, simulated: a choice of identity providers, one's consent, and the way back."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.account.door import antechamber

bp = antechamber("identity", __name__, "/franceconnect-simule")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("partners/identity/index.html")
