"""A child's compulsory exams: which are made, filling one, taking back what was recorded by mistake."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from sandbox import french
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import db
from sandbox.forms import Day, Form
from sandbox.prevention import exams, service
from sandbox.prevention.exams import Exam, age_on
from sandbox.prevention.models import ChildExam
from sandbox.prevention.service import Told
from sandbox.pro.forms import at_most
from sandbox.pro.portal import bp, tried
from sandbox.pro.portal import patient as patient_of

LONGEST_FIGURE = len("123.45")
NOT_MEASURED = "Écrivez {}, par exemple {}."
ODD = "Ce chiffre étonne. Écrivez {} entre {} et {}, par exemple {}."


NOT_THERE = "Cet examen n’est pas noté : il a peut-être été retiré dans une autre fenêtre."
AGE = "L’enfant avait {} ce jour-là : cet examen se fait du {} au {}. Vérifiez la date, ou cochez « Enregistrer quand même »."


class Measured:
    """Validator of what was measured: a number between what is possible, with a comma or a point."""

    def __init__(self, what: str, least: int, most: int, example: str) -> None:
        self.what, self.least, self.most, self.example = what, least, most, example

    def __call__(self, form: Form, field: StringField) -> None:
        try:
            told = Decimal(kept(field))
        except InvalidOperation:
            raise ValidationError(NOT_MEASURED.format(self.what, self.example)) from None
        if not (told.is_finite() and self.least <= told <= self.most and len(kept(field)) <= LONGEST_FIGURE):
            raise ValidationError(ODD.format(self.what, self.least, self.most, self.example))


WEIGHT, HEIGHT, HEAD = (
    Measured("le poids en kilos", 1, 150, "20,5"), Measured("la taille en centimètres", 30, 220, "116"),
    Measured("le tour de tête en centimètres", 25, 65, "51"),
)


class ExamForm(Form):
    made_on = Day("Date de l’examen", [InputRequired("Écrivez la date, par exemple 12/03/2026.")])
    poids = StringField("Poids, en kg", [InputRequired("Écrivez le poids en kilos, par exemple 20,5."), WEIGHT], render_kw={"autofocus": True})
    taille = StringField("Taille, en cm", [InputRequired("Écrivez la taille en centimètres, par exemple 116."), HEIGHT])
    perimetre_cranien = StringField("Périmètre crânien, en cm", [Optional(), HEAD])
    conclusion = TextAreaField("Conclusion", [Optional(), at_most(service.LONGEST)])
    anyway = BooleanField("Enregistrer quand même")

    def __init__(self, record: Record, exam: Exam) -> None:
        super().__init__(data={"made_on": today()})
        self.record, self.exam, self.warns = record, exam, False

    def validate_made_on(self, field: Day) -> None:
        """An exam made too early or too late is warned about, and may be told all the same."""
        born, day = self.record.birth_date, field.data
        if day and day > today():
            raise ValidationError("Cette date n’est pas encore venue. On note un examen une fois fait.")
        if day and day < born:
            raise ValidationError("Cette date est avant la naissance de l’enfant. Vérifiez l’année.")
        self.warns = day is not None and not self.exam.fits(born, day)
        if day and self.warns and not self.anyway.data:
            first, last = self.exam.window(born)
            raise ValidationError(AGE.format(age_on(born, day), french.short_date(first), french.short_date(last)))

    def told(self) -> Told:
        measured = {kind: kept(self[kind]) for kind in service.MEASURED if kept(self[kind])}
        return Told(self.made_on.data, (self.conclusion.data or "").replace("\r\n", "\n"), measured)


@bp.get("/patients/<ref>/examens")
def child_exams(ref: str) -> str:
    """The twenty: those that are made, the one to make now and those to come; what is past and not noted is folded."""
    record = patient_of(ref, To.EXAMINE_CHILD)
    made, born, day = service.made(record), record.birth_date, today()
    lines = [(exam, made.get(exam.code), *exam.window(born), exam.fits(born, day)) for exam in exams.every().values()]
    mine = {one.exam for one in made.values() if one.document and may(actor(), To.WITHDRAW, one.document)}
    missed = [line for line in lines if line[1] is None and line[3] < day and not line[4]]
    return render_template(
        "pro/child_exams.html", record=record, lines=lines, current=[line for line in lines if line not in missed],
        missed=missed, mine=mine, age=age_on(born, day), today=day, readable=_readable(made),
    )


@bp.route("/patients/<ref>/examens/<code>", methods=["GET", "POST"])
def examine(ref: str, code: str) -> ResponseReturnValue:
    """What was measured and concluded; the report and the certificate where one is due go among the documents."""
    record, exam = patient_of(ref, To.EXAMINE_CHILD), _exam(code)
    form = ExamForm(record, exam)
    if form.validate_on_submit() and tried(form.made_on, lambda: service.add(actor(), record, exam, form.told())):
        papers = "le compte rendu et le certificat" if exam.certificate else "le compte rendu"
        flash(f"L’examen est noté. Les parents sont avertis et trouvent {papers} dans le dossier de {record.name}.", "done")
        return redirect(url_for("pro.child_exams", ref=ref))
    made = service.made(record)
    page = render_template("pro/examine.html", form=form, record=record, exam=exam, before=made.get(code), is_readable=code in _readable(made))
    return page, 422 if form.errors else 200


@bp.post("/patients/<ref>/examens/<code>/retirer")
def withdraw_exam(ref: str, code: str) -> ResponseReturnValue:
    """Recorded by mistake: it may be recorded again."""
    record, exam = patient_of(ref, To.EXAMINE_CHILD), _exam(code)
    one = service.made(record).get(code)
    if one is None:
        flash(NOT_THERE, "info")
        return redirect(url_for("pro.child_exams", ref=ref))
    if one.document is None:
        abort(404)
    require(actor(), To.WITHDRAW, one.document)
    service.withdraw(actor(), one, exam)
    db.session.commit()
    flash("L’examen n’est plus dans le dossier, ni ses mesures : les parents en sont avertis.", "done")
    return redirect(url_for("pro.child_exams", ref=ref))


def _readable(made: dict[str, ChildExam]) -> set[str]:
    """The exams whose report this professional may read."""
    return {code for code, one in made.items() if one.document and may(actor(), To.READ, one.document)}


def _exam(code: str) -> Exam:
    return exams.every().get(code) or abort(404)


def kept(field: StringField) -> str:
    """What was measured as it is kept, « 20.5 »."""
    return (field.data or "").strip().replace(",", ".")
