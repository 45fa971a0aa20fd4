"""One exercise by itself: opening it begins it; its hints come one after the other."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db, end_of_writing, writes
from sandbox.exercises import attempts, standing
from sandbox.exercises.section import bp, exercise_of
from sandbox.fragments import fragment


@bp.get("/<slug>")
@writes
def show(slug: str) -> ResponseReturnValue:
    exercise = exercise_of(slug)
    if exercise.is_situation:
        return redirect(url_for("exercises.situation", slug=slug))
    attempts.begin(here(), actor().seat, exercise)
    db.session.commit()
    end_of_writing()
    known = standing.of_seat(here(), actor().seat)
    return render_template("exercises/show.html", standing=known, item=known.item(slug))


@bp.get("/<slug>/etat")
def state(slug: str) -> Response:
    """The live part of its page: done or not, and what may come next."""
    exercise_of(slug)
    known = standing.of_seat(here(), actor().seat)
    return fragment("exercises/_state.html", standing=known, item=known.item(slug))


@bp.post("/<slug>/indice")
def hint(slug: str) -> ResponseReturnValue:
    """One more hint."""
    exercise, seat = exercise_of(slug), actor().seat
    read = attempts.begin(here(), seat, exercise).hints
    attempts.read_hint(here(), seat, exercise, read + 1)
    db.session.commit()
    return redirect(url_for("exercises.show", slug=slug, _anchor="indice"))
