"""The first choices once inside: who sees what, by default and in an emergency. Each may wait, and be made again later."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents import masks
from sandbox.forms import Form
from sandbox.learner import portal
from sandbox.privacy import service as privacy
from sandbox.privacy.forms import EmergencyForm

bp = portal("onboarding", __name__, "/bienvenue")
VISIBLE, MASKED = "visible", "masked"
BEFORE = "masked_before"  # in the session: what was masked already when everything was, to go back on it
MOST = 200  # documents that the session can remember


class Confidentiality(Form):
    choice = RadioField(
        "Par défaut, mes documents sont",
        choices=[
            SelectChoice(VISIBLE, "Visibles des professionnels que j’autorise"),
            SelectChoice(MASKED, "Masqués à tous les professionnels"),
        ],
        validators=[InputRequired("Choisissez l’une des deux réponses, ou appuyez sur « Décider plus tard ».")],
    )


@bp.get("/")
def welcome() -> ResponseReturnValue:
    return render_template("onboarding/welcome.html", record=_mine())


@bp.route("/confidentialite", methods=["GET", "POST"])
def confidentiality() -> ResponseReturnValue:
    """Visible or masked, for what is there and for what comes."""
    record = _mine()
    form = Confidentiality(choice=MASKED if record.masks_new else VISIBLE)
    if form.validate_on_submit():
        (_mask if form.choice.data == MASKED else _show)(record)
        db.session.commit()
        flash(f"C’est noté : par défaut, vos documents sont {_default(record)}.", "done")
        return redirect(url_for(".emergency"))
    return render_template("onboarding/confidentiality.html", form=form), 422 if form.errors else 200


@bp.route("/urgence", methods=["GET", "POST"])
def emergency() -> ResponseReturnValue:
    """The three choices of an emergency."""
    record = _mine()
    form = EmergencyForm(samu=record.samu, glass=record.glass, masked=record.masked_in_emergency)
    if form.validate_on_submit():
        privacy.choose_emergency(actor(), record, samu=form.samu.data, glass=form.glass.data, masked=form.masked.data)
        db.session.commit()
        flash("C’est noté : vos choix en cas d’urgence sont enregistrés.", "done")
        return redirect(url_for(".done"))
    return render_template("onboarding/emergency.html", form=form)


@bp.get("/fin")
def done() -> ResponseReturnValue:
    """What was chosen, and where each is changed."""
    record = _mine()
    return render_template("onboarding/done.html", record=record, default=_default(record))


def _mine() -> Record:
    record = opened_record()
    require(actor(), To.CHOOSE_PRIVACY, record)
    return record


def _default(record: Record) -> str:
    return "masqués à tous les professionnels" if record.masks_new else "visibles des professionnels que vous autorisez"


def _mask(record: Record) -> None:
    """Everything, once; what was masked one by one before is remembered."""
    if not record.masks_new:
        refs = masks.masked(record)
        session[BEFORE] = {"record": record.ref, "refs": " ".join(refs)} if len(refs) <= MOST else None
    masks.mask_all(actor(), record)


def _show(record: Record) -> None:
    """Back to visible; a document masked one by one before stays masked."""
    before: dict[str, Any] | None = session.pop(BEFORE, None)
    if not record.masks_new:
        return
    if before and before["record"] == record.ref:
        masks.restore(actor(), record, before["refs"].split(), masks_new=False)
    else:
        masks.unmask_all(actor(), record)
