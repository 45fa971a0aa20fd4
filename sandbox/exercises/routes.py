"""« Mes exercices »: what is asked, and what the database knows to be done."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.exercises import service
from sandbox.fragments import fragment
from sandbox.learner import portal

bp = portal("exercises", __name__, "/exercises")


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("exercises/index.html", **_known())


@bp.get("/liste")
def listed() -> Response:
    """The live part of the page."""
    return fragment("exercises/_list.html", **_known())


def _known() -> dict[str, Any]:
    exercises = service.of_workshop(here().workshop_id)
    return {"exercises": exercises, "done": service.done_at(exercises, actor().seat)}
