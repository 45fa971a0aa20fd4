"""What a message will carry: one's own documents, a file or a photo, the synthesis of the profile. All within a budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox.access import To, actor, may, require
from sandbox.account.place import login
from sandbox.db import begin_writing, db, let_go
from sandbox.documents import markdown, uploads
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.messaging import attachments, budget, choosing, drafts, synthesis
from sandbox.messaging.desk import place_of
from sandbox.messaging.forms import AttachFile
from sandbox.messaging.models import Draft
from sandbox.messaging.section import bp
from sandbox.security import receives

MOST_SENT, MOST_PARTS = 64 * 1024 * 1024, 60
NOTHING = "Choisissez d’abord un fichier ou prenez une photo, puis appuyez sur « Joindre »."
NOTHING_TICKED = "Cochez au moins un document, puis appuyez sur « Joindre »."
TOO_MUCH = "Cet envoi dépasse 60 Mo en tout : rien n’a été reçu. Envoyez vos fichiers en plusieurs fois, 5 Mo au plus pour chacun."
LEFT_OUT = "« {} » n’est pas joint. {}"


@bp.get("/brouillons/<ref>/joindre")
def attach(ref: str) -> str:
    """What does one want to attach?"""
    draft = _draft(ref)
    return render_template("messaging/attach.html", draft=draft, place=place_of(draft), budget=budget.told(draft))


@bp.route("/brouillons/<ref>/joindre/documents", methods=["GET", "POST"])
def attach_documents(ref: str) -> ResponseReturnValue:
    """One's own documents, several at once; looking for one keeps what is ticked."""
    draft = _draft(ref)
    choice = choosing.Choice(draft.record, request.form)
    if request.method == "GET" or choice.is_searching:
        return _choosing(draft, choice)
    documents = [document for document in choice.ticked if may(actor(), To.READ, document)]
    refused = [NOTHING_TICKED] if not documents else _added(draft, [
        (document.title, attachments.weight(document), partial(attachments.copy_of, document)) for document in documents
        if not choosing.is_carried(draft, document)
    ])
    db.session.commit()
    return (_choosing(draft, choice, refused), 422) if refused else redirect(place_of(draft).address("pieces"))


@bp.get("/brouillons/<ref>/joindre/fichier")
def attach_file(ref: str) -> str:
    """The page to choose a file from, or to take a photo."""
    return _filing(_draft(ref), AttachFile())


@bp.post("/brouillons/<ref>/joindre/fichier")
@receives(MOST_SENT, MOST_PARTS)
def add_file(ref: str) -> ResponseReturnValue:
    """Each file made safe while nobody waits, then attached if there is room."""
    require(actor(), To.USE_DRAFT, _draft(ref))
    form = AttachFile()
    files, refused = _received(form)
    begin_writing()
    draft = _draft(ref)
    refused += _added(draft, [
        (file.title, len(file.content), partial(attachments.sheet_of, actor(), draft.record, file)) for file in files
    ])
    db.session.commit()
    if refused or not files:
        form.files.errors = tuple(refused) or (NOTHING,)
        return _filing(draft, form), 422
    return redirect(place_of(draft).address("pieces"))


@bp.route("/brouillons/<ref>/joindre/synthese", methods=["GET", "POST"])
def attach_synthesis(ref: str) -> ResponseReturnValue:
    """The profile as it is now, shown before it is attached."""
    draft, refused = _draft(ref), ""
    if request.method == "POST":
        size = len(synthesis.text_of(draft.record).encode())
        refused = " ".join(_added(draft, [(synthesis.TITLE, size, partial(synthesis.made, actor(), draft.record))]))
        db.session.commit()
        if not refused:
            return redirect(place_of(draft).address("pieces"))
    html = markdown.html(synthesis.text_of(draft.record), breaks=True)
    page = render_template("messaging/attach_synthesis.html", draft=draft, html=html, title=synthesis.TITLE, refused=refused)
    return page, 422 if refused else 200


@bp.errorhandler(413)
def too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading: say it where the files were chosen."""
    if not current_user.is_authenticated:
        return login.unauthorized()  # type: ignore[no-any-return]
    if request.endpoint != "messaging.add_file" or request.view_args is None:
        abort(413)
    form = AttachFile(formdata=None)
    form.files.errors = (TOO_MUCH,)
    return _filing(_draft(request.view_args["ref"]), form), 413


def _received(form: AttachFile) -> tuple[list[uploads.File], list[str]]:
    """The files that may be kept, and why the others may not."""
    let_go()
    files, refused = [], []
    for sent in [*(form.files.data or []), *(form.photo.data or [])]:
        if getattr(sent, "filename", ""):
            try:
                files.append(uploads.lightened(sent.filename, sent.read(uploads.MOST_PHOTO + 1)))
            except Refused as no:
                refused.append(LEFT_OUT.format(uploads.shown(sent.filename), no.phrase))
    return files, refused


def _added(draft: Draft, pieces: Iterable[tuple[str, int, Callable[[], Document]]]) -> list[str]:
    """Attach each that there is room for; gives why the others are not."""
    added, refused = [], []
    for title, size, made in pieces:
        try:
            budget.check(draft, size)
        except Refused as no:
            refused.append(LEFT_OUT.format(title, no.phrase))
        else:
            drafts.add(draft, made())
            added.append(f"« {title} »")
    if added:
        flash(f"{', '.join(added)} : joint à votre message. Il n’est pas encore parti.", "done")
    return refused


def _choosing(draft: Draft, choice: choosing.Choice, refused: list[str] | None = None) -> str:
    return render_template(
        "messaging/attach_documents.html", draft=draft, choice=choice, refused=refused or [], budget=budget.told(draft),
        carried={document.ref for document in choice.shown if choosing.is_carried(draft, document)},
    )


def _filing(draft: Draft, form: AttachFile) -> str:
    return render_template("messaging/attach_file.html", draft=draft, form=form, budget=budget.told(draft))


def _draft(ref: str) -> Draft:
    draft = drafts.by_ref(ref) or abort(404)
    require(actor(), To.USE_DRAFT, draft)
    return draft
