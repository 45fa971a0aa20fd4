"""The page of the workshop's clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, HiddenField, RadioField
from wtforms.validators import ValidationError

from sandbox import clock, french
from sandbox.console import advancing, desk
from sandbox.console.advancing import Face, Move
from sandbox.console.desk import bp, open_workshop_of
from sandbox.console.forms import choices
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Form, WholeNumber

MOST = {"hours": 24 * 366, "days": 366}
WRONG = "Écrivez un nombre entier : un an au plus, soit 366 jours."


class MoveHands(Form):
    """One of the presses, or so many hours or days."""

    guarded = False
    seen = HiddenField()
    to = HiddenField()
    amount = WholeNumber("Avancer de combien ?", wrong=WRONG)
    unit = RadioField("Compter en", default="days", choices=choices([("hours", "heures"), ("days", "jours")]))

    def validate_amount(self, field: Field) -> None:
        if self.to.data not in set(Move) and not 1 <= (field.data or 0) <= MOST.get(self.unit.data, 0):
            raise ValidationError(WRONG)

    def goal(self, now: datetime) -> datetime:
        if self.to.data in set(Move):
            return advancing.goal(now, Move(self.to.data))
        return now + timedelta(**{self.unit.data: self.amount.data})


@bp.route("/<code>/horloge", methods=["GET", "POST"])
def hands(code: str) -> ResponseReturnValue:
    """What hour it is in the workshop, and making it later."""
    workshop = open_workshop_of(code)
    face, form = advancing.face(workshop), MoveHands()
    if form.validate_on_submit():
        try:
            told = advancing.advance(desk.trainer(), workshop, form.goal(face.now), form.seen.data or "")
            db.session.commit()
            flash(_said(advancing.face(desk.workshop_of(code)), told), "done")
        except Refused as refused:
            db.session.rollback()
            flash(refused.phrase, "warning")
        return redirect(url_for("console.hands", code=code))
    page = render_template(
        "console/hands.html", workshop=workshop, form=form, face=face, today=clock.real_now(),
        presses=[(move, advancing.goal(face.now, move)) for move in Move], late=_late(face),
    )
    return page, 422 if form.errors else 200


def _late(face: Face) -> str:
    """« soit 42 jours après aujourd’hui », told when the clock was moved."""
    days = (face.now.date() - clock.real_now().date()).days
    return french.several(days, "jour") if days else ""


def _said(face: Face, told: list[str]) -> str:
    happened = f"En chemin : {french.listed(told)}." if told else "Rien n’était à faire en chemin."
    return f"Dans l’atelier, nous sommes le {french.full_moment(face.now)}. {happened}"
