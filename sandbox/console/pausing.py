"""« Regardez l’écran »: the trainer stops the room, and lets it go on."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length, Optional

from sandbox.classroom import pausing
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of
from sandbox.db import db
from sandbox.forms import Form
from sandbox.fragments import fragment


class PauseRoom(Form):
    words = StringField(
        "Une phrase à leur montrer", validators=[Optional(), Length(max=pausing.SIGNS, message="200 signes au plus : raccourcissez.")]
    )


@bp.route("/<code>/pause", methods=["GET", "POST"])
def pause(code: str) -> ResponseReturnValue:
    workshop, form = open_workshop_of(code), PauseRoom()
    if form.validate_on_submit():
        pausing.pause(workshop, form.words.data or "")
        db.session.commit()
        flash("Toutes les places voient « Regardez l’écran ».", "done")
        return redirect(url_for("console.show", code=workshop.code))
    return render_template("console/pause.html", workshop=workshop, form=form), 422 if form.errors else 200


@bp.post("/<code>/reprendre")
def resume(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    pausing.resume(workshop)
    db.session.commit()
    flash("La salle reprend. Chacun retrouve sa page comme il l’avait laissée.", "done")
    return redirect(url_for("console.show", code=workshop.code))


@bp.get("/<code>/pause/etat")
def pause_state(code: str) -> Response:
    """The live part of the room's page: a colleague may have stopped the room."""
    return fragment("console/_pause.html", workshop=ready_workshop_of(code))
