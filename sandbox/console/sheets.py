"""The sheets of the exercises, for the trainer: all of them, or one."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from sandbox.console.desk import bp, ready_workshop_of
from sandbox.console.printing import as_pdf
from sandbox.exercises import service, sheets


@bp.get("/<code>/fiches")
def exercise_sheets(code: str) -> ResponseReturnValue:
    workshop = ready_workshop_of(code)
    found = sheets.printable(service.of_workshop(workshop.id))
    return render_template("console/sheets.html", workshop=workshop, exercises=found)


@bp.get("/<code>/fiches.pdf")
def exercise_sheets_pdf(code: str) -> Response:
    """One page each, in the order of the exercises."""
    workshop = ready_workshop_of(code)
    found = sheets.printable(service.of_workshop(workshop.id))
    return as_pdf(sheets.pdf(f"Fiches d’exercice de l’atelier {workshop.code}", found), f"fiches-{workshop.code}") if found else abort(404)


@bp.get("/<code>/fiches/<slug>.pdf")
def exercise_sheet_pdf(code: str, slug: str) -> Response:
    workshop = ready_workshop_of(code)
    exercise = service.named(workshop.id, slug)
    if exercise is None or not sheets.printable([exercise]):
        abort(404)
    return as_pdf(sheets.pdf(f"Fiche : {exercise.title}", [exercise]), f"fiche-{slug}")
