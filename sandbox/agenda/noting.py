"""One's own appointment: noting it, changing it, deleting it and going back on it."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record
from sandbox.acts import AppointmentRemoved
from sandbox.agenda import own, reminders
from sandbox.agenda.forms import OwnAppointment
from sandbox.agenda.models import Appointment
from sandbox.agenda.section import REMOVED, appointment_of, bp, gone, just_removed, removed
from sandbox.db import db
from sandbox.errors import Refused


@bp.route("/ajouter", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    form = OwnAppointment()
    if form.validate_on_submit() and (noted := _done(form, lambda: own.add(actor(), opened_record(), form.details()))):
        flash("Le rendez-vous est noté dans l’agenda.", "done")
        return redirect(url_for("agenda.show", ref=noted.ref))
    return render_template("agenda/form.html", form=form, appointment=None), 422 if form.errors else 200


@bp.route("/<ref>/modifier", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    appointment = appointment_of(ref, To.CHANGE_APPOINTMENT)
    form = OwnAppointment.of(appointment)
    if form.validate_on_submit() and _done(form, lambda: own.change(actor(), appointment, form.details())):
        flash("Le rendez-vous est modifié.", "done")
        return redirect(url_for("agenda.show", ref=ref))
    return render_template("agenda/form.html", form=form, appointment=appointment), 422 if form.errors else 200


@bp.post("/<ref>/supprimer")
def remove(ref: str) -> ResponseReturnValue:
    if own.find(ref) is None:
        return gone(AppointmentRemoved, ref)
    was = own.remove(actor(), appointment_of(ref, To.CHANGE_APPOINTMENT))
    return removed(was)


@bp.post("/remettre")
def put_back() -> ResponseReturnValue:
    """Undo the deletion that was just made, of an appointment or of a reminder."""
    was = just_removed() or abort(404)
    verb = own.put_back if was["kind"] == "appointment" else reminders.put_back
    try:
        verb(actor(), opened_record(), was)
    except Refused as refused:
        flash(refused.phrase, "warning")
        return redirect(url_for(".index", retire=1))
    db.session.commit()
    session.pop(REMOVED)
    flash(f"« {was['title']} » est de nouveau dans l’agenda.", "done")
    return redirect(url_for(".show" if was["kind"] == "appointment" else ".reminder", ref=was["ref"]))


def _done(form: OwnAppointment, verb: Callable[[], Appointment]) -> Appointment | None:
    """Do it and commit; what is refused is said at the hour, and nothing typed is lost."""
    try:
        noted = verb()
    except Refused as refused:
        form.hour.errors = [refused.phrase]
        return None
    db.session.commit()
    return noted
