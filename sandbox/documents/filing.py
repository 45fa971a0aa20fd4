"""Folders: their list, their names, and putting documents in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.validators import Optional

from sandbox.access import To, actor, may, opened_record, require
from sandbox.account.models import Record
from sandbox.db import db, writes
from sandbox.documents import folders, selection, shelf
from sandbox.documents.listing import trace
from sandbox.documents.models import Document, Folder
from sandbox.documents.section import bp, document_of
from sandbox.errors import Refused
from sandbox.forms import Form

NEW, NONE = "nouveau", "sans"
REMOVED, MOST_PUT_BACK = "removed_folder", 100
NO_CHOICE = "Choisissez un dossier de la liste, ou donnez un nom à un nouveau dossier."
GONE = "Ce dossier n’existe plus. Choisissez-en un autre, ou donnez un nom à un nouveau dossier."
TWO_CHOICES = "Vous avez choisi un dossier et donné un nom à un autre. Effacez ce nom, ou choisissez « Dans un nouveau dossier »."
TOO_LATE = "Ce dossier ne peut plus être remis. Vous pouvez le créer de nouveau, puis y ranger vos documents."


class NameFolder(Form):
    name = StringField("Nom du dossier")

    @property
    def said(self) -> str:
        return self.name.data or ""


class FileAway(Form):
    folder = RadioField("Dans quel dossier ?", validate_choice=False)
    name = StringField("Nom du nouveau dossier", validators=[Optional()])

    def __init__(self, mine: list[Folder], current: str | None = None) -> None:
        super().__init__(folder=current)
        self.current = current
        self.folder.choices = [
            *((folder.ref, folder.name) for folder in mine), (NEW, "Dans un nouveau dossier"), (NONE, "Sans dossier"),
        ]

    def target(self, record: Record) -> Folder | None:
        """The folder chosen, made if it is new. Raises Refused with the cure."""
        chosen, name = self.folder.data or "", (self.name.data or "").strip()
        if chosen == NEW or (name and chosen in {"", self.current or NONE}):
            return folders.create(actor(), record, name)
        if name:
            raise Refused(TWO_CHOICES)
        if not chosen:
            raise Refused(NO_CHOICE)
        folder = None if chosen == NONE else folders.find(chosen)
        if chosen != NONE and (folder is None or not may(actor(), To.USE_FOLDER, folder) or folder.record_id != record.id):
            raise Refused(GONE)
        return folder


@bp.get("/dossiers")
@writes
def folder_list() -> ResponseReturnValue:
    trace()
    record = opened_record()
    removed = _removed(record) if "retire" in request.args else None
    return render_template(
        "documents/folders.html", folders=folders.of_record(record), held=shelf.of(record).folders,
        removed=removed["name"] if removed else "",
    )


@bp.route("/dossiers/nouveau", methods=["GET", "POST"])
def new_folder() -> ResponseReturnValue:
    form = NameFolder()
    if form.validate_on_submit() and (folder := _tried(form, lambda: folders.create(actor(), opened_record(), form.said))):
        db.session.commit()
        flash(f"Le dossier « {folder.name} » est créé.", "done")
        return redirect(url_for(".index", dossier=folder.ref))
    return render_template("documents/folder_new.html", form=form), 422 if form.errors else 200


@bp.route("/dossiers/<ref>", methods=["GET", "POST"])
def folder(ref: str) -> ResponseReturnValue:
    """Its name, to be changed, and how to delete it."""
    found = _folder(ref)
    form = NameFolder(name=found.name)
    if form.validate_on_submit() and _tried(form, lambda: folders.rename(actor(), found, form.said)):
        db.session.commit()
        flash(f"Le dossier s’appelle maintenant « {found.name} ».", "done")
        return redirect(url_for(".folder_list"))
    held = shelf.of(found.record).folders[found.id]
    return render_template("documents/folder.html", folder=found, form=form, held=held), 422 if form.errors else 200


@bp.post("/dossiers/<ref>/supprimer")
def delete_folder(ref: str) -> ResponseReturnValue:
    """The folder goes, its documents stay; what it was is kept at hand in case it was a mistake."""
    found = _folder(ref)
    refs = [document.ref for document in folders.delete(actor(), found)]
    db.session.commit()
    fits = len(refs) <= MOST_PUT_BACK  # what a browser carries along is small
    session[REMOVED] = {"record": found.record.ref, "name": found.name, "documents": refs} if fits else None
    flash(f"Le dossier « {found.name} » est supprimé. Ses documents sont toujours dans votre liste.", "done")
    return redirect(url_for(".folder_list", retire=1))


@bp.post("/dossiers/remettre")
def restore_folder() -> ResponseReturnValue:
    """The folder just deleted, with its documents, as it was."""
    record = opened_record()
    if (removed := _removed(record)) is None:
        raise Refused(TOO_LATE)
    kept = selection.still_there(record, removed["documents"])
    found = folders.restore(actor(), record, removed["name"], [one for one in kept if may(actor(), To.FILE, one)])
    db.session.commit()
    session.pop(REMOVED)
    flash(f"Le dossier « {found.name} » est remis, avec ses documents.", "done")
    return redirect(url_for(".index", dossier=found.ref))


@bp.route("/<ref>/ranger", methods=["GET", "POST"])
def file_away(ref: str) -> ResponseReturnValue:
    """One document, into a folder of the list or a new one."""
    document = document_of(ref, To.FILE)
    form = file_form(document.record, [document])
    if form.validate_on_submit() and (phrase := filed(form, document.record, [document])):
        db.session.commit()
        flash(phrase, "done")
        return redirect(url_for(".show", ref=ref))
    return render_template(
        "documents/file.html", form=form, documents=[document], back=url_for(".show", ref=ref), back_label="Le document",
        action=url_for(".file_away", ref=ref),
    ), 422 if form.errors else 200


def file_form(record: Record, documents: list[Document]) -> FileAway:
    """The form, with the folder where all of them are already, if any."""
    places = {document.folder.ref if document.folder else NONE for document in documents}
    current = places.pop() if len(places) == 1 else None
    return FileAway(folders.of_record(record), current)


def filed(form: FileAway, record: Record, documents: list[Document]) -> str:
    """Put them where the form says: what was done, or nothing, and the cure is in the form."""
    try:
        return selection.file(actor(), documents, form.target(record))
    except Refused as refused:
        field = form.folder if refused.phrase in {NO_CHOICE, GONE} else form.name
        field.errors = (refused.phrase,)
        return ""


def _tried(form: NameFolder, act: Callable[[], Folder]) -> Folder | None:
    """The folder; or nothing, and the cure is in the form."""
    try:
        return act()
    except Refused as refused:
        form.name.errors = (refused.phrase,)
        return None


def _removed(record: Record) -> dict[str, Any] | None:
    """The folder just deleted of this record, and of no other that this browser may have shown."""
    removed: dict[str, Any] | None = session.get(REMOVED)
    return removed if removed and removed["record"] == record.ref else None


def _folder(ref: str) -> Folder:
    found = folders.find(ref) or abort(404)
    require(actor(), To.USE_FOLDER, found)
    return found
