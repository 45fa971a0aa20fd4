"""The page of the hours at which the workshop goes back to its start by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox import clock, french
from sandbox.console.desk import bp, open_workshop_of
from sandbox.console.forms import choices
from sandbox.db import db
from sandbox.forms import Form, Hour
from sandbox.workshops import returning, upkeep
from sandbox.workshops.models import Workshop
from sandbox.workshops.returning import ReturnHour

WHEN_WRONG = "Écrivez une heure, par exemple 12:30."
EVERY_DAY = "1234567"


class AddHour(Form):
    guarded = False
    hour = Hour("À quelle heure ?", wrong=WHEN_WRONG, validators=[InputRequired(WHEN_WRONG)])
    days = SelectMultipleField(
        "Quels jours ?", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
        choices=choices((number, name.capitalize()) for number, name in enumerate(french.DAYS, 1)),
        validators=[DataRequired("Cochez au moins un jour.")],
    )

    @property
    def minute(self) -> int:
        moment: time = self.hour.data
        return moment.hour * 60 + moment.minute


@dataclass(frozen=True)
class Told:
    number: int
    words: str
    is_on: bool


@bp.route("/<code>/heures", methods=["GET", "POST"])
def hours(code: str) -> ResponseReturnValue:
    """The hours of this workshop, and one more."""
    workshop = open_workshop_of(code)
    form = AddHour(days=[1, 2, 3, 4, 5])
    if form.validate_on_submit():
        returning.add(workshop, form.days.data, form.minute)
        return _planned(workshop, "C’est noté.")
    found = [Told(one.id, words(one), one.is_on) for one in returning.hours_of(workshop.id)]
    page = render_template("console/hours.html", workshop=workshop, form=form, hours=found, next=next_of(workshop))
    return page, 422 if form.errors else 200


@bp.post("/<code>/heures/<int:number>/<any(arreter, reprendre):verb>")
def turn_hour(code: str, number: int, verb: str) -> ResponseReturnValue:
    """It waits, or counts again."""
    workshop = open_workshop_of(code)
    returning.turn(workshop, _hour_of(workshop, number), on=verb == "reprendre")
    return _planned(workshop, "C’est noté.")


@bp.post("/<code>/heures/<int:number>/supprimer")
def remove_hour(code: str, number: int) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    returning.remove(workshop, _hour_of(workshop, number))
    return _planned(workshop, "Cette heure est supprimée.")


def _hour_of(workshop: Workshop, number: int) -> ReturnHour:
    return next((hour for hour in returning.hours_of(workshop.id) if hour.id == number), None) or abort(404)


def _planned(workshop: Workshop, phrase: str) -> Response:
    db.session.commit()
    upkeep.later(workshop.id)
    following = next_of(db.session.get_one(Workshop, workshop.id))
    told = f"Prochaine remise à zéro : {following}." if following else "Plus aucune remise à zéro n’est prévue."
    flash(f"{phrase} {told}", "done")
    return redirect(url_for("console.hours", code=workshop.code))


def next_of(workshop: Workshop) -> str:
    """« demain à 8 h »; nothing when none is to come."""
    at: datetime | None = workshop.returns_at
    return french.at(at, clock.real_now().date()) if at and not workshop.is_closed else ""


def words(hour: ReturnHour) -> str:
    """« Tous les jours à 8 h », « Du lundi au vendredi à 12 h 30 », « Lundi et jeudi à 8 h »."""
    days = [int(sign) for sign in hour.weekdays]
    names = [french.DAYS[day - 1] for day in days]
    if hour.weekdays == EVERY_DAY:
        said = "Tous les jours"
    elif len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        said = f"Du {names[0]} au {names[-1]}"
    else:
        said = french.listed(names).capitalize()
    return f"{said} à {french.hour(clock.at(clock.real_now().date(), *divmod(hour.minute, 60)))}"
