"""« Mes exercices »: what is asked, and what the database knows to be done."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.exercises import (
    feeling,
    feelings,
    finishing,
    guiding,
    opening,
    printing,
    redoing,
    situations,
    standing,
    starting_again,
)
from sandbox.exercises.feelings import When
from sandbox.exercises.section import bp
from sandbox.fragments import fragment

__all__ = ["bp"]
PAGES = (opening, guiding, printing, feeling, finishing, redoing, situations, starting_again)  # imported for the views they register


@bp.get("/")
def index() -> ResponseReturnValue:
    where, seat = here(), actor().seat
    known, felt = standing.of_seat(where, seat), feelings.of_seat(where, seat)
    return render_template("exercises/index.html", standing=known, ask_before=not felt and not known.done, ask_after=When.AFTER not in felt)


@bp.get("/liste")
def listed() -> Response:
    """The live part of the page."""
    where, seat = here(), actor().seat
    ask_after = When.AFTER not in feelings.of_seat(where, seat)
    return fragment("exercises/_list.html", standing=standing.of_seat(where, seat), ask_after=ask_after)
