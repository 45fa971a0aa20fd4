"""Real data that somebody typed: taken out of addresses, and counted without being kept."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import audience, guard
from sandbox.audience import Audience
from sandbox.db import db, writing
from sandbox.workshops.models import Workshop


def _look_at_address() -> ResponseReturnValue | None:
    """Something real in the address itself, as a search would send it: gone from there, and said."""
    if audience.of_request() is Audience.TRAINER or not request.args:
        return None
    real = next((found for value in request.args.values() if (found := guard.seen_in(value))), None)
    if real is None:
        return None
    guard.note()
    flash(real.value, "error")
    return redirect(request.path)


def _count_refusal(response: Response) -> Response:
    """That something real was refused is counted for the workshop; what it was, nowhere."""
    if g.pop("refused_real", False) and g.get("place"):
        db.session.rollback()
        with writing():
            mine = sa.update(Workshop).where(Workshop.id == g.place.workshop_id)
            db.session.execute(mine.values(refusals=Workshop.refusals + 1))
            db.session.commit()
    return response


def init_app(app: Flask) -> None:
    app.before_request(_look_at_address)
    app.after_request(_count_refusal)
