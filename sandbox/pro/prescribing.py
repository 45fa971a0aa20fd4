"""Prescribing: what kind, the sheet to fill, the check before signing, the signed prescription, and taking it back."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.prescriptions import formulary, paper
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Kind, Prescription
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of
from sandbox.pro.sheet import REF, Sheet
from sandbox.workshops.papers import words_of

SIGNED = "L’ordonnance est signée : {} la trouve dans son espace."
ALREADY = (
    "Cette feuille était déjà signée : voici l’ordonnance, telle que vous l’avez signée. "
    "Pour en faire une autre, choisissez « Reprendre cette ordonnance »."
)


@bp.get("/patients/<ref>/prescrire")
def prescribe(ref: str) -> str:
    """What kind of prescription, or one of mine to take up again; then its sheet."""
    record = patient_of(ref, To.PRESCRIBE)
    if again := request.args.get("reprendre"):
        signed = _own(again) if REF.fullmatch(again) else abort(404)
        return _page(Sheet.like(signed)) if signed.record_id == record.id else abort(404)
    if kind := request.args.get("type"):
        return _page(Sheet(_kind(kind), record, []))
    return render_template("pro/prescribe.html", record=record, kinds=list(Kind), mine=prescriptions.by_prescriber(actor(), record))


@bp.post("/patients/<ref>/prescrire")
def sheet_sent(ref: str) -> ResponseReturnValue:
    """A line is added or moved, the sheet is checked, gone back to, or signed."""
    record = patient_of(ref, To.PRESCRIBE)
    sheet, what = Sheet.sent(_kind(request.args.get("type", "")), record), request.form.get("faire", "verifier")
    if what == "modifier":
        return _page(sheet)
    if what not in {"verifier", "signer"}:
        sheet.rearrange(what)
        return _page(sheet)
    if not sheet.validate():
        return _page(sheet), 422
    return _sign(sheet) if what == "signer" else _check(sheet)


def _page(sheet: Sheet) -> str:
    return render_template("pro/prescribe_sheet.html", sheet=sheet, record=sheet.record, choices=formulary.items(sheet.kind).values())


def _check(sheet: Sheet) -> str:
    """As the paper will say it, with what deserves a second look."""
    warnings = sheet.warnings(prescriptions.by_prescriber(actor(), sheet.record))
    lines = [(line, words_of(asdict(line))) for line in sheet.told()]
    return render_template("pro/prescribe_check.html", sheet=sheet, record=sheet.record, lines=lines, warnings=warnings)


def _sign(sheet: Sheet) -> ResponseReturnValue:
    signed, now = prescriptions.prescribe_once(actor(), sheet.record, sheet.told(), sheet.kind, sheet.ref)
    db.session.commit()
    flash(SIGNED.format(sheet.record.name) if now else ALREADY, "done" if now else "info")
    return redirect(url_for("pro.prescription", ref=signed.ref))


def _kind(typed: str) -> Kind:
    return Kind(typed) if typed in list(Kind) else abort(404)


@bp.get("/ordonnances/<ref>")
def prescription(ref: str) -> str:
    """What I prescribed, and what was delivered of it."""
    return render_template("pro/prescription.html", **_shown(_own(ref)))


@bp.get("/ordonnances/<ref>/suivi")
def prescription_lines(ref: str) -> Response:
    """Its state and lines alone, for the open page."""
    return fragment("pro/_prescription.html", **_shown(_own(ref)))


@bp.post("/ordonnances/<ref>/annuler")
def cancel(ref: str) -> ResponseReturnValue:
    """Taken back, while nothing was delivered."""
    found = _own(ref)
    try:
        prescriptions.cancel(actor(), found)
    except Refused as refused:
        flash(refused.phrase if may(actor(), To.SEE_DELIVERIES, found) else prescriptions.TOO_LATE, "error")
        return redirect(url_for("pro.prescription", ref=ref))
    db.session.commit()
    flash("L’ordonnance est annulée : rien ne peut plus en être délivré.", "done")
    return redirect(url_for("pro.prescription", ref=ref))


def _shown(found: Prescription) -> dict[str, object]:
    """Who may not know what was delivered is not told by what is offered either."""
    sees = may(actor(), To.SEE_DELIVERIES, found)
    open_still = may(actor(), To.CANCEL_PRESCRIPTION, found) and found.state == "valid" if sees else not found.cancelled_at
    return {
        "prescription": found, "words": {line.id: paper.words(line) for line in found.lines}, "sees": sees, "can_cancel": open_still,
        "can_resume": may(actor(), To.PRESCRIBE, found.record),
    }


def _own(ref: str) -> Prescription:
    found = prescriptions.find(ref) or abort(404)
    require(actor(), To.SEE_PRESCRIPTION, found)
    if found.prescriber_id != actor().id:
        abort(404)
    return found
