"""Adding a document: a file, its name, its date, its category."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from sandbox import clock
from sandbox.access import To, actor, opened_record, require
from sandbox.db import db
from sandbox.documents import service, uploads
from sandbox.documents.forms import AddDocument
from sandbox.documents.models import Document
from sandbox.documents.section import bp
from sandbox.errors import Refused


@bp.route("/ajouter", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    require(actor(), To.DEPOSIT, opened_record())
    form = AddDocument(data={"dated": clock.today(), "category": request.args.get("categorie", "")})
    if form.validate_on_submit() and (document := _added(form)):
        db.session.commit()
        flash(f"Le document « {document.title} » est ajouté à vos documents.", "done")
        return redirect(url_for(".show", ref=document.ref))
    return render_template("documents/add.html", form=form), 422 if form.errors else 200


@bp.errorhandler(413)
def too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading: say it where the file was chosen."""
    form = AddDocument(formdata=None, data={"dated": clock.today()})
    form.file.errors = (uploads.TOO_HEAVY,)
    return render_template("documents/add.html", form=form), 413


def _added(form: AddDocument) -> Document | None:
    sent: FileStorage = form.file.data
    try:
        checked = uploads.checked(sent.filename or "", sent.read(uploads.MOST + 1))
        return service.add(
            actor(), opened_record(), checked, title=form.title.data or "", category=form.category.data,
            dated=form.dated.data, masked=form.masked.data,
        )
    except Refused as refused:
        form.file.errors = (refused.phrase,)
        return None
