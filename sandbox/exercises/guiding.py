"""The buttons of a tour: show me on the page, the step before, again, leave; and its live part."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import addresses
from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db
from sandbox.exercises import touring, tours
from sandbox.exercises.section import bp, exercise_of
from sandbox.fragments import fragment


@bp.post("/<slug>/parcours")
def start_tour(slug: str) -> ResponseReturnValue:
    """« Montrez-moi sur la page »."""
    exercise = exercise_of(slug)
    if exercise.steps:
        tours.start(here(), actor().seat, exercise)
        db.session.commit()
        touring.begin(slug)
    return redirect(url_for("exercises.show", slug=slug))


@bp.get("/parcours/etape")
def tour_step() -> Response:
    """The live part of the bar, for the page at `?ici=/documents/`: what was done without leaving it is seen."""
    tour = touring.of_page(touring.page_at(request.args.get("ici", ""))) if touring.is_on() else None
    return fragment("exercises/_tour_step.html", tour=tour)


@bp.post("/parcours/<any(precedente, suite, repeter):way>")
def move_tour(way: str) -> ResponseReturnValue:
    """A former step is shown again, or the one where one is; what is done stays done."""
    back = _page_left()
    tour = touring.of_page(touring.page_at(back)) if touring.is_on() else None
    if tour:
        step = {"precedente": max(tour.shown - 1, 0), "suite": tour.reached, "repeter": tour.shown}[way]
        touring.show(step, tour.reached)
    return redirect(back)


@bp.post("/parcours/quitter")
def leave_tour() -> ResponseReturnValue:
    """Its place is kept."""
    touring.end()
    return redirect(_page_left())


def _page_left() -> str:
    """The page of this site where the button was pressed, by its address; the exercises otherwise."""
    left = addresses.of_this_site(request.form.get("page"))
    return left if left and addresses.page_of(left)[0] else url_for("exercises.index")
