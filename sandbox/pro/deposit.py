"""Depositing a document in a patient's record: typed by the nomenclature, a file or a text; and announcing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import db
from sandbox.documents import announcing, nomenclature
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.pro.filing import MOST_PARTS, MOST_SENT, Paper
from sandbox.pro.portal import bp, document_of
from sandbox.pro.portal import patient as patient_of
from sandbox.security import receives

DONE = "« {} » est dans le dossier de {}, qui en est averti."
KEPT_BACK = (
    "« {} » est déposé, et {} ne le voit pas encore. Quand vous l’aurez présenté en consultation, rendez-le visible ici."
)
BLOCKED = "« {} » est déposé, et {} ne le voit pas encore : ce sera dans un mois, puisque ce dossier vous est bloqué."


class DepositForm(Paper):
    kept_back = BooleanField("Je le présenterai au patient en consultation")


@bp.route("/patients/<ref>/deposer", methods=["GET", "POST"])
@receives(MOST_SENT, MOST_PARTS)
def deposit(ref: str) -> ResponseReturnValue:
    """The form, its refusals, and the document put in the record."""
    record = patient_of(ref, To.DEPOSIT)
    form = DepositForm(record, dated=today())
    if form.validate_on_submit():
        document = _deposited(record, form)
        db.session.commit()
        return _deposited_page(record, document)
    form.keep()
    reads = may(actor(), To.OPEN_RECORD, record)
    return render_template("pro/deposit.html", form=form, record=record, reads=reads), 422 if form.errors else 200


def _deposited(record: Record, form: DepositForm) -> Document:
    assert form.content  # noqa: S101 — the form was taken
    content, media_type = form.content
    form.begin()
    form.filed()
    return documents.deposit(
        actor(), record, title=form.title.data, category=nomenclature.category_of(form.kind.data), kind=form.kind.data,
        dated=form.dated.data, kept_back=form.kept_back.data, content=content, media_type=media_type,
    )


def _deposited_page(record: Record, document: Document) -> ResponseReturnValue:
    """Where one goes next: the record, or the document itself when it is still to be announced."""
    if document.is_hidden and may(actor(), To.READ, document):
        flash(KEPT_BACK.format(document.title, record.name), "done")
        return redirect(url_for("pro.document", ref=record.ref, document_ref=document.ref))
    flash((BLOCKED if document.is_hidden else DONE).format(document.title, record.name), "done")
    return redirect(url_for("pro.patient", ref=record.ref))


@bp.post("/patients/<ref>/documents/<document_ref>/rendre-visible")
def release(ref: str, document_ref: str) -> ResponseReturnValue:
    """The patient was received: they may see the document that was kept back for them."""
    document = document_of(patient_of(ref, To.DEPOSIT), document_ref)
    require(actor(), To.READ, document)
    if may(actor(), To.ANNOUNCE, document):
        announcing.release(actor(), document)
        db.session.commit()
        flash(f"{document.record.name} voit maintenant « {document.title} », et en est averti.", "done")
    else:
        flash(announcing.SEEN if document.is_own(actor()) else "Seul l’auteur de ce document le rend visible.", "info")
    return redirect(url_for("pro.document", ref=ref, document_ref=document_ref))
