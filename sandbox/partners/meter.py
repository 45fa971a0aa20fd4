"""Glyco Suivi: the simulated site of a connected glucose meter."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.catalogue import exchanges
from sandbox.catalogue.calls import Denied
from sandbox.catalogue.models import Purpose
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.french import several
from sandbox.measures import KINDS
from sandbox.partners import notes, readings
from sandbox.partners.models import Customer
from sandbox.partners.notes import SENT, Barrier
from sandbox.partners.portal import bp, customer_of, need_customer, sheet_of

BESIDE = ("poids", "hba1c")  # what the firm shows beside the readings: nothing else is asked for
KEPT = "Votre mesure est notée ici. Elle n’est pas partie dans « Mon espace santé »."


@bp.get("/glyco-suivi")
def meter() -> ResponseReturnValue:
    """The device, and what it has measured."""
    customer = need_customer(readings.SLUG)
    return _page("home", customer, report=next(iter(notes.of(customer, readings.REPORT, most=1)), None), **_readings(customer))


@bp.get("/glyco-suivi/mesures")
def meter_readings() -> Response:
    """Live: the trainer made the device measure."""
    customer = customer_of(readings.SLUG) or abort(404)
    return fragment("partners/meter/_readings.html", sheet=sheet_of(readings.SLUG), **_readings(customer))


@bp.post("/glyco-suivi/mesure")
def take_reading() -> ResponseReturnValue:
    note = readings.take(need_customer(readings.SLUG))
    db.session.commit()
    told = f"Mesure faite : {note.label.replace('.', ',')} g/L."
    if note.answer == SENT:
        flash(f"{told} Elle est dans « Mon espace santé ».", "done")
    else:
        flash(f"{told} {KEPT}", "warning")
    return redirect(url_for(".meter"))


@bp.post("/glyco-suivi/envoi")
def send_readings() -> ResponseReturnValue:
    """Offer again what the portal had not taken."""
    taken, why = readings.send_waiting(need_customer(readings.SLUG))
    db.session.commit()
    if taken:
        flash(f"{several(taken, 'mesure envoyée', 'mesures envoyées')} à « Mon espace santé ».", "done")
    if why:
        flash(why, "error")
    return redirect(url_for(".meter"))


@bp.get("/glyco-suivi/poids")
@writes
def beside() -> ResponseReturnValue:
    """Weight and HbA1c, read from the portal each time: the firm keeps no copy."""
    customer = need_customer(readings.SLUG)
    try:
        found, barrier = exchanges.measures(customer.passkey, BESIDE) if customer.passkey else [], None
    except Denied as denied:
        found, barrier = [], Barrier(denied.phrase, denied.denial)
    db.session.commit()
    end_of_writing()
    barrier = barrier or notes.barrier(customer, Purpose.READ_MEASURES)
    kinds = [(KINDS[kind], [one for one in found if one.kind == kind]) for kind in BESIDE]
    return _page("beside", customer, kinds=kinds, barrier=barrier)


@bp.post("/glyco-suivi/bilan")
def report() -> ResponseReturnValue:
    """The month's report, among the documents."""
    customer = need_customer(readings.SLUG)
    try:
        note = readings.report(customer)
    except Refused as refused:
        flash(refused.phrase, "error")
        return redirect(url_for(".meter"))
    db.session.commit()
    if note.answer == SENT:
        flash(f"« {note.label} » est dans vos documents, dans « Mon espace santé ».", "done")
    return redirect(url_for(".meter", _anchor="bilan"))


def _readings(customer: Customer) -> dict[str, Any]:
    return {
        "readings": notes.of(customer, readings.READING), "waiting": len(notes.waiting(customer, readings.READING)),
        "barrier": notes.barrier(customer, Purpose.WRITE_MEASURES), "report_barrier": notes.barrier(customer, Purpose.WRITE_DOCUMENTS),
    }


def _page(name: str, customer: Customer, **about: Any) -> str:
    return render_template(f"partners/meter/{name}.html", sheet=sheet_of(readings.SLUG), customer=customer, **about)
