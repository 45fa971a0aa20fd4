"""The page of a situation: somebody is there, one answers, and reads why."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectChoice
from wtforms.validators import ValidationError

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db, end_of_writing, writes
from sandbox.exercises import answering, attempts, standing
from sandbox.exercises.answering import Answer, answers
from sandbox.exercises.section import bp, situation_of
from sandbox.exercises.service import Exercise
from sandbox.forms import Form

MISSING = "Choisissez une des réponses proposées. Vous pourrez en essayer une autre."


class Answered(Form):
    answer = RadioField("Votre réponse", validate_choice=False)

    @classmethod
    def to(cls, situation: Exercise) -> Answered:
        form = cls()
        form.answer.label.text = situation.asks
        form.answer.choices = [SelectChoice(str(one.number), one.text) for one in answers(situation)]
        return form

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(MISSING)


@bp.get("/situation/<slug>")
@writes
def situation(slug: str) -> ResponseReturnValue:
    found = situation_of(slug)
    attempts.begin(here(), actor().seat, found)
    db.session.commit()
    end_of_writing()
    return _page(found, Answered.to(found))


@bp.post("/situation/<slug>")
def answer(slug: str) -> ResponseReturnValue:
    found = situation_of(slug)
    form = Answered.to(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    answering.give(actor(), found, int(form.answer.data))
    db.session.commit()
    return redirect(url_for("exercises.situation", slug=slug, _anchor="reponse"))


def _page(found: Exercise, form: Answered) -> str:
    known, given = standing.of_seat(here(), actor().seat), answering.given(actor(), found)
    return render_template(
        "exercises/situation.html", situation=found, form=form, last=_shown(given), answers=answers(found),
        path=known.situations, next=known.after(known.item(found.slug)),
    )


def _shown(given: list[Answer]) -> Answer | None:
    """The answer that the page speaks of: once there is a right one, it stays."""
    return next((one for one in given if one.right), given[-1] if given else None)
