"""« Imprimer la fiche »: the steps of an exercise on paper."""

from __future__ import annotations

from flask import Response, abort, make_response

from sandbox.exercises import sheets
from sandbox.exercises.section import bp, exercise_of


@bp.get("/<slug>/fiche.pdf")
def sheet(slug: str) -> Response:
    exercise = exercise_of(slug)
    if not sheets.printable([exercise]):
        abort(404)
    response = make_response(sheets.pdf(f"Fiche : {exercise.title}", [exercise]))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="fiche-{slug}.pdf"'
    return response
