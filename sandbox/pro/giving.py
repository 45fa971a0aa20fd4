"""Giving a patient an appointment: on one of the next free slots, or at any hour that is free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import groupby, islice

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation, ValidationError

from sandbox import clock, french
from sandbox.access import To, actor, require
from sandbox.account.models import Record
from sandbox.agenda import managing, openings
from sandbox.agenda.managing import Gift
from sandbox.agenda.models import Appointment
from sandbox.agenda.slots import free_slots
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Day, Form, Hour, WholeNumber
from sandbox.pro import finding
from sandbox.pro.forms import at_most, tidy
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of

SLOTS, OF_A_DAY = 8, 3  # proposed, and of one day at most
MOMENT, OTHER = "%Y-%m-%dT%H:%M", "autre"
SHOWN = 30
TWO_HOURS = "Vous avez aussi écrit une date ou une heure. Choisissez « À une autre heure », ou effacez-les."
NO_DAY = "Choisissez la date, par exemple 12/03/2027, ou l’une des heures libres au-dessus."
NO_HOUR = "Choisissez l’heure, par exemple 14:30, ou l’une des heures libres au-dessus."


def with_other(missing: str) -> Callable[[Form, Field], None]:
    """Only asked of whoever chooses another hour than those proposed."""

    def check(form: Form, field: Field) -> None:
        typed = bool(field.raw_data and str(field.raw_data[0]).strip())
        if form.when.data != OTHER or not typed:
            field.errors = []
            raise StopValidation(missing if form.when.data == OTHER else "")

    return check


class Giving(Form):
    title = StringField(
        "Motif", [DataRequired("Écrivez le motif, par exemple « Contrôle de la tension »."), at_most(100)], filters=[tidy],
        render_kw={"autofocus": True},
    )
    when = RadioField("Quand", [InputRequired("Choisissez une heure dans la liste.")])
    day = Day("Date", validators=[with_other(NO_DAY)])
    hour = Hour("Heure", wrong="Cette heure n’existe pas. Écrivez-la ainsi : 14:30.", validators=[with_other(NO_HOUR)])
    minutes = WholeNumber("Durée, en minutes", validators=[Optional()])
    note = TextAreaField("À savoir pour le patient", [Optional(), at_most(managing.NOTE)])

    def validate_when(self, field: RadioField) -> None:
        if field.data != OTHER and (self.day.data or self.hour.data):
            raise ValidationError(TWO_HOURS)

    def validate_day(self, field: Day) -> None:
        if field.data and not clock.today() <= field.data <= clock.today() + managing.LATEST:
            raise ValidationError(managing.NOT_THEN)

    def validate_minutes(self, field: IntegerField) -> None:
        if field.data is not None and not openings.SHORTEST <= field.data <= openings.LONGEST:
            raise ValidationError(openings.LENGTH)

    def gift(self) -> Gift:
        """What was typed, once it is valid."""
        day, hour = self.day.data, self.hour.data
        chosen = clock.at(day, hour.hour, hour.minute) if self.when.data == OTHER else _moment(self.when.data)
        assert chosen is not None  # noqa: S101 — one of the choices
        return Gift(self.title.data or "", chosen, self.minutes.data, (self.note.data or "").replace("\r\n", "\n"))


@bp.get("/rendez-vous/donner")
def give_to() -> str:
    """First: to whom."""
    require(actor(), To.HOLD_APPOINTMENTS)
    words, slot = request.args.get("q", "").strip()[:60], _asked()
    everyone = finding.everyone()
    found = [one for one in (finding.by_words(words, everyone) if words else everyone) if not one.is_shut]
    alike = finding.look_alikes(everyone)
    return render_template(
        "pro/give_to.html", patients=found[:SHOWN], count=len(found), words=words, slot=slot, told=_told(slot), alike=alike
    )


@bp.route("/patients/<ref>/rendez-vous", methods=["GET", "POST"])
def give(ref: str) -> ResponseReturnValue:
    """Then: why and when. A slot that somebody took meanwhile is refused, and the others shown."""
    record = patient_of(ref, To.GIVE_APPOINTMENT)
    form = _form()
    if form.validate_on_submit() and (given := _given(record, form)):
        db.session.commit()
        flash(f"{record.name} a rendez-vous {french.full_moment(given.starts_at)}, et en est averti.", "done")
        return redirect(url_for("pro.appointments", jour=given.day.isoformat()))
    return render_template("pro/give.html", form=form, record=record), 422 if form.errors else 200


def _given(record: Record, form: Giving) -> Appointment | None:
    """The appointment, or nothing when its hour is not free, and the form says why."""
    try:
        return managing.give(actor(), record, form.gift())
    except Refused as refused:
        form.when.errors = (refused.phrase,)
        return None


def _form() -> Giving:
    """The next free slots to choose from, the one of the address first; another hour stays possible."""
    asked, me = _asked(), actor()
    free = free_slots(me, (asked or clock.now()).date())
    slots = [slot for slot in free if slot == asked] + _first([slot for slot in free if slot != asked])
    form = Giving(when=_told(slots[0]) if slots else OTHER)
    if form.when.data not in {OTHER, *map(_told, slots)} and (sent := _moment(form.when.data or "")):
        slots.insert(0, sent)  # chosen, and taken meanwhile: said so, and kept in sight
    form.when.choices = [SelectChoice(_told(slot), french.full_moment(slot).capitalize()) for slot in slots]
    form.when.choices.append(SelectChoice(OTHER, "À une autre heure, ci-dessous"))
    return form


def _first(free: list[datetime]) -> list[datetime]:
    """A few hours of the first days."""
    days = groupby(free, key=datetime.date)
    return [slot for _, slots in days for slot in islice(slots, OF_A_DAY)][:SLOTS]


def _asked() -> datetime | None:
    """The hour of the address, when it is one that may be given."""
    asked = _moment(request.args.get("a", ""))
    return asked if asked and clock.now() < asked <= clock.now() + managing.LATEST else None


def _told(slot: datetime | None) -> str:
    return slot.strftime(MOMENT) if slot else ""


def _moment(told: str) -> datetime | None:
    """« 2026-03-03T09:20 », in Paris; nothing when it is nonsense."""
    try:
        wanted = datetime.strptime(told, MOMENT)  # noqa: DTZ007
    except ValueError:
        return None
    return clock.at(wanted.date(), wanted.hour, wanted.minute)
