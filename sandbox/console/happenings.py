"""Pages from which the trainer makes something happen at the seats."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sandbox import french
from sandbox.console import forms, overview, triggers
from sandbox.console.desk import bp, open_workshop_of
from sandbox.console.triggers import Outcome
from sandbox.db import db
from sandbox.workshops.models import Workshop

NOT_REACHED = "Rien n’est arrivé pour {} : le service n’y est pas synchronisé, ou n’a pas l’accord d’ajouter des mesures."


@bp.route("/<code>/faire-arriver", methods=["GET", "POST"])
def trigger(code: str) -> ResponseReturnValue:
    """Something that the pack's author prepared."""
    workshop = open_workshop_of(code)
    seats = overview.seat_names(workshop)
    form = forms.run_trigger(triggers.prepared(workshop), seats, request.args.get("slug"))
    if form.validate_on_submit():
        return _told(workshop, triggers.run(workshop, form.slug.data, form.chosen))
    return render_template("console/trigger.html", workshop=workshop, form=form), 422 if form.errors else 200


@bp.route("/<code>/improviser", methods=["GET", "POST"])
def improvise(code: str) -> ResponseReturnValue:
    """Something that the trainer thinks of now."""
    workshop = open_workshop_of(code)
    people = [(slug, name) for _, slug, name in overview.professionals(workshop)]
    form = forms.improvise(people, overview.seat_names(workshop))
    if form.validate_on_submit():
        return _told(workshop, triggers.happen(workshop, form.deed(), form.chosen))
    return render_template("console/improvise.html", workshop=workshop, form=form), 422 if form.errors else 200


@bp.route("/<code>/service", methods=["GET", "POST"])
def service(code: str) -> ResponseReturnValue:
    """A service of the catalogue stops, comes back, changes, or its device sends a measure."""
    workshop = open_workshop_of(code)
    form = forms.act_on_service(overview.seat_names(workshop))
    if form.validate_on_submit():
        return _told(workshop, triggers.happen(workshop, form.deed(), form.chosen))
    return render_template("console/service.html", workshop=workshop, form=form), 422 if form.errors else 200


def _told(workshop: Workshop, outcome: Outcome) -> Response:
    db.session.commit()
    if outcome.done:
        who = outcome.done[0] if len(outcome.done) == 1 else f"{len(outcome.done)} personnes"
        flash(f"C’est fait, pour {who}.", "done")
    if outcome.missed:
        flash(NOT_REACHED.format(french.listed(outcome.missed)), "warning")
    return redirect(url_for("console.show", code=workshop.code))
