"""The learner's prescriptions: the list, the code to show at the pharmacy, and what was delivered."""

from __future__ import annotations

from flask import Response, abort, render_template

from sandbox import qr
from sandbox.access import To, actor, opened_record, require
from sandbox.account.place import here
from sandbox.db import db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section
from sandbox.prescriptions import code, service
from sandbox.prescriptions.models import Prescription

bp = portal("prescriptions", __name__, "/ordonnances")


@bp.get("/")
@writes
def index() -> str:
    """Every prescription, in a word what it is good for."""
    trace_section("ordonnances", "Ordonnances")
    return render_template("prescriptions/index.html", prescriptions=service.of_record(opened_record()))


@bp.get("/liste")
def rows() -> Response:
    """The list alone, for the open page."""
    return fragment("prescriptions/_list.html", prescriptions=service.of_record(opened_record()))


@bp.get("/<ref>")
@writes
def show(ref: str) -> str:
    """One prescription, with its code: showing it leaves a trace."""
    return render_template("prescriptions/show.html", prescription=(shown := _shown(ref)), square=_square(shown))


@bp.get("/<ref>/feuille")
@writes
def sheet(ref: str) -> str:
    """The same on a sheet of paper."""
    return render_template("prescriptions/sheet.html", prescription=(shown := _shown(ref)), square=_square(shown))


@bp.get("/<ref>/suivi")
def follow(ref: str) -> Response:
    """What was delivered, alone, for the open page."""
    return fragment("prescriptions/_follow.html", prescription=_mine(ref))


def _mine(ref: str) -> Prescription:
    prescription = service.find(ref) or abort(404)
    require(actor(), To.SEE_PRESCRIPTION, prescription)
    return prescription


def _shown(ref: str) -> Prescription:
    prescription = _mine(ref)
    service.show(actor(), prescription)
    db.session.commit()
    end_of_writing()
    return prescription


def _square(prescription: Prescription) -> qr.Square:
    return qr.square(code.payload(prescription.number, here().workshop_id), robust=True)
