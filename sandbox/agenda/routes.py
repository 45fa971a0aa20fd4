"""The learner's agenda: appointments of booking services, read-only, and one's own."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record, require
from sandbox.agenda import planner, service
from sandbox.agenda.forms import OwnAppointment
from sandbox.agenda.models import Appointment
from sandbox.db import db, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section

bp = portal("agenda", __name__, "/agenda")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("agenda", "Agenda")
    coming, past = planner.split(planner.items(opened_record()))
    return render_template("agenda/index.html", coming=coming, past=past)


@bp.get("/liste")
def listing() -> ResponseReturnValue:
    """The live part of the list."""
    coming, past = planner.split(planner.items(opened_record()))
    return fragment("agenda/_list.html", coming=coming, past=past)


@bp.get("/mois")
def month() -> ResponseReturnValue:
    """A month laid out in weeks: `?mois=2026-03`."""
    shown = planner.month_of(request.args.get("mois", ""))
    before, after = planner.beside(shown)
    weeks = planner.weeks(planner.items(opened_record()), shown)
    is_empty = not any(cell.items for week in weeks for cell in week)
    return render_template(
        "agenda/month.html", month=shown, weeks=weeks, before=before, after=after, is_empty=is_empty
    )


@bp.get("/<ref>")
def show(ref: str) -> ResponseReturnValue:
    return render_template("agenda/show.html", **_shown(_appointment(ref, To.SEE_APPOINTMENT)))


@bp.get("/<ref>/etat")
def state(ref: str) -> ResponseReturnValue:
    """What it says alone, for the open page: the professional may change it meanwhile."""
    return fragment("agenda/_show.html", **_shown(_appointment(ref, To.SEE_APPOINTMENT)))


def _shown(appointment: Appointment) -> dict[str, object]:
    return {
        "appointment": appointment, "can_change": may(actor(), To.CHANGE_APPOINTMENT, appointment),
        "can_cancel": may(actor(), To.CANCEL_APPOINTMENT, appointment),
    }


@bp.route("/ajouter", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    form = OwnAppointment()
    if form.validate_on_submit():
        appointment = service.add(actor(), opened_record(), form.details())
        db.session.commit()
        flash("Le rendez-vous est noté dans votre agenda.", "done")
        return redirect(url_for("agenda.show", ref=appointment.ref))
    return render_template("agenda/form.html", form=form, appointment=None), 422 if form.errors else 200


@bp.route("/<ref>/modifier", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    appointment = _appointment(ref, To.CHANGE_APPOINTMENT)
    form = OwnAppointment.of(appointment)
    if form.validate_on_submit():
        service.change(actor(), appointment, form.details())
        db.session.commit()
        flash("Le rendez-vous est modifié.", "done")
        return redirect(url_for("agenda.show", ref=ref))
    return render_template("agenda/form.html", form=form, appointment=appointment), 422 if form.errors else 200


@bp.post("/<ref>/supprimer")
def remove(ref: str) -> ResponseReturnValue:
    service.remove(actor(), _appointment(ref, To.CHANGE_APPOINTMENT))
    db.session.commit()
    flash("Le rendez-vous n’est plus dans votre agenda.", "done")
    return redirect(url_for("agenda.index"))


@bp.post("/<ref>/annuler")
def cancel(ref: str) -> ResponseReturnValue:
    """Done at the booking service, which tells the agenda at once."""
    appointment = _appointment(ref, To.SEE_APPOINTMENT)
    if appointment.can_be_cancelled:
        require(actor(), To.CANCEL_APPOINTMENT, appointment)
    try:
        service.cancel(actor(), appointment)
    except Refused as refused:
        flash(refused.phrase, "error")
    else:
        db.session.commit()
        flash("Le rendez-vous est annulé chez Rendez-vous Valbrune. Le créneau est libre pour une autre personne.", "done")
    return redirect(url_for("agenda.show", ref=ref))


def _appointment(ref: str, what: To) -> Appointment:
    """The appointment of that name; 404 when one may not do this to it."""
    appointment = db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).first() or abort(404)
    require(actor(), what, appointment)
    return appointment
