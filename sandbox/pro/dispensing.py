"""A prescription at the counter: analysed, carried out in all or part, corrected, and printed on the back of the paper."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import live
from sandbox.access import To, actor, may, require
from sandbox.clock import today
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.french import several
from sandbox.prescriptions import delivering, problems
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Delivery, Kind, Prescription
from sandbox.pro import in_front, stopping
from sandbox.pro.handing import Sheet
from sandbox.pro.portal import bp

NOT_TODAY = "Vous n’avez rien noté aujourd’hui sur cette ordonnance : il n’y a rien à imprimer."


@bp.get("/delivrance/<ref>")
def dispense(ref: str) -> str:
    """The prescription analysed: who it is for, what was done of each line, what may be done today."""
    found = _mine(ref)
    return _page(found, Sheet(found))


@bp.get("/delivrance/<ref>/suivi")
def dispense_lines(ref: str) -> Response:
    """Its state, lines and history alone, for the page left open while another counter works."""
    return fragment("pro/_analysis.html", prescription=_mine(ref))


@bp.post("/delivrance/<ref>")
def deliver(ref: str) -> ResponseReturnValue:
    """What is written for each line, together: all of it is recorded, or none."""
    sheet = Sheet(_mine(ref), sent=True)
    try:
        done = sheet.carry_out(actor()) if sheet.validate() else []
    except Refused as refused:
        return _refused(ref, sheet, refused)
    return _recorded(ref, done) if done else (_page(_mine(ref), sheet), 422)


@bp.post("/delivrance/<ref>/tout")
def deliver_all(ref: str) -> ResponseReturnValue:
    """All that is open today, in one press."""
    try:
        return _recorded(ref, delivering.deliver_all(actor(), _mine(ref)))
    except Refused as refused:
        db.session.rollback()
        flash(refused.phrase, "error")
        return redirect(url_for("pro.dispense", ref=ref))


@bp.post("/delivrance/<ref>/corriger/<delivery_ref>")
def undo(ref: str, delivery_ref: str) -> ResponseReturnValue:
    """Recorded by mistake: it no longer counts, and the history says so."""
    every = [done for line in _mine(ref).lines for done in line.deliveries]
    done = next((one for one in every if one.ref == delivery_ref), None) or abort(404)
    try:
        if not may(actor(), To.UNDO_DELIVERY, done):
            raise Refused(delivering.TOO_LATE_TO_UNDO)
        delivering.undo(actor(), done)
    except Refused as refused:
        flash(refused.phrase, "error")
    else:
        db.session.commit()
        flash(f"C’est corrigé : ce qui était noté pour {done.line.name} ne compte plus.", "done")
    return redirect(url_for("pro.dispense", ref=ref))


@bp.get("/delivrance/<ref>/dos")
def receipt(ref: str) -> ResponseReturnValue:
    """What is printed on the back of the paper: what I did today (reference §2.3)."""
    found = _mine(ref)
    done = _of_today(found)
    if not done:
        flash(NOT_TODAY, "info")
        return redirect(url_for("pro.dispense", ref=ref))
    return render_template("pro/receipt.html", prescription=found, done=done, pharmacist=actor(), day=today())


def _refused(ref: str, sheet: Sheet, refused: Refused) -> ResponseReturnValue:
    """Nothing was recorded; what was typed stays, unless nothing more can be done with the prescription."""
    db.session.rollback()
    found = _mine(ref)
    if found.is_presentable:
        return _page(found, sheet), 422
    flash(refused.phrase, "error")
    return redirect(url_for("pro.dispense", ref=ref))


def _recorded(ref: str, done: list[Delivery]) -> ResponseReturnValue:
    db.session.commit()
    kept = [f"{one.line.name} ({several(one.quantity, one.line.unit)})" for one in done if one.quantity]
    left = [f"{one.line.name} ({one.refused})" for one in done if one.refused]
    verb = delivering.done_word(done[0].line.prescription)
    told = [f"{verb.capitalize()} : {', '.join(kept)}." if kept else "", f"Non {verb} : {', '.join(left)}." if left else ""]
    flash(" ".join(["C’est noté.", *filter(None, told)]), "done")
    return redirect(url_for("pro.dispense", ref=ref))


def _page(found: Prescription, sheet: Sheet) -> str:
    """What one did today oneself can be corrected; who is in front was perhaps noted."""
    mine, person = _of_today(found), in_front.noted()
    deposits = found.kind is not Kind.PRODUCTS and may(actor(), To.DEPOSIT, found.record)
    return render_template(
        "pro/dispense.html", prescription=found, sheet=sheet, can_deposit=deposits,
        topic=live.topic_of_prescription(found.ref), is_noted=person is not None and person.id == found.record_id, mine=mine, can_undo=[done for done in mine if may(actor(), To.UNDO_DELIVERY, done)],
    )


def _of_today(found: Prescription) -> list[Delivery]:
    every = (done for line in found.lines for done in line.kept)
    return [done for done in every if done.pharmacist_id == actor().id and done.day == today()]


def _mine(ref: str) -> Prescription:
    """One that this profession carries out, for whoever is in front; another is met by the screen that says why. Raises Stopped."""
    require(actor(), To.DISPENSE)
    found = prescriptions.find(ref) or abort(404)
    if (slug := stopping.stop(found)) and slug not in problems.CLOSED.values():
        raise Stopped(found)
    require(actor(), To.EXECUTE, found)
    return found


class Stopped(Exception):
    """It is not for this profession, not for whoever is in front, or of a record that is shut."""

    def __init__(self, found: Prescription) -> None:
        self.ref = found.ref


@bp.errorhandler(Stopped)
def _stopped(error: Stopped) -> ResponseReturnValue:
    """Nothing is recorded."""
    db.session.rollback()
    return redirect(url_for("pro.stopped", ref=error.ref))
