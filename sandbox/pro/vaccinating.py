"""Recording a vaccination, mending it, taking back what was recorded by mistake."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import db
from sandbox.forms import Day, Form
from sandbox.pro.forms import tidy
from sandbox.pro.portal import bp, tried
from sandbox.pro.portal import patient as patient_of
from sandbox.vaccination import service
from sandbox.vaccination.models import Vaccination
from sandbox.vaccination.service import DOSES, SITES, Told

LOT = "Recopiez le numéro de lot écrit sur la boîte, par exemple AB123C : des lettres, des chiffres et des tirets, 40 au plus."
GONE = "Cette vaccination n’est plus dans le dossier : vous l’avez retirée, peut-être dans une autre fenêtre."
NO_VACCINE = "Choisissez le vaccin dans la liste."
CHOOSE = SelectChoice("", "Choisissez…")


class VaccinationForm(Form):
    vaccine = SelectField("Vaccin contre", [InputRequired(NO_VACCINE)], validate_choice=False, render_kw={"autofocus": True})
    given_on = Day("Date de l’injection", [InputRequired("Écrivez la date, par exemple 12/03/2026.")])
    dose = SelectField(
        "Dose", [InputRequired("Choisissez la dose.")], choices=[CHOOSE, *(SelectChoice(one, one) for one in DOSES)], validate_choice=False
    )
    lot = StringField("Numéro de lot", [DataRequired(LOT), Length(max=40, message=LOT), Regexp(r"^[\w ./-]+$", message=LOT)], filters=[tidy])
    site = SelectField(
        "Endroit de l’injection", [InputRequired("Choisissez l’endroit.")], validate_choice=False,
        choices=[CHOOSE, *(SelectChoice(one, one) for one in SITES)],
    )
    next_on = Day("Prochaine dose", validators=[Optional()])

    def __init__(self, record: Record, data: dict[str, object] | None = None) -> None:
        super().__init__(data=data or {"given_on": today()})
        self.record = record
        self.vaccine.choices = [CHOOSE, *(SelectChoice(code, _words(one["label"])) for code, one in service.vaccines().items())]

    def validate_vaccine(self, field: SelectField) -> None:
        if field.data not in service.vaccines():
            raise ValidationError(NO_VACCINE)

    def validate_dose(self, field: SelectField) -> None:
        if field.data not in DOSES:
            raise ValidationError("Choisissez la dose dans la liste.")

    def validate_site(self, field: SelectField) -> None:
        if field.data not in SITES:
            raise ValidationError("Choisissez l’endroit dans la liste.")

    def validate_given_on(self, field: Day) -> None:
        if field.data and field.data > today():
            raise ValidationError("Cette date n’est pas encore venue. On note une vaccination une fois faite.")
        if field.data and field.data < self.record.birth_date:
            raise ValidationError("Cette date est avant la naissance du patient. Vérifiez l’année.")

    def validate_next_on(self, field: Day) -> None:
        if field.data and self.given_on.data and field.data <= self.given_on.data:
            raise ValidationError("La prochaine dose vient après celle-ci. Vérifiez la date, ou laissez vide.")

    def told(self) -> Told:
        return Told(*(self[name].data for name in ("vaccine", "given_on", "dose", "lot", "site", "next_on")))


@bp.route("/patients/<ref>/vaccinations/ajouter", methods=["GET", "POST"])
def vaccinate(ref: str) -> ResponseReturnValue:
    """What was injected; the patient finds the note of it."""
    record = patient_of(ref, To.VACCINATE)
    form = VaccinationForm(record)
    if form.validate_on_submit() and tried(form.vaccine, lambda: service.add(actor(), record, form.told())):
        flash(f"La vaccination est notée. {record.name} en est averti et trouve la note dans son carnet de vaccination.", "done")
        return _back(record)
    return _page(form, record), 422 if form.errors else 200


@bp.route("/patients/<ref>/vaccinations/<vaccination_ref>/corriger", methods=["GET", "POST"])
def correct_vaccination(ref: str, vaccination_ref: str) -> ResponseReturnValue:
    """What was mistyped: the note gets a new version."""
    one = _mine(ref, vaccination_ref, To.REPLACE)
    require(actor(), To.READ_VACCINATION, one)
    record, names = one.record, ("vaccine", "given_on", "dose", "lot", "site", "next_on")
    form = VaccinationForm(record, {name: getattr(one, name) for name in names})
    if form.validate_on_submit() and tried(form.vaccine, lambda: service.correct(actor(), one, form.told())):
        flash(f"La vaccination est corrigée. {record.name} en est averti, et la note a une nouvelle version.", "done")
        return _back(record)
    return _page(form, record, one), 422 if form.errors else 200


@bp.post("/patients/<ref>/vaccinations/<vaccination_ref>/retirer")
def withdraw_vaccination(ref: str, vaccination_ref: str) -> ResponseReturnValue:
    """It was recorded by mistake: it leaves the record with its note."""
    one = _mine(ref, vaccination_ref, To.WITHDRAW)
    service.withdraw(actor(), one)
    db.session.commit()
    flash(f"La vaccination n’est plus dans le dossier de {one.record.name}, qui en est averti.", "done")
    return _back(one.record)


def _mine(ref: str, vaccination_ref: str, to: To) -> Vaccination:
    """What this professional recorded, and may change; 404 otherwise. Raises Shut."""
    record, one = patient_of(ref, To.VACCINATE), service.find(vaccination_ref)
    if one is None or one.record_id != record.id or one.document is None:
        abort(404)
    if may(actor(), To.PUT_BACK, one.document):
        flash(GONE, "info")
        abort(_back(record))
    require(actor(), to, one.document)
    return one


def _page(form: VaccinationForm, record: Record, one: Vaccination | None = None) -> str:
    calendar = [(_words(vaccine["label"]), vaccine) for vaccine in service.vaccines().values()]
    return render_template("pro/vaccinate.html", form=form, record=record, vaccination=one, calendar=calendar)


def _back(record: Record) -> Response:
    return redirect(url_for("pro.patient", ref=record.ref, volet="vaccinations"))


def _words(label: str) -> str:
    return label[0].upper() + label[1:]
