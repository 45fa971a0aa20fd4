"""Back to the start, and back again: the trainer's resets, each confirmed in figures and undoable."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sandbox.console import hours, overview, undoing
from sandbox.console.desk import bp, open_workshop_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises import losing
from sandbox.workshops import resets, upkeep
from sandbox.workshops.models import Workshop

DONE = "Les dossiers sont remis à leur point de départ."


@bp.get("/<code>/remise-a-zero")
def reset(code: str) -> ResponseReturnValue:
    """What would be lost, before anything is."""
    workshop = open_workshop_of(code)
    seats, losses = overview.seat_names(workshop), losing.losses(workshop)
    return render_template("console/reset.html", workshop=workshop, seats=seats, losses=losses, next=hours.next_of(workshop))


@bp.post("/<code>/remise-a-zero")
def reset_all(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    resets.back_to_start(workshop)
    db.session.commit()
    upkeep.later(workshop.id)
    flash(DONE, "done")
    return _to_room(workshop)


@bp.get("/<code>/places/remise-a-zero")
def reset_seat(code: str) -> ResponseReturnValue:
    """What these seats would lose, before anything is."""
    workshop = open_workshop_of(code)
    chosen = _chosen(workshop)
    names = [(number, name) for number, name in overview.seat_names(workshop) if number in chosen]
    losses = losing.losses(workshop, chosen)
    return render_template("console/reset_seats.html", workshop=workshop, seats=names, losses=losses)


@bp.post("/<code>/places/remise-a-zero")
def reset_seats(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    chosen = _chosen(workshop)
    resets.reset_seats(workshop, chosen)
    db.session.commit()
    flash(DONE if len(chosen) > 1 else f"La place {chosen[0]} est remise à son point de départ.", "done")
    return _to_room(workshop)


def _chosen(workshop: Workshop) -> list[int]:
    """The seats ticked, whichever way they were sent. Raises Refused when there is none of this workshop's."""
    asked = set(request.values.getlist("seat", type=int))
    chosen = [seat for seat in range(1, workshop.seats + 1) if seat in asked]
    if not chosen:
        raise Refused(f"Choisissez au moins une place, de 1 à {workshop.seats}.")
    return chosen


@bp.post("/<code>/annuler")
def undo(code: str) -> ResponseReturnValue:
    """Go back on what was done last, if it still is what the page showed."""
    workshop = open_workshop_of(code)
    told = undoing.told(resets.undo(workshop, expected=request.form.get("step", type=int)))
    db.session.commit()
    upkeep.later(workshop.id)
    flash(told.undone, "done")
    if request.form.get("from") == "points":
        return redirect(url_for("console.points", code=workshop.code))
    return _to_room(workshop)


def _to_room(workshop: Workshop) -> Response:
    return redirect(url_for("console.show", code=workshop.code))
