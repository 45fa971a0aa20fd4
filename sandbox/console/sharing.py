"""The colleagues of a workshop: whose it is adds them by their address; each may leave."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from sandbox import access
from sandbox.console import desk
from sandbox.console.desk import bp, own_workshop_of, workshop_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.workshops import colleagues as shared
from sandbox.workshops.models import Workshop

ADDRESS = "Écrivez l’adresse e-mail d’un formateur."


class AddColleague(Form):
    guarded = False
    email = StringField("Adresse e-mail du collègue", validators=[DataRequired(ADDRESS), Length(max=254, message=ADDRESS)])


@bp.get("/<code>/collegues")
def colleagues(code: str) -> ResponseReturnValue:
    """Who runs it."""
    return _page(workshop_of(code), AddColleague()), 200


@bp.post("/<code>/collegues")
def share(code: str) -> ResponseReturnValue:
    """One more."""
    workshop, form = own_workshop_of(code), AddColleague()
    if not form.validate_on_submit() or not _shared(workshop, form):
        return _page(workshop, form), 422
    db.session.commit()
    flash(f"{form.email.data.strip().lower()} anime maintenant l’atelier avec vous.", "done")
    return redirect(url_for("console.colleagues", code=workshop.code))


def _shared(workshop: Workshop, form: AddColleague) -> bool:
    try:
        shared.share(workshop, form.email.data or "")
    except Refused as refused:
        db.session.rollback()
        form.email.errors = [refused.phrase]
        return False
    return True


@bp.post("/<code>/collegues/<int:number>/retirer")
def stop_sharing(code: str, number: int) -> ResponseReturnValue:
    """Whose it is takes anybody out; a colleague, only themselves."""
    me = desk.trainer()
    workshop = workshop_of(code) if number == me.id else own_workshop_of(code)
    if number >= desk.MOST_NUMBER or not shared.stop_sharing(workshop, number):
        abort(404)
    db.session.commit()
    flash("Vous n’animez plus cet atelier." if number == me.id else "Cette personne n’anime plus l’atelier.", "done")
    return redirect(url_for("console.index") if number == me.id else url_for("console.colleagues", code=workshop.code))


def _page(workshop: Workshop, form: AddColleague) -> str:
    me = desk.trainer()
    return render_template(
        "console/colleagues.html", workshop=workshop, form=form, colleagues=shared.of_workshop(workshop), me=me,
        holds=access.holds(me, workshop),
    )
