"""Saying something to one seat, several or all, and seeing who has read it."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.classroom import words
from sandbox.console import overview, speaking_forms
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.fragments import fragment


@bp.route("/<code>/mots", methods=["GET", "POST"])
def speak(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    asked = set(request.args.getlist("seat", type=int)) & set(range(1, workshop.seats + 1))
    form = speaking_forms.speak(overview.seat_names(workshop), sorted(asked), exercises.of_workshop(workshop.id))
    if form.validate_on_submit():
        words.send(workshop, form.chosen, form.said())
        db.session.commit()
        flash(f"C’est envoyé : {_whom(form.chosen, workshop.seats)}.", "done")
        return redirect(url_for("console.speak", code=workshop.code))
    sent = words.sent(workshop.id)
    return render_template("console/words.html", workshop=workshop, form=form, sent=sent), 422 if form.errors else 200


@bp.get("/<code>/mots/envoyes")
def sent_words(code: str) -> Response:
    """The live part: who has read what."""
    workshop = ready_workshop_of(code)
    return fragment("console/_sent.html", workshop=workshop, sent=words.sent(workshop.id))


@bp.post("/<code>/mots/<ref>/retirer")
def take_back(code: str, ref: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    seats = words.take_back(workshop, ref)
    db.session.commit()
    flash(f"C’est retiré : {french.places(seats).lower()}." if seats else "Rien à retirer : plus aucune place n’avait ce mot à lire.", "done")
    return redirect(url_for("console.speak", code=workshop.code))


@bp.app_template_filter("seats")
def _seats(numbers: list[int]) -> str:
    return french.places(numbers)


def _whom(seats: list[int], of: int) -> str:
    return "toutes les places" if len(seats) == of else french.places(seats).lower()
