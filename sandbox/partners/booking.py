"""Rendez-vous Valbrune: the simulated site of another firm, where appointments are really taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from sandbox.access import To, actor, may, require
from sandbox.account.models import User
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Availability
from sandbox.agenda.slots import SlotTaken
from sandbox.catalogue.models import Purpose
from sandbox.db import begin_writing, db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.french import several
from sandbox.partners import finding, notes, telling
from sandbox.partners.forms import Booking
from sandbox.partners.models import Customer
from sandbox.partners.portal import bp, customer_of, need_customer, sheet_of
from sandbox.partners.telling import SLUG

NO_SUCH_HOUR = "Cette heure n’existe pas. Choisissez un jour, puis une heure dans la liste."
FILED = "La confirmation est aussi dans vos documents, dans « Mon espace santé »."
GONE, NOT_THERE = "Cet horaire vient d’être pris", "Cet horaire n’est pas libre"


@bp.get("/rdv-valbrune")
def booking() -> ResponseReturnValue:
    """First: with whom. `?specialite=cardiologie&lieu=valbrune`; one signs in only to take an appointment."""
    if customer := customer_of(SLUG):
        catch_up(customer)
    return page("search", answer=finding.search(request.args))


@bp.get("/rdv-valbrune/<ref>")
def hours(ref: str) -> ResponseReturnValue:
    """Then: which day, and which hour of that day."""
    professional = professional_of(ref)
    return page("hours", professional=professional, **calendar(professional))


@bp.route("/rdv-valbrune/<ref>/confirmer", methods=["GET", "POST"])
@writes
def confirm(ref: str) -> ResponseReturnValue:
    """At last: why, and yes. Somebody else may have been quicker."""
    professional, slot = professional_of(ref), finding.moment(request.args.get("a", ""))
    if slot is None:
        flash(NO_SUCH_HOUR, "error")
        return redirect(url_for(".hours", ref=ref))
    if request.method == "POST" and customer_of(SLUG) is None:
        return redirect(url_for(".confirm", ref=ref, a=slot.strftime(finding.MOMENT)))  # signed out meanwhile: the hour is kept
    customer, form = need_customer(SLUG), Booking(reasons=finding.reasons(professional))
    if taken := telling.taken_by(customer.record, professional, slot):
        return redirect(url_for(".done", ref=taken.ref))
    try:
        return _confirmed(customer, professional, slot, form) or _asked(customer, professional, slot, form)
    except Refused as refused:
        return _lost(customer, professional, slot, refused, form)


@bp.get("/rdv-valbrune/confirme/<ref>")
def done(ref: str) -> ResponseReturnValue:
    customer = need_customer(SLUG)
    return page("done", **about(customer, mine(customer, ref)))


def _confirmed(customer: Customer, professional: User, slot: datetime, form: Booking) -> ResponseReturnValue | None:
    """The appointment is taken; nothing while it is only looked at. Raises SlotTaken, Refused."""
    if "relire" in request.form or not form.validate_on_submit():
        return None
    appointment = telling.take(customer, professional, slot, form.note)
    if telling.file(customer, appointment):
        flash(FILED, "done")
    db.session.commit()
    return redirect(url_for(".done", ref=appointment.ref))


def _asked(customer: Customer, professional: User, slot: datetime, form: Booking) -> ResponseReturnValue:
    """The page that confirms, and says what stands in the agenda at that hour. Raises Refused when the slot is not free."""
    clash = telling.clash(customer, slot, slots.need_free(professional, slot))
    db.session.commit()
    end_of_writing()
    shown = page("confirm", professional=professional, form=form, slot=slot, record=customer.record, clash=clash, **standing(customer))
    return shown, 422 if form.errors else 200


def _lost(customer: Customer, professional: User, slot: datetime, refused: Refused, form: Booking) -> ResponseReturnValue:
    """Pressed twice in the same second, it was had; otherwise somebody else has it."""
    db.session.rollback()
    if taken := telling.taken_by(customer.record, professional, slot):
        return redirect(url_for(".done", ref=taken.ref))
    return elsewhere(professional, slot, refused, form=form)


# --- shared with « Mes rendez-vous » -------------------------------------------------------------------

def page(name: str, **about: Any) -> str:
    return render_template(f"partners/booking/{name}.html", sheet=sheet_of(SLUG), customer=customer_of(SLUG), **about)


def standing(customer: Customer) -> dict[str, Any]:
    """Whether the agenda may be told, and why not."""
    return {"barrier": notes.barrier(customer, Purpose.WRITE_AGENDA)}


def mine(customer: Customer, ref: str) -> Appointment:
    """The appointment of that name; 404 when it was not booked here for this person."""
    found = telling.find(customer, ref) or abort(404)
    require(actor(), To.SEE_BOOKING, found)
    return found


def about(customer: Customer, found: Appointment) -> dict[str, Any]:
    """What an appointment says, whether it may still change, and what the agenda knows of it."""
    return {
        "appointment": found, "can_change": may(actor(), To.CHANGE_BOOKING, found), "waits": found in telling.waiting(customer),
        "is_known": telling.is_known(found), **standing(customer),
    }


def catch_up(customer: Customer) -> None:
    """Once the agenda may be told, it hears of what waits."""
    if not (telling.may_tell(customer) and telling.waiting(customer)):
        return
    begin_writing()
    told = telling.push_waiting(customer)
    db.session.commit()
    end_of_writing()
    if told:
        inscribed = several(told, "rendez-vous est maintenant", "rendez-vous sont maintenant")
        flash(f"{inscribed} à jour dans votre agenda, dans « Mon espace santé ».", "done")


def calendar(professional: User) -> dict[str, Any]:
    """The days and the hours to choose from: `?jour=2026-03-12`, `?voir=tout` for the later weeks."""
    far = request.args.get("voir") == "tout"
    chosen, free = finding.day(request.args.get("jour", "")), finding.days(professional, far=True)
    shown = free if far else finding.days(professional, far=False)
    return {"free": shown, "chosen": chosen, "hours": free.get(chosen, []) if chosen else [], "has_more": len(free) > len(shown)}


def elsewhere(professional: User, slot: datetime, refused: Refused, **about: Any) -> ResponseReturnValue:
    """That hour cannot be had: nothing is written, what was typed is kept, and others are offered."""
    db.session.rollback()
    end_of_writing()
    taken = isinstance(refused, SlotTaken)
    shown = page(
        "taken", professional=professional, slot=slot, nearest=finding.nearest(professional, slot), phrase=refused.phrase,
        heading=GONE if taken else NOT_THERE, **{"appointment": None, "form": None} | about,
    )
    return shown, 409 if taken else 422


def professional_of(ref: str) -> User:
    """Somebody who publishes openings; 404 otherwise."""
    offers = sa.select(Availability.professional_id)
    query = sa.select(User).where(User.ref == ref, User.id.in_(offers)).options(joinedload(User.professional))
    return db.session.scalars(query).first() or abort(404)
