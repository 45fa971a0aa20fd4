"""The page of the confidence question: five answers, or none."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectChoice
from wtforms.validators import ValidationError

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db
from sandbox.exercises import feelings
from sandbox.exercises.feelings import LEVELS, When
from sandbox.exercises.section import bp
from sandbox.forms import Form

ASKED = {
    When.BEFORE: "Avant de commencer, vous sentez-vous à l’aise avec « Mon espace santé » ?",
    When.AFTER: "Et maintenant, vous sentez-vous à l’aise avec « Mon espace santé » ?",
}
MISSING = "Choisissez une des cinq réponses. Vous pouvez aussi ne pas répondre."


def _level(typed: object) -> int:
    """0 for what is no answer."""
    return next((level for level in LEVELS if str(level) == str(typed)), 0)


class Felt(Form):
    level = RadioField(
        "Votre réponse", choices=[SelectChoice(level, words) for level, words in LEVELS.items()], coerce=_level, validate_choice=False
    )

    def validate_level(self, field: RadioField) -> None:
        if field.data not in LEVELS:
            raise ValidationError(MISSING)


@bp.route("/ressenti/<any(avant, apres):moment>", methods=["GET", "POST"])
def feel(moment: str) -> ResponseReturnValue:
    when, where, seat = When(moment), here(), actor().seat
    form = Felt(level=feelings.of_seat(where, seat).get(when))
    if form.validate_on_submit():
        feelings.say(where, seat, when, form.level.data)
        db.session.commit()
        flash("Merci, votre réponse est gardée. Elle ne porte pas votre nom.", "done")
        return redirect(url_for("exercises.index" if when is When.BEFORE else "exercises.finish"))
    return render_template("exercises/feel.html", form=form, question=ASKED[when], when=when), 422 if form.errors else 200
