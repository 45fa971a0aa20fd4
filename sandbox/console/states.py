"""Seats' states: a space not activated yet, opposed, closed… put by the trainer in one press, and undone in another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import contains_eager

from sandbox import french, live, tenancy
from sandbox.account import life
from sandbox.account.models import Record, Role, User
from sandbox.console import forms
from sandbox.console.desk import bp, open_workshop_of
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.workshops import resets
from sandbox.workshops.models import StepKind, Workshop
from sandbox.workshops.starts import STATES, Start, state_of


@dataclass(frozen=True)
class SeatState:
    """A seat, and the state that its space is in now."""

    number: int
    name: str
    start: Start

    @property
    def label(self) -> str:
        return STATES[self.start].label


@bp.route("/<code>/etats", methods=["GET", "POST"])
def states(code: str) -> ResponseReturnValue:
    """The state of each seat's space; the seats ticked go into another in one press."""
    workshop = open_workshop_of(code)
    seats = present(workshop)
    form = forms.put_seats([(seat.number, f"{seat.number} · {seat.name} : {seat.label}") for seat in seats], _asked())
    if form.validate_on_submit():
        put(workshop, form.chosen, form.start)
        db.session.commit()
        flash(_done(form.chosen, form.start), "done")
        return redirect(url_for("console.show", code=workshop.code))
    page = render_template("console/states.html", workshop=workshop, form=form, seats=seats, states=STATES)
    return page, 422 if form.errors else 200


def _asked() -> list[int]:
    """The seats that a link names, ticked beforehand."""
    return request.args.getlist("seat", type=int)


def _done(seats: list[int], start: Start) -> str:
    verb = "est" if len(seats) == 1 else "sont"
    return f"C’est fait. {french.places(seats)} {verb} dans l’état « {STATES[start].label} »."


def present(workshop: Workshop) -> list[SeatState]:
    """The state of every seat, computed from its record."""
    with tenancy.world(bound_of(workshop)):
        return [SeatState(record.seat, record.name, _start_of(record)) for record in learners()]


def _start_of(record: Record) -> Start:
    return state_of(record.life.value, record.reach, out_of_date=record.letter_is_out_of_date)


def put(workshop: Workshop, seats: Iterable[int], start: Start) -> None:
    """Put the spaces of these seats in a state; what they were is kept first, so that it can be undone. Raises Refused."""
    wanted = list(seats)
    resets.remember_seats(workshop, wanted, StepKind.STATE)
    with tenancy.world(bound_of(workshop)):
        for record in learners(wanted):
            life.put(record, start)
    for seat in wanted:
        live.tell(live.audience_of_seat(workshop.id, seat), "world")
    live.tell(live.audience_of_room(workshop.id), "board")


def learners(seats: list[int] | None = None) -> list[Record]:
    """The learners' own records, their children's left out."""
    query = sa.select(Record).join(Record.owner).where(User.role == Role.LEARNER)
    if seats is not None:
        query = query.where(Record.seat.in_(seats))
    return list(db.session.scalars(query.options(contains_eager(Record.owner)).order_by(Record.seat)))
