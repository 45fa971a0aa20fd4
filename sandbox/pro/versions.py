"""One's own deposit, later: replaced by a new version, withdrawn with a reason, put back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from werkzeug import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, ValidationError

from sandbox import blobs
from sandbox.access import To, actor, may, require
from sandbox.db import db
from sandbox.documents import nomenclature, rendering, versions
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.prescriptions import service as prescriptions
from sandbox.pro import noted
from sandbox.pro.filing import EITHER, MOST_PARTS, MOST_SENT, Paper
from sandbox.pro.forms import at_most
from sandbox.pro.portal import bp, document_of
from sandbox.pro.portal import patient as patient_of
from sandbox.security import receives

MEANWHILE = "La version {} a été déposée pendant que vous écriviez, dans une autre fenêtre. Relisez-la avant de la remplacer."


class NextVersion(Paper):
    """The present version, to be corrected; `seen` is its number when the page was opened."""

    seen = HiddenField()

    def __init__(self, document: Document) -> None:
        self.document, self.is_text = document, rendering.is_text(document)
        readable = self.is_text and may(actor(), To.READ, document)
        self.before = rendering.text_of(document).strip() if readable else ""
        super().__init__(
            document.record, kind=document.kind, title=document.title, dated=document.dated, text=self.before, seen=document.version,
        )

    @property
    def typed(self) -> str:
        """A text that nobody touched gives way to the file that was chosen."""
        typed = super().typed.replace("\r\n", "\n")
        return "" if self.has_file and typed == self.before else typed

    @property
    def content(self) -> tuple[bytes, str] | None:
        """Without text and without a new file, the file stays; a text that nobody touched is the same one."""
        if self.is_text and not self.has_file and self.typed == self.before:
            return self._same()
        return super().content or self._same()

    def validate_file(self, field: FileField) -> None:
        if self.wrong:
            raise ValidationError(self.wrong)
        if self.has_file and self.typed or self.is_text and not (self.has_file or self.typed):
            raise ValidationError(EITHER)

    def _same(self) -> tuple[bytes, str]:
        return blobs.read(self.document.blob_hash), self.document.media_type


class Withdrawal(Form):
    reason = StringField("Pourquoi retirez-vous ce document ?", [DataRequired(versions.NO_REASON), at_most(versions.REASON)], render_kw={"autofocus": True})


@bp.route("/patients/<ref>/documents/<document_ref>/remplacer", methods=["GET", "POST"])
@receives(MOST_SENT, MOST_PARTS)
def replace(ref: str, document_ref: str) -> ResponseReturnValue:
    """The same form as for a deposit, filled with the present version."""
    document = _deposit(ref, document_ref, To.REPLACE)
    form = NextVersion(document)
    if form.validate_on_submit() and _replaced(form):
        flash(f"La version {document.version} est dans le dossier de {document.record.name}, qui en est averti.", "done")
        return _after(document)
    form.keep()
    return render_template("pro/replace.html", form=form, document=document, record=document.record), 422 if form.errors else 200


def _replaced(form: NextVersion) -> bool:
    """Whether the new version stands; otherwise the form says why."""
    content, document = form.content, form.document
    assert content  # noqa: S101 — there is always the present one
    form.begin()
    db.session.refresh(document, with_for_update={"of": Document})
    try:
        if form.seen.data != str(document.version):
            raise Refused(MEANWHILE.format(document.version))
        versions.replace(actor(), document, versions.Version(
            title=form.title.data, category=nomenclature.category_of(form.kind.data), kind=form.kind.data, dated=form.dated.data,
            content=content[0], media_type=content[1],
        ))
    except Refused as refused:
        form.form_errors.append(refused.phrase)
        form.seen.data = str(document.version)
        return False
    form.filed()
    db.session.commit()
    return True


@bp.route("/patients/<ref>/documents/<document_ref>/retirer", methods=["GET", "POST"])
def withdraw(ref: str, document_ref: str) -> ResponseReturnValue:
    """Why, in words that the patient reads; then it is nobody's to read."""
    document, form = _deposit(ref, document_ref, To.WITHDRAW), Withdrawal()
    if form.validate_on_submit():
        versions.withdraw(actor(), document, form.reason.data)
        db.session.commit()
        flash(f"« {document.title} » est retiré du dossier de {document.record.name}, qui en est averti et lit pourquoi.", "done")
        return _after(document)
    return render_template("pro/withdraw.html", form=form, document=document, record=document.record), 422 if form.errors else 200


@bp.post("/patients/<ref>/documents/<document_ref>/remettre")
def put_back(ref: str, document_ref: str) -> ResponseReturnValue:
    document = _deposit(ref, document_ref, To.PUT_BACK)
    versions.put_back(actor(), document)
    db.session.commit()
    flash(f"« {document.title} » est de nouveau dans le dossier de {document.record.name}, qui en est averti.", "done")
    return _after(document)


def about(document: Document) -> dict[str, Any]:
    """What the page of a document tells its author: its versions, what became of it, what may be done with it."""
    user, present = actor(), document.current
    mine = document.is_own(user)
    signed = mine and versions.is_signed(present)
    source = noted.source(document) if mine else None
    elsewhere = source.mended if source else frozenset()

    def can(to: To) -> bool:
        return not signed and to not in elsewhere and may(user, to, document)

    return {
        "present": present, "former": versions.former(document) if mine else [],
        "can_replace": can(To.REPLACE), "can_withdraw": can(To.WITHDRAW), "can_put_back": can(To.PUT_BACK), "source": source,
        "signed": prescriptions.of_document(present) if signed else None,
    }


def _deposit(ref: str, document_ref: str, to: To) -> Document:
    """One's own deposit in this record; 404 for any other. What cannot be done any more is said on its page."""
    found = document_of(patient_of(ref, To.DEPOSIT), document_ref, locked=request.method == "POST")
    if refusal := _refusal(found, to):
        flash(refusal, "info")
        abort(_after(found))
    require(actor(), to, found)
    if (source := noted.source(found)) and to in source.mended:
        flash(source.why, "info")
        abort(redirect(source.href))
    return found


def _refusal(found: Document, to: To) -> str:
    """Why its author may not do that, when they only come too late, or to the wrong place."""
    user = actor()
    if to is not To.PUT_BACK and may(user, To.PUT_BACK, found):
        return versions.NOT_HERE
    if to is To.PUT_BACK and may(user, To.WITHDRAW, found):
        return versions.ALREADY_HERE
    return versions.SIGNED if may(user, to, found) and versions.is_signed(found) else ""


def _after(document: Document) -> Response:
    """Back to the document, or to the record for whoever may deposit and not read."""
    if may(actor(), To.READ, document):
        return redirect(url_for("pro.document", ref=document.record.ref, document_ref=document.ref))
    return redirect(url_for("pro.patient", ref=document.record.ref))
