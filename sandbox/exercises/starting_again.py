"""« Recommencer mon dossier »: what would be lost is said first; one may take it back while nothing else was done."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db
from sandbox.exercises import losing
from sandbox.exercises.section import bp
from sandbox.workshops import resets
from sandbox.workshops.models import StepKind, Workshop


@bp.get("/recommencer")
def start_again() -> ResponseReturnValue:
    """What would be lost, before anything is."""
    workshop = _workshop()
    return render_template(
        "exercises/start_again.html", losses=losing.losses(workshop, [actor().seat]),
        can_return=resets.restart_of(workshop, actor().seat) is not None,
    )


@bp.post("/recommencer")
def start_again_now() -> ResponseReturnValue:
    resets.reset_seat(_workshop(), actor().seat, kind=StepKind.STARTED_AGAIN)
    db.session.commit()
    flash("Votre dossier est comme au début. Les autres places n’ont pas changé.", "done")
    return redirect(url_for("exercises.start_again"))


@bp.post("/recommencer/annuler")
def take_it_back() -> ResponseReturnValue:
    """One was wrong to: everything comes back."""
    resets.take_back_restart(_workshop(), actor().seat)
    db.session.commit()
    flash("Votre dossier est revenu comme avant.", "done")
    return redirect(url_for("exercises.index"))


def _workshop() -> Workshop:
    return db.session.get_one(Workshop, here().workshop_id)
