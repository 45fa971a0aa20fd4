"""« Mes rendez-vous » at the booking site: what comes, what is past; moved and cancelled here, and the agenda follows."""

from __future__ import annotations

from datetime import datetime

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.access import To, actor, may
from sandbox.agenda.models import Appointment, Status
from sandbox.agenda.service import NOT_MOVABLE, SAME_HOUR
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.partners import finding, telling
from sandbox.partners.booking import NO_SUCH_HOUR, about, calendar, catch_up, elsewhere, mine, page, standing
from sandbox.partners.models import Customer
from sandbox.partners.portal import bp, customer_of, need_customer, sheet_of
from sandbox.partners.telling import SLUG


@bp.get("/rdv-valbrune/mes-rendez-vous")
def booked_list() -> ResponseReturnValue:
    """What comes, then what is past."""
    customer = need_customer(SLUG)
    catch_up(customer)
    found = telling.of(customer)
    coming = [one for one in found if one.status is Status.CONFIRMED and not one.is_over]
    past = [one for one in reversed(found) if one not in coming]
    return page("list", coming=coming, past=past, waiting=telling.waiting(customer), **standing(customer))


@bp.get("/rdv-valbrune/mes-rendez-vous/<ref>")
def booked(ref: str) -> ResponseReturnValue:
    """One of them: moved or cancelled while it is to come."""
    customer = need_customer(SLUG)
    catch_up(customer)
    return page("one", **about(customer, mine(customer, ref)))


@bp.get("/rdv-valbrune/mes-rendez-vous/<ref>/etat")
def booked_state(ref: str) -> Response:
    """What it says alone, for the open page: the professional may change it meanwhile."""
    customer = customer_of(SLUG) or abort(404)
    return fragment("partners/booking/_one.html", sheet=sheet_of(SLUG), **about(customer, mine(customer, ref)))


@bp.route("/rdv-valbrune/mes-rendez-vous/<ref>/deplacer", methods=["GET", "POST"])
def booked_move(ref: str) -> ResponseReturnValue:
    """Another hour of the same professional: a day, an hour, and yes. The former is kept until the new one is had."""
    customer = need_customer(SLUG)
    found, slot = mine(customer, ref), finding.moment(request.args.get("a", ""))
    if found.professional is None or not may(actor(), To.CHANGE_BOOKING, found):
        return _refused(found, NOT_MOVABLE)
    if slot is None:
        if request.args.get("a"):
            flash(NO_SUCH_HOUR, "error")
        return page("move", appointment=found, professional=found.professional, **calendar(found.professional))
    if request.method == "GET":
        return page("move_confirm", appointment=found, slot=slot, **standing(customer))
    return _moved(customer, found, slot)


@bp.post("/rdv-valbrune/mes-rendez-vous/<ref>/annuler")
def booked_cancel(ref: str) -> ResponseReturnValue:
    customer = need_customer(SLUG)
    found = mine(customer, ref)
    try:
        telling.cancel(customer, found)
    except Refused as refused:
        return _refused(found, refused.phrase)
    db.session.commit()
    flash("Le rendez-vous est annulé : l’heure est libre pour une autre personne.", "done")
    return redirect(url_for(".booked", ref=ref))


def _moved(customer: Customer, found: Appointment, slot: datetime) -> ResponseReturnValue:
    if slot == found.starts_at:
        return _refused(found, SAME_HOUR)
    try:
        telling.move(customer, found, slot)
    except Refused as refused:
        if found.professional is None or not found.can_be_cancelled:  # settled a second before
            return _refused(found, refused.phrase)
        return elsewhere(found.professional, slot, refused, appointment=found)
    db.session.commit()
    flash(f"C’est fait : vous avez maintenant rendez-vous {french.full_moment(slot)}.", "done")
    return redirect(url_for(".booked", ref=found.ref))


def _refused(found: Appointment, phrase: str) -> ResponseReturnValue:
    """Nothing changed; the appointment's page says how it stands."""
    db.session.rollback()
    flash(phrase, "error")
    return redirect(url_for(".booked", ref=found.ref))
