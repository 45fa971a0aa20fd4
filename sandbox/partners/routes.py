"""Rendez-vous Valbrune: the simulated site of another firm, where appointments are really taken."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

import sqlalchemy as sa
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from sandbox import clock
from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import User
from sandbox.agenda import service
from sandbox.agenda.models import Appointment, Availability
from sandbox.db import db, end_of_writing
from sandbox.errors import Refused
from sandbox.learner import portal
from sandbox.partners.forms import Booking

bp = portal("partners", __name__, "/partenaires")


@bp.get("/rdv-valbrune")
def booking() -> ResponseReturnValue:
    """First: with whom."""
    return render_template("partners/professionals.html", professionals=service.bookable())


@bp.get("/rdv-valbrune/<ref>")
def slots(ref: str) -> ResponseReturnValue:
    """Then: which day of the next four weeks, and which hour of that day."""
    professional = _professional(ref)
    free = defaultdict(list)
    for slot in service.free_slots(professional, clock.today()):
        free[slot.date()].append(slot)
    chosen = _day(request.args.get("jour", ""))
    return render_template("partners/slots.html", professional=professional, free=free, chosen=chosen)


@bp.route("/rdv-valbrune/<ref>/confirmer", methods=["GET", "POST"])
def confirm(ref: str) -> ResponseReturnValue:
    """At last: why, and yes. Somebody else may have been quicker."""
    professional, form = _professional(ref), Booking(slot=request.args.get("a", ""))
    slot = _moment(form.slot.data or "")
    if form.validate_on_submit():
        try:
            appointment = service.book(actor(), professional, slot, form.reason.data or "", record=opened_record())
        except service.SlotTaken as taken:
            return _too_late(professional, slot, taken)
        db.session.commit()
        return redirect(url_for("partners.done", ref=appointment.ref))
    page = render_template("partners/confirm.html", professional=professional, form=form, slot=slot, record=opened_record())
    return page, 422 if form.errors else 200


@bp.get("/rdv-valbrune/confirme/<ref>")
def done(ref: str) -> ResponseReturnValue:
    appointment = db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).first() or abort(404)
    require(actor(), To.SEE_APPOINTMENT, appointment)
    return render_template("partners/done.html", appointment=appointment)


def _too_late(professional: User, slot: datetime, taken: Refused) -> ResponseReturnValue:
    db.session.rollback()
    end_of_writing()
    nearest = service.nearest(professional, slot)
    page = render_template(
        "partners/taken.html", professional=professional, slot=slot, nearest=nearest, phrase=taken.phrase
    )
    return page, 409


def _professional(ref: str) -> User:
    """Somebody who publishes openings; 404 otherwise."""
    offers = sa.select(Availability.professional_id)
    query = sa.select(User).where(User.ref == ref, User.id.in_(offers)).options(joinedload(User.professional))
    return db.session.scalars(query).first() or abort(404)


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _moment(told: str) -> datetime:
    """« 2026-03-03T09:20 », in Paris; 404 when it is nonsense."""
    try:
        wanted = datetime.strptime(told, "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError:
        abort(404)
    return clock.at(wanted.date(), wanted.hour, wanted.minute)
