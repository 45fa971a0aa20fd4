"""« Refaire cet exercice »: as often as one wishes."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db
from sandbox.exercises import again
from sandbox.exercises.section import bp, exercise_of


@bp.post("/<slug>/refaire")
def redo(slug: str) -> ResponseReturnValue:
    exercise = exercise_of(slug)
    again.again(here(), actor(), exercise)
    db.session.commit()
    flash("C’est reparti : cet exercice est de nouveau à faire. Le reste n’a pas changé.", "done")
    return redirect(url_for("exercises.situation" if exercise.is_situation else "exercises.show", slug=slug))
