"""Deciding about the measures that a received document holds: take them over, leave them, be asked or not."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from sandbox.access import To, actor, opened_record, require
from sandbox.db import db
from sandbox.documents.models import Extraction
from sandbox.documents.section import bp, document_of
from sandbox.profile import extraction

TAKEN, BACK = "Les mesures sont ajoutées à votre profil médical.", "Les mesures sont retirées de votre profil médical."
LEFT = "Les mesures restent dans le document seulement."
ASKED = "Quand un document reçu contient des mesures, nous vous proposerons de les reprendre."
NOT_ASKED = "Les mesures des documents reçus ne vous seront plus proposées."


@bp.post("/<ref>/mesures/reprendre")
def take_measures(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.FILE)
    extraction.take_over(actor(), document)
    db.session.commit()
    flash(TAKEN, "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/<ref>/mesures/laisser")
def leave_measures(ref: str) -> ResponseReturnValue:
    """Do not take them over, or take back what was."""
    document = document_of(ref, To.FILE)
    phrase = BACK if document.extraction is Extraction.ACCEPTED else LEFT
    extraction.refuse(actor(), document)
    db.session.commit()
    flash(phrase, "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/mesures/proposer", defaults={"proposes": True})
@bp.post("/mesures/ne-plus-proposer", defaults={"proposes": False})
def propose_measures(proposes: bool) -> ResponseReturnValue:
    """For the documents to come; pressed on a document (`?document=`) or on the page of measures."""
    record = opened_record()
    require(actor(), To.CHOOSE_PRIVACY, record)
    extraction.choose(actor(), record, proposes=proposes)
    db.session.commit()
    flash(ASKED if proposes else NOT_ASKED, "done")
    return _back()


def _back() -> Response:
    ref = request.args.get("document", "")
    return redirect(url_for(".show", ref=ref) if ref else url_for("profile.measures"))
