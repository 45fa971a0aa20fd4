"""Changing the name, the date and the category of one's own document; what two tabs write never disappears unseen."""

from __future__ import annotations

import hashlib
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from sandbox import clock, french
from sandbox.access import To, actor, may
from sandbox.db import db
from sandbox.documents import service, shelf
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of, label
from sandbox.documents.uploads import clean
from sandbox.forms import Day, Form

OLDEST = date(1900, 1, 1)


class ChangeDocument(Form):
    title = StringField("Nom du document", validators=[
        InputRequired("Écrivez un nom, par exemple « Carte de mutuelle »."),
        Length(max=service.TITLE, message="Ce nom est trop long. Écrivez 80 signes au plus."),
    ])
    dated = Day("Date du document", validators=[
        InputRequired("Choisissez la date écrite sur le document, par exemple 12/03/2026."),
    ])
    category = SelectField("Catégorie")
    seen = HiddenField()  # what the document was when the page was opened

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.category.choices = [(found.code, found.label) for found in shelf.categories()]

    def validate_title(self, field: StringField) -> None:
        if not clean(field.data or ""):
            raise ValidationError("Écrivez un nom, par exemple « Carte de mutuelle ».")

    def validate_dated(self, field: Day) -> None:
        if field.data and not OLDEST <= field.data <= clock.today():
            raise ValidationError("La date doit être passée ou d’aujourd’hui, par exemple 12/03/2026.")


@bp.route("/<ref>/modifier", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """One's own document; somebody else's explains what one may change of it, and why not the rest."""
    document = document_of(ref, To.MASK)
    if not may(actor(), To.CHANGE, document):
        page = render_template("documents/not_mine.html", document=document, category=label(document))
        return page, 200 if request.method == "GET" else 422
    form, meanwhile, status = ChangeDocument(obj=document), [], 200
    if form.validate_on_submit():
        if not (meanwhile := _meanwhile(form, document)):
            return _save(form, document)
        status = 409
    elif form.errors:
        status = 422
    if status != 422:
        form.seen.data = _digest(document)
    return render_template("documents/edit.html", document=document, form=form, meanwhile=meanwhile), status


def _save(form: ChangeDocument, document: Document) -> ResponseReturnValue:
    changed = service.change(
        actor(), document, title=form.title.data, dated=form.dated.data, category=form.category.data
    )
    db.session.commit()
    flash("Vos changements sont enregistrés." if changed else "Rien n’a changé : le document était déjà ainsi.", "done")
    return redirect(url_for(".show", ref=document.ref))


def _digest(document: Document) -> str:
    told = f"{document.title}\n{document.dated}\n{document.category}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _meanwhile(form: ChangeDocument, document: Document) -> list[tuple[str, str]]:
    """What was changed elsewhere since the page was opened and would be lost: name of the field, what it says now."""
    if form.seen.data == _digest(document):
        return []
    now = [
        (form.title, document.title, document.title), (form.dated, document.dated, french.long_date(document.dated)),
        (form.category, document.category, label(document)),
    ]
    return [(field.label.text, told) for field, value, told in now if field.data != value]
