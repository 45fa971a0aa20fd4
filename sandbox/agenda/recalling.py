"""Reminders: adding one, changing it, deleting it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock
from sandbox.access import To, actor, may, opened_record
from sandbox.acts import ReminderRemoved
from sandbox.agenda import reminders, reminding
from sandbox.agenda.forms import ReminderForm
from sandbox.agenda.models import Reminder
from sandbox.agenda.section import bp, gone, reminder_of, removed
from sandbox.catalogue.service import services
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment

UNTOLD = "Le moment de vous prévenir est déjà passé : vous ne recevrez pas de message."


@bp.route("/rappels/ajouter", methods=["GET", "POST"])
def add_reminder() -> ResponseReturnValue:
    form = ReminderForm()
    if form.validate_on_submit() and (noted := _done(form, lambda: reminders.add(actor(), opened_record(), form.wish()))):
        flash("Le rappel est dans l’agenda.", "done")
        _warn(noted)
        return redirect(url_for("agenda.reminder", ref=noted.ref))
    return render_template("agenda/reminder_form.html", form=form, reminder=None), 422 if form.errors else 200


@bp.get("/rappels/<ref>")
def reminder(ref: str) -> ResponseReturnValue:
    return render_template("agenda/reminder.html", **_shown(ref))


@bp.get("/rappels/<ref>/etat")
def reminder_state(ref: str) -> ResponseReturnValue:
    """What it says alone, for the open page: the service that wrote it may change it meanwhile."""
    return fragment("agenda/_reminder.html", **_shown(ref))


@bp.route("/rappels/<ref>/modifier", methods=["GET", "POST"])
def edit_reminder(ref: str) -> ResponseReturnValue:
    found = reminder_of(ref, To.CHANGE_REMINDER)
    form = ReminderForm.of(found)
    if form.validate_on_submit() and _done(form, lambda: reminders.change(actor(), found, form.wish())):
        flash("Le rappel est modifié.", "done")
        _warn(found)
        return redirect(url_for("agenda.reminder", ref=ref))
    return render_template("agenda/reminder_form.html", form=form, reminder=found), 422 if form.errors else 200


@bp.post("/rappels/<ref>/supprimer")
def remove_reminder(ref: str) -> ResponseReturnValue:
    if reminders.find(ref) is None:
        return gone(ReminderRemoved, ref)
    was = reminders.remove(actor(), reminder_of(ref, To.CHANGE_REMINDER))
    return removed(was)


def _shown(ref: str) -> dict[str, object]:
    found = reminder_of(ref, To.SEE_REMINDER)
    sheet, told = services().get(found.service), reminding.moment_of(found)
    return {
        "reminder": found, "can_change": may(actor(), To.CHANGE_REMINDER, found),
        "service": sheet.name if sheet else "", "told": told if told > clock.now() else None,
    }


def _warn(noted: Reminder) -> None:
    """Somebody who waits for a message that will not come would miss what they wanted to be told."""
    if reminding.moment_of(noted) <= clock.now():
        flash(UNTOLD, "info")


def _done(form: ReminderForm, verb: Callable[[], Reminder]) -> Reminder | None:
    """Do it and commit; what is refused is said at the date, and nothing typed is lost."""
    try:
        noted = verb()
    except Refused as refused:
        form.day.errors = [refused.phrase]
        return None
    db.session.commit()
    return noted
