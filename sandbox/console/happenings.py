"""Pages from which the trainer makes something happen at the seats."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sandbox.console import forms, overview, triggers
from sandbox.console.desk import bp, open_workshop_of
from sandbox.db import db
from sandbox.workshops.models import Workshop


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


def _told(workshop: Workshop, names: list[str]) -> Response:
    db.session.commit()
    who = names[0] if len(names) == 1 else f"{len(names)} personnes"
    flash(f"C’est fait, pour {who}.", "done")
    return redirect(url_for("console.show", code=workshop.code))
