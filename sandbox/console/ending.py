"""The end of a workshop: closed, kept until a day, erased; and the proof that it was."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from sandbox import clock, french
from sandbox.console.desk import bp, even_erased_workshop_of, own_workshop_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Day, Form
from sandbox.workshops import service, vanishing
from sandbox.workshops.models import Workshop

DAY_WRONG = "Choisissez un jour, par exemple 12/03/2027."


class Until(Form):
    guarded = False
    erase_on = Day("Jour où tout est effacé", wrong=DAY_WRONG, validators=[InputRequired(DAY_WRONG)])


class Erase(Form):
    guarded = False
    code = StringField("Code de l’atelier")

    def validate_code(self, field: StringField) -> None:
        if service.tidy_code(field.data or "") != self.awaited:
            raise ValidationError(f"Écrivez {self.awaited} pour confirmer.")

    awaited = ""


@bp.get("/<code>/fin")
def ending(code: str) -> ResponseReturnValue:
    return _page(own_workshop_of(code))


@bp.post("/<code>/fin")
def close(code: str) -> ResponseReturnValue:
    """Nobody gets in any more; or the day when everything goes changes."""
    workshop, form = own_workshop_of(code), Until()
    if not form.validate_on_submit() or not _kept(workshop, form):
        return _page(workshop, until=form), 422
    db.session.commit()
    flash(f"L’atelier « {workshop.name} » est terminé. Tout est effacé le {french.full_date(form.erase_on.data)}.", "done")
    return redirect(url_for("console.ending", code=workshop.code))


def _kept(workshop: Workshop, form: Until) -> bool:
    try:
        service.close(workshop, form.erase_on.data)
    except Refused as refused:
        db.session.rollback()
        form.erase_on.errors = [refused.phrase]
        return False
    return True


@bp.post("/<code>/effacer")
def erase(code: str) -> ResponseReturnValue:
    """At once, for whoever wrote the code: nothing brings it back."""
    workshop, form = own_workshop_of(code), Erase()
    form.awaited = workshop.code
    if not form.validate_on_submit():
        return _page(workshop, erase=form), 422
    vanishing.erase(workshop.id)
    flash("L’atelier est effacé. Voici la preuve.", "done")
    return _to_proof(workshop)


@bp.get("/<code>/preuve")
def proof(code: str) -> ResponseReturnValue:
    """What was erased, in numbers, and that nothing is left."""
    workshop = even_erased_workshop_of(code)
    if not workshop.is_erased:
        return redirect(url_for("console.ending", code=workshop.code))
    return render_template("console/proof.html", workshop=workshop, left=vanishing.left(workshop.id))


def _to_proof(workshop: Workshop) -> Response:
    return redirect(url_for("console.proof", code=workshop.code))


def _page(workshop: Workshop, until: Until | None = None, erase: Erase | None = None) -> str:
    proposed = workshop.erase_on or clock.real_now().date() + service.KEPT
    today = clock.real_now().date()
    days = [("Aujourd’hui", today), ("Dans une semaine", today + timedelta(days=7)), ("Dans un mois", today + service.KEPT)]
    return render_template(
        "console/ending.html", workshop=workshop, until=until or Until(erase_on=proposed), erase=erase or Erase(), days=days
    )
