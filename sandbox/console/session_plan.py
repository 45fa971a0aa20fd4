"""The plan of the session, for the trainer: on a screen, on paper, as a PDF."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.console.desk import bp, ready_workshop_of
from sandbox.console.printing import as_pdf
from sandbox.workshops import plans
from sandbox.workshops.models import Workshop


@bp.get("/<code>/seance")
def session_plan(code: str) -> ResponseReturnValue:
    """The plan as a page to read or to print; a story may have none."""
    workshop = ready_workshop_of(code)
    return render_template("console/plan.html", workshop=workshop, plan=plans.of_workshop(workshop), facts=_facts(workshop))


@bp.get("/<code>/seance.pdf")
def session_plan_pdf(code: str) -> Response:
    """The same as a PDF."""
    workshop = ready_workshop_of(code)
    plan = plans.of_workshop(workshop) or abort(404)
    return as_pdf(plans.pdf(f"Plan de séance : {workshop.name}", _facts(workshop), plan), f"seance-{workshop.code}")


def _facts(workshop: Workshop) -> str:
    """When, where, for how many."""
    told = [french.full_date(workshop.held_on), workshop.place, french.several(workshop.seats, "place"), f"code {workshop.code}"]
    return " · ".join(filter(None, told))
