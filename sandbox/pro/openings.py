"""« Mes horaires »: the weekly hours that booking pages offer, added, changed, removed."""

from __future__ import annotations

from datetime import time

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange

from sandbox.access import To, actor, require
from sandbox.agenda import openings as published
from sandbox.agenda.models import Appointment, Availability
from sandbox.agenda.openings import DAYS, LENGTH, LONGEST, SHORTEST, USUAL, Hours
from sandbox.agenda.slots import SUNDAY
from sandbox.db import db
from sandbox.forms import Form, Hour, WholeNumber
from sandbox.pro.portal import bp, tried

WRONG = "Cette heure n’existe pas. Écrivez-la ainsi : 09:00."
NO_MORE = "Ces horaires ne sont plus publiés : quelqu’un les a retirés ou changés. Voici ceux d’aujourd’hui."


def _weekday(told: str | int) -> int:
    """(What is no day is refused like Sunday, with the cure.)"""
    return int(told) if str(told) in map(str, DAYS) else SUNDAY


class Opening(Form):
    weekday = SelectField(
        "Jour", coerce=_weekday, validate_choice=False,
        choices=[SelectChoice(number, name.capitalize()) for number, name in DAYS.items() if number != SUNDAY],
    )
    opens = Hour("De", wrong=WRONG, validators=[InputRequired("Écrivez l’heure du début, par exemple 09:00.")])
    closes = Hour("À", wrong=WRONG, validators=[InputRequired("Écrivez l’heure de la fin, par exemple 12:00.")])
    minutes = WholeNumber("Minutes par rendez-vous", validators=[InputRequired(LENGTH), NumberRange(SHORTEST, LONGEST, LENGTH)])

    def hours(self) -> Hours:
        return Hours(self.weekday.data, f"{self.opens.data:%H:%M}", f"{self.closes.data:%H:%M}", self.minutes.data or USUAL)


@bp.route("/horaires", methods=["GET", "POST"])
def openings() -> ResponseReturnValue:
    """What is published, and the form that adds to it."""
    require(actor(), To.PUBLISH_OPENINGS)
    form = Opening(minutes=USUAL)
    if form.validate_on_submit() and tried(form.opens, lambda: published.add(actor(), form.hours())):
        flash(f"Vous recevez maintenant {form.hours().words}. Les sites de rendez-vous proposent déjà ces heures.", "done")
        return redirect(url_for("pro.openings"))
    return render_template("pro/openings.html", form=form, **_shown()), 422 if form.errors else 200


@bp.route("/horaires/<when>", methods=["GET", "POST"])
def change_opening(when: str) -> ResponseReturnValue:
    """Other hours for one of them; what is booked stays."""
    opening, left = _opening(when), list[Appointment]()
    if opening is None:
        return _gone()
    form = Opening(data=_data(opening))
    if form.validate_on_submit() and tried(form.opens, lambda: left.extend(published.change(actor(), opening, form.hours()))):
        flash(f"C’est changé : vous recevez {form.hours().words}.{_kept(left)}", "done")
        return redirect(url_for("pro.openings"))
    return render_template("pro/opening.html", form=form, opening=opening, words=published.told(opening).words), 422 if form.errors else 200


@bp.post("/horaires/<when>/retirer")
def remove_opening(when: str) -> ResponseReturnValue:
    """No slot there any more; the appointments that were taken stay, and are told."""
    opening = _opening(when)
    if opening is None:
        return _gone()
    words, left = published.told(opening).words, published.remove(actor(), opening)
    db.session.commit()
    flash(f"Vous ne recevez plus {words}.{_kept(left)}", "done")
    return redirect(url_for("pro.openings"))


def _opening(when: str) -> Availability | None:
    """The opening of that name, « 1-09:00 »."""
    require(actor(), To.PUBLISH_OPENINGS)
    return published.find(actor(), when)


def _gone() -> ResponseReturnValue:
    flash(NO_MORE, "info")
    return redirect(url_for("pro.openings"))


def _shown() -> dict[str, object]:
    """What is published day by day, and who comes at other hours."""
    found = published.of(actor())
    days = [(DAYS[number], [one for one in found if one.weekday == number]) for number in DAYS]
    return {"days": [day for day in days if day[1]], "spoken": published.spoken, "outside": published.outside(actor())}


def _data(opening: Availability) -> dict[str, object]:
    """What the form shows of an opening as it is."""
    return {
        "weekday": opening.weekday, "minutes": opening.minutes, "opens": time.fromisoformat(opening.opens),
        "closes": time.fromisoformat(opening.closes),
    }


def _kept(left: list[Appointment]) -> str:
    """« 2 rendez-vous restent pris sur ces heures »."""
    if not left:
        return ""
    stay = "1 rendez-vous reste pris" if len(left) == 1 else f"{len(left)} rendez-vous restent pris"
    return f" {stay} sur ces heures : annulez-les s’il le faut, la liste est plus bas."
