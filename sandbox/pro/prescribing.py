"""Prescribing: the sheet to fill, the signed prescription, and taking it back."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.db import db
from sandbox.fragments import fragment
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Prescription
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of
from sandbox.pro.sheet import Sheet
from sandbox.workshops.fixtures import common


@bp.route("/patients/<ref>/prescrire", methods=["GET", "POST"])
def prescribe(ref: str) -> ResponseReturnValue:
    """Lines to fill; signing deposits the readable copy and gives the number."""
    record = patient_of(ref, To.PRESCRIBE)
    sheet = Sheet()
    if request.method == "POST" and not sheet.wants_more and sheet.validate():
        signed = prescriptions.prescribe(actor(), record, sheet.told())
        db.session.commit()
        flash(f"L’ordonnance est signée : {record.name} la trouve dans son espace.", "done")
        return redirect(url_for("pro.prescription", ref=signed.ref))
    drugs = [drug["name"] for drug in common("drugs")["drug"]]
    page = render_template("pro/prescribe.html", sheet=sheet, record=record, drugs=drugs)
    return page, 422 if sheet.errors else 200


@bp.get("/ordonnances/<ref>")
def prescription(ref: str) -> str:
    """What I prescribed, and what was delivered of it."""
    found = _own(ref)
    return render_template("pro/prescription.html", **_shown(found))


@bp.get("/ordonnances/<ref>/suivi")
def prescription_lines(ref: str) -> Response:
    """Its state and lines alone, for the open page."""
    return fragment("pro/_prescription.html", **_shown(_own(ref)))


@bp.post("/ordonnances/<ref>/annuler")
def cancel(ref: str) -> ResponseReturnValue:
    """Taken back, while nothing was delivered."""
    found = _own(ref)
    prescriptions.cancel(actor(), found)
    db.session.commit()
    flash("L’ordonnance est annulée : aucune pharmacie ne peut plus la délivrer.", "done")
    return redirect(url_for("pro.prescription", ref=ref))


def _shown(found: Prescription) -> dict[str, object]:
    return {"prescription": found, "can_cancel": may(actor(), To.CANCEL_PRESCRIPTION, found) and found.state == "valid"}


def _own(ref: str) -> Prescription:
    found = prescriptions.find(ref) or abort(404)
    require(actor(), To.SEE_PRESCRIPTION, found)
    if found.prescriber_id != actor().id:
        abort(404)
    return found
