"""« Rattraper »: somebody came late, their seat is brought to where the room is, and it can be undone."""

from __future__ import annotations

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from sandbox import clock, french, live, tenancy
from sandbox.account.models import Record
from sandbox.console import overview, states
from sandbox.console.desk import bp, open_workshop_of
from sandbox.console.forms import SOME, ForSeats, choices
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises import attempts, doing
from sandbox.exercises import service as exercises
from sandbox.workshops import resets
from sandbox.workshops.models import StepKind, Workshop


class CatchUp(ForSeats):
    upto = SelectField("Jusqu’à quel exercice, compris ?", coerce=int)


@bp.route("/<code>/rattraper", methods=["GET", "POST"])
def catch_up(code: str) -> ResponseReturnValue:
    """These seats are brought to the state after an exercise, as if they had done it and those before."""
    workshop = open_workshop_of(code)
    form = _form(workshop)
    if form.validate_on_submit():
        bring(workshop, form.chosen, form.upto.data)
        db.session.commit()
        verb = "est rattrapée" if len(form.chosen) == 1 else "sont rattrapées"
        flash(f"C’est fait. {french.places(sorted(form.chosen))} {verb} jusqu’à l’exercice {form.upto.data}.", "done")
        return redirect(url_for("console.show", code=workshop.code))
    return render_template("console/catch_up.html", workshop=workshop, form=form), 422 if form.errors else 200


def _form(workshop: Workshop) -> CatchUp:
    form = CatchUp(who=SOME, seats=request.args.getlist("seat", type=int))
    form.seats.choices = choices(overview.seat_names(workshop))
    asked = exercises.of_workshop(workshop.id)
    form.upto.choices = choices((number, f"{number}. {one.title}") for number, one in enumerate(asked, 1))
    return form


def bring(workshop: Workshop, seats: Iterable[int], upto: int) -> None:
    """Do the first exercises for these seats, all or none; what they were is kept first. Raises Refused, naming the seat."""
    wanted, asked = sorted(seats), exercises.of_workshop(workshop.id)[:upto]
    resets.remember_seats(workshop, wanted, StepKind.CAUGHT_UP)
    begun, here = clock.real_now(), bound_of(workshop)
    with tenancy.world(here):
        for record in states.learners(wanted):
            _bring_one(record, asked)
            attempts.unnote(here, record.seat, begun)
    for seat in wanted:
        live.tell(live.audience_of_seat(workshop.id, seat), "exercises")
    live.tell(live.audience_of_room(workshop.id), "board")


def _bring_one(record: Record, asked: list[exercises.Exercise]) -> None:
    if record.is_shut or not record.is_active:
        raise Refused(f"La place {record.seat} n’a pas d’espace ouvert : changez d’abord son état.")
    for exercise in asked:
        try:
            doing.do(record, exercise)
        except Refused as refused:
            raise Refused(f"Place {record.seat} : {refused.phrase}") from refused
