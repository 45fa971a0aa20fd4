"""Depositing a document in a patient's record: typed by the nomenclature, a file or a text."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import begin_writing, db, let_go, writes_late
from sandbox.documents import announcing, uploads
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.forms import Day, Form
from sandbox.pro.forms import at_most
from sandbox.pro.portal import bp, need_open
from sandbox.pro.portal import patient as patient_of
from sandbox.workshops.fixtures import common

PATIENTS_OWN = {"SYNTH_PML", "DIR_ANT", "VDP", "QUEST_SANTE", "REMB"}  # never written by a professional
LONGEST = 20_000
KEPT_BACK = (
    "« {} » est déposé, et {} ne le voit pas encore. Quand vous l’aurez présenté en consultation, rendez-le visible ici."
)


def kinds() -> dict[str, list[tuple[str, str]]]:
    """The kinds a professional deposits, under the label of their category, in the portal's order."""
    every = [kind for kind in common("document_kinds")["kind"] if "patient" not in kind["label"]]
    return {
        category["label"]: [(kind["code"], kind["label"]) for kind in every if kind["category"] == category["code"]]
        for category in common("categories")["category"]
        if category["code"] not in PATIENTS_OWN
    }


def category_of(code: str) -> str:
    return str(next(kind["category"] for kind in common("document_kinds")["kind"] if kind["code"] == code))


class DepositForm(Form):
    title = StringField("Titre", [DataRequired("Donnez un titre, par exemple « Compte rendu de consultation »."), at_most(80)])
    kind = SelectField("Type de document", [InputRequired("Choisissez le type de document dans la liste.")])
    dated = Day("Date du document", [InputRequired("Écrivez une date, par exemple 12/03/2026.")])
    text = TextAreaField("Texte", [at_most(LONGEST)])
    file = FileField("Fichier")
    kept_back = BooleanField("Je le présenterai au patient en consultation")

    def validate_dated(self, field: Day) -> None:
        if field.data and field.data > today():
            raise ValidationError("La date du document est aujourd’hui ou dans le passé.")

    def validate_file(self, field: FileField) -> None:
        if bool(field.data) == bool((self.text.data or "").strip()):
            raise ValidationError("Écrivez un texte ou choisissez un fichier : l’un des deux, pas les deux.")


@bp.route("/patients/<ref>/deposer", methods=["GET", "POST"])
@writes_late
def deposit(ref: str) -> ResponseReturnValue:
    """The form, its refusals, and the document put in the record."""
    record = patient_of(ref, To.DEPOSIT)
    form = DepositForm(dated=today())
    form.kind.choices = {"À choisir": [("", "Choisissez…")], **kinds()}
    if form.validate_on_submit() and (document := _deposited(record, form)):
        db.session.commit()
        return _deposited_page(record, document)
    reads = may(actor(), To.OPEN_RECORD, record)
    return render_template("pro/deposit.html", form=form, record=record, reads=reads), 422 if form.errors else 200


def _deposited_page(record: Record, document: Document) -> ResponseReturnValue:
    """Where one goes next: the record, or the document itself when it is still to be announced."""
    if document.is_hidden:
        flash(KEPT_BACK.format(document.title, record.name), "done")
        return redirect(url_for("pro.document", ref=record.ref, document_ref=document.ref))
    flash(f"« {document.title} » est dans le dossier de {record.name}, qui en est averti.", "done")
    return redirect(url_for("pro.patient", ref=record.ref))


@bp.post("/patients/<ref>/documents/<document_ref>/rendre-visible")
def release(ref: str, document_ref: str) -> ResponseReturnValue:
    """The patient was received: they may see the document that was kept back for them."""
    patient_of(ref, To.DEPOSIT)
    document = documents.find(document_ref) or abort(404)
    require(actor(), To.READ, document)
    if may(actor(), To.ANNOUNCE, document):
        announcing.release(actor(), document)
        db.session.commit()
        flash(f"{document.record.name} voit maintenant « {document.title} », et en est averti.", "done")
    else:
        flash(announcing.SEEN if document.is_own(actor()) else "Seul l’auteur de ce document le rend visible.", "info")
    return redirect(url_for("pro.document", ref=ref, document_ref=document_ref))


def _deposited(record: Record, form: DepositForm) -> Document | None:
    """The new document, or nothing when its file is refused."""
    about = {
        "title": form.title.data, "category": category_of(form.kind.data), "kind": form.kind.data, "dated": form.dated.data,
        "kept_back": form.kept_back.data,
    }
    if not form.file.data:
        _begin(record)
        return documents.deposit_text(actor(), record, text=form.text.data, **about)
    let_go()
    try:
        file = uploads.checked(form.file.data.filename, form.file.data.read())
    except Refused as refused:
        form.file.errors = (refused.phrase,)
        return None
    _begin(record)
    return documents.deposit(actor(), record, content=file.content, media_type=file.media_type, **about)


def _begin(record: Record) -> None:
    """Write from here on, knowing what the person chose while the file was read. Raises Shut."""
    begin_writing()
    db.session.refresh(record)
    need_open(record)
