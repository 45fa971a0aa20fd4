"""A prescription at the counter: what remains of each line, delivered or refused."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.french import several
from sandbox.prescriptions import delivering
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Line, Prescription
from sandbox.pro.forms import Handover, Refusal
from sandbox.pro.portal import bp


@bp.get("/delivrance/<ref>")
def dispense(ref: str) -> str:
    """The prescription analysed: who it is for, what remains of each line."""
    return _page(_scanned_before(ref))


@bp.post("/delivrance/<ref>/lignes/<line_ref>/delivrer")
def deliver(ref: str, line_ref: str) -> ResponseReturnValue:
    """Hand over some of one line."""
    found = _scanned_before(ref)
    line, form = _line(found, line_ref), Handover(prefix=f"{line_ref}-")
    if not form.validate():
        return _page(found, form), 422
    try:
        delivering.deliver(actor(), line, form.quantity.data, form.substituted.data or "", form.note.data or "")
    except Refused as refused:
        return _page(found, form, refused.phrase), 422
    return _done(found, f"{line.name} : {several(form.quantity.data, line.unit)} à remettre au patient. C’est enregistré.")


@bp.post("/delivrance/<ref>/lignes/<line_ref>/refuser")
def refuse(ref: str, line_ref: str) -> ResponseReturnValue:
    """Hand over nothing of one line, with the reason."""
    found = _scanned_before(ref)
    line, form = _line(found, line_ref), Refusal(prefix=f"{line_ref}-")
    if not form.validate():
        return _page(found, form), 422
    try:
        delivering.refuse(actor(), line, form.reason.data)
    except Refused as refused:
        return _page(found, form, refused.phrase), 422
    return _done(found, f"{line.name} : non délivré, le motif est enregistré.")


def _done(found: Prescription, phrase: str) -> ResponseReturnValue:
    db.session.commit()
    flash(phrase, "done")
    return redirect(url_for("pro.dispense", ref=found.ref))


def _page(found: Prescription, sent: Form | None = None, problem: str = "") -> str:
    """Each line with its two forms; the one that was just sent keeps what it holds."""
    forms = {line.ref: _forms(line, sent) for line in found.lines if line.remaining}
    return render_template("pro/dispense.html", prescription=found, forms=forms, sent=sent, problem=problem)


def _forms(line: Line, sent: Form | None) -> tuple[Form, Form]:
    prefix = f"{line.ref}-"
    usual = min(line.quantity, line.remaining)
    deliver_, refuse_ = Handover(formdata=None, prefix=prefix, quantity=usual), Refusal(formdata=None, prefix=prefix)
    if sent is not None and sent._prefix == prefix:
        return (sent, refuse_) if isinstance(sent, Handover) else (deliver_, sent)
    return deliver_, refuse_


def _scanned_before(ref: str) -> Prescription:
    require(actor(), To.DISPENSE)
    return prescriptions.find(ref) or abort(404)


def _line(found: Prescription, ref: str) -> Line:
    return next((line for line in found.lines if line.ref == ref), None) or abort(404)
