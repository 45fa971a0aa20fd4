"""Before a record opens: the patient's consent or refusal, or an emergency with a written reason; and blocking a colleague."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import sight
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents.uploads import clean
from sandbox.messaging.directory import professionals
from sandbox.privacy import service as privacy
from sandbox.pro import deposits, service
from sandbox.pro.forms import Emergency
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of


def closed(record: Record, **identity: object) -> str:
    """The page of a record that does not open: why, and what can still be done."""
    user = actor()
    if not may(user, To.ASK_CONSENT, record):
        return render_template(
            "pro/deposit_only.html", record=record, blocked=is_blocked(record), **deposits.of_patient(record), **identity
        )
    return render_template(
        "pro/consent.html", record=record, may_break=may(user, To.BREAK_GLASS, record),
        is_samu=user.professional is not None and user.professional.is_samu, refused=service.refused_at(user, record), **identity,
    )


def is_blocked(record: Record) -> bool:
    standing = privacy.standing_of(record, actor())
    return standing is not None and standing.is_blocked


@bp.post("/patients/<ref>/consentement")
def consent(ref: str) -> ResponseReturnValue:
    """The patient has just been asked, and agrees: the record opens; pressed twice, it is open already."""
    record = patient_of(ref, To.DEPOSIT)
    if may(actor(), To.ASK_CONSENT, record):
        privacy.agree(actor(), record)
        db.session.commit()
    require(actor(), To.OPEN_RECORD, record)
    return redirect(url_for("pro.patient", ref=ref))


@bp.post("/patients/<ref>/refus")
def refusal(ref: str) -> ResponseReturnValue:
    """The patient has just been asked, and says no: nothing opens."""
    record = patient_of(ref, To.ASK_CONSENT)
    privacy.refuse(actor(), record)
    db.session.commit()
    flash(f"Le refus de {record.name} est noté : son dossier ne s’ouvre pas. Le patient en voit la trace.", "done")
    return redirect(url_for("pro.patient", ref=ref))


@bp.route("/patients/<ref>/urgence", methods=["GET", "POST"])
def emergency(ref: str) -> ResponseReturnValue:
    """Break the glass: the reason is written, the patient is told."""
    record = patient_of(ref, To.DEPOSIT)
    if not may(actor(), To.BREAK_GLASS, record):
        return redirect(url_for("pro.patient", ref=ref))
    form = Emergency()
    if form.validate_on_submit():
        privacy.break_glass(actor(), record, form.reason.data)
        db.session.commit()
        return redirect(url_for("pro.patient", ref=ref))
    return render_template("pro/emergency.html", form=form, record=record), 422 if form.errors else 200


def standing(record: Record) -> dict[str, object]:
    """How the record is open to this professional now: what every page about it says, and says again when that changes."""
    found = privacy.standing_of(record, actor())
    return {
        "is_open": may(actor(), To.OPEN_RECORD, record), "in_emergency": sight.is_emergency(actor(), record),
        "until": found.glass_until if found else None, "blocked": is_blocked(record),
    }


@bp.get("/patients/<ref>/bloquer")
def others(ref: str) -> ResponseReturnValue:
    """An administrator finds the colleague to block for this patient."""
    record, words = patient_of(ref, To.BLOCK_OTHERS), clean(request.args.get("q", ""))[:60]
    found = [user for user in professionals(words) if _can_be_blocked(record, user)] if words else []
    return render_template("pro/block.html", record=record, words=words, found=found)


@bp.post("/patients/<ref>/bloquer/<colleague>")
def block_other(ref: str, colleague: str) -> ResponseReturnValue:
    record = patient_of(ref, To.BLOCK_OTHERS)
    user = next((one for one in professionals("") if one.ref == colleague and _can_be_blocked(record, one)), None) or abort(404)
    privacy.block(actor(), record, user)
    db.session.commit()
    flash(f"C’est bloqué : {user.name} ne peut plus lire ce dossier. Le patient en voit la trace.", "done")
    return redirect(url_for("pro.patient", ref=ref))


def _can_be_blocked(record: Record, user: User) -> bool:
    """A person, other than oneself, not blocked yet."""
    standing = privacy.standing_of(record, user)
    is_person = user.professional is not None and not user.professional.is_establishment
    return is_person and user.id != actor().id and not (standing and standing.is_blocked)
