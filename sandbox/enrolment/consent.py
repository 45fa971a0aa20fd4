"""The terms of use: read, accepted, or refused without anything being done."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import DataRequired

from sandbox.account import codes, place
from sandbox.account.models import User
from sandbox.db import db
from sandbox.enrolment import journey
from sandbox.enrolment.section import bp
from sandbox.forms import Form

NOTHING_DONE = "Rien n’a été fait : votre espace est créé, il n’est pas activé. Vous pouvez revenir quand vous voulez."


class AcceptTerms(Form):
    accepted = BooleanField(
        "J’ai lu et j’accepte ces conditions",
        validators=[DataRequired("Pour continuer, cochez cette case. Si vous n’êtes pas d’accord, appuyez sur « Je n’accepte pas ».")],
    )


@bp.route("/conditions", methods=["GET", "POST"])
def terms() -> ResponseReturnValue:
    way = journey.arrive_at("terms")
    form = AcceptTerms()
    if form.validate_on_submit():
        way.note(terms=True)
        return way.onward()
    return render_template("enrolment/terms.html", form=form), 422 if form.errors else 200


@bp.get("/conditions/refus")
def refusing() -> ResponseReturnValue:
    """What refusing means, before it is done."""
    way = journey.arrive_at("terms")
    return render_template("enrolment/refusing.html", may_object=way.record.may_object)


@bp.post("/conditions/refus")
def refuse() -> ResponseReturnValue:
    """The activation stops there, and everything is as before it."""
    way = journey.arrive_at("terms")
    _give_back_keys(way.user)
    db.session.commit()
    journey.forget()
    flash(NOTHING_DONE, "done")
    return redirect(url_for("account.sign_in", code=place.here().code))


def _give_back_keys(user: User) -> None:
    """The identifier and the password chosen a moment ago are forgotten: those of the card come back."""
    if card := codes.card_of(user):
        user.identifier, user.password_hash = card.identifier, card.password_hash
