"""The learner's prescriptions: the list, the code to show at the pharmacy, what was delivered and who reads it, a pharmacy to send it to."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import qr
from sandbox.access import To, actor, may, opened_record, require
from sandbox.account.models import User
from sandbox.account.place import here
from sandbox.db import db, end_of_writing, writes
from sandbox.documents.uploads import clean
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section
from sandbox.messaging.models import Conversation
from sandbox.prescriptions import code, objecting, sending, service
from sandbox.prescriptions.forms import ToPharmacy
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
    shown = _shown(ref)
    return render_template(
        "prescriptions/show.html", prescription=shown, square=_square(shown), sent=sending.sent_to(shown),
        may_send=may(actor(), To.SEND_PRESCRIPTION, shown), may_object=may(actor(), To.CHOOSE_PRIVACY, shown.record),
    )


@bp.get("/<ref>/feuille")
@writes
def sheet(ref: str) -> str:
    """The same on a sheet of paper."""
    return render_template("prescriptions/sheet.html", prescription=(shown := _shown(ref)), square=_square(shown))


@bp.get("/<ref>/suivi")
def follow(ref: str) -> Response:
    """What was delivered, alone, for the open page."""
    return fragment("prescriptions/_follow.html", prescription=_mine(ref))


@bp.get("/<ref>/code")
def code_of(ref: str) -> Response:
    """The code alone, for the open page: it goes when it is no longer of use."""
    return fragment("prescriptions/_code.html", prescription=(mine := _mine(ref)), square=_square(mine))


@bp.post("/<ref>/opposition")
def oppose(ref: str) -> ResponseReturnValue:
    """Its prescriber reads no more what is delivered."""
    return _decided(ref, objecting.oppose, "ne voit plus ce que vous retirez. Vous pouvez changer d’avis.")


@bp.post("/<ref>/accord")
def allow(ref: str) -> ResponseReturnValue:
    """Its prescriber reads again what is delivered."""
    return _decided(ref, objecting.allow, "voit de nouveau ce que vous retirez.")


def _decided(ref: str, decide: Callable[[User, Prescription], None], words: str) -> ResponseReturnValue:
    prescription = _mine(ref)
    require(actor(), To.CHOOSE_PRIVACY, prescription.record)
    decide(actor(), prescription)
    db.session.commit()
    flash(f"C’est noté : {prescription.prescriber.name} {words}", "done")
    return redirect(url_for("prescriptions.show", ref=ref, _anchor="lecture"))


@bp.get("/<ref>/envoyer")
def send(ref: str) -> ResponseReturnValue:
    """Which pharmacy? Those the person knows first; or one looked for."""
    prescription, words = _mine(ref), clean(request.args.get("q", ""))[:60]
    if not may(actor(), To.SEND_PRESCRIPTION, prescription):
        return redirect(url_for("prescriptions.show", ref=ref))
    found = sending.pharmacies(prescription, words)
    return render_template("prescriptions/send.html", prescription=prescription, words=words, found=found)


@bp.route("/<ref>/envoyer/<pharmacy_ref>", methods=["GET", "POST"])
def send_to(ref: str, pharmacy_ref: str) -> ResponseReturnValue:
    """A few words, and it goes, with its readable copy."""
    prescription = _mine(ref)
    require(actor(), To.SEND_PRESCRIPTION, prescription)
    pharmacy = sending.find(prescription, pharmacy_ref) or abort(404)
    form = ToPharmacy(text=sending.text_for(prescription, actor()))
    if form.validate_on_submit() and (talk := _sent(prescription, pharmacy, form)):
        db.session.commit()
        flash(f"Votre ordonnance est partie à la {pharmacy.card.place}.", "done")
        return redirect(url_for("messaging.show", ref=talk.ref))
    page = render_template("prescriptions/send_to.html", prescription=prescription, pharmacy=pharmacy, form=form)
    return page, 422 if form.errors else 200


def _sent(prescription: Prescription, pharmacy: sending.Pharmacy, form: ToPharmacy) -> Conversation | None:
    try:
        return sending.send(actor(), prescription, pharmacy, form.text.data or "")
    except Refused as refused:
        form.text.errors = (refused.phrase,)
        return None


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
