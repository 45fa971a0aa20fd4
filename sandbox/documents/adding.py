"""Adding a document: files or photos in a tray, then a name, a date, a category."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from sandbox import clock, guard
from sandbox.access import To, actor, opened_record, require
from sandbox.account.place import login
from sandbox.db import begin_writing, db, end_of_writing, let_go
from sandbox.documents import cures, pictures, tray, uploads
from sandbox.documents.forms import AddDocument
from sandbox.documents.models import Document
from sandbox.documents.section import bp
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.security import receives

MOST_SENT = 64 * 1024 * 1024  # ten photos of 6 MB
MOST_ALONE = uploads.MOST_PHOTO + 1024 * 1024
MOST_PARTS = 60
TOO_MUCH = (
    "Cet envoi dépasse 60 Mo en tout : rien n’a été reçu. Envoyez vos fichiers en plusieurs fois, "
    "5 Mo au plus pour chacun."
)
DRAFT = "adding"  # in the session: what was typed while pages were sent
TYPED = ("title", "dated", "category", "masked", "folder", "new_folder")
SIDE = 320
ARRANGE = {"tourner": tray.turn, "monter": tray.move_up, "retirer": tray.remove}


@bp.get("/ajouter")
def add() -> str:
    """The page to add from, as it was left."""
    require(actor(), To.DEPOSIT, opened_record())
    return _page(_begun())


@bp.post("/ajouter")
@receives(MOST_SENT, MOST_PARTS)
def make() -> ResponseReturnValue:
    """Files into the tray; then one of the tray's buttons, or the document."""
    require(actor(), To.DEPOSIT, opened_record())
    form, refused = AddDocument(opened_record()), _receive()
    if "pages" in request.form:
        return _arranged(form, refused)
    document = _made(form) if form.validate() and not refused else None
    if document is None:
        return _refused(form, refused)
    db.session.commit()
    session.pop(DRAFT, None)
    flash(f"Le document « {document.title} » est ajouté à vos documents.", "done")
    return redirect(url_for(".show", ref=document.ref))


@bp.post("/ajouter/pages")
@receives(MOST_ALONE, MOST_PARTS)
def pages() -> ResponseReturnValue:
    """The same, one file or one button at a time, for a page that has JavaScript: the tray, or the refusal."""
    require(actor(), To.DEPOSIT, opened_record())
    refused = _receive()
    _arrange()
    if refused:
        return Response(" ".join(refused), 422, mimetype="text/plain")
    return fragment("documents/_tray.html", **_tray())


@bp.get("/ajouter/pages/<ref>")
def page_picture(ref: str) -> Response:
    """A small picture of one page of the tray."""
    found = tray.find(actor(), opened_record(), ref) or abort(404)
    content = tray.picture_of(found) or abort(404)
    return Response(pictures.small(content, SIDE), mimetype=pictures.JPEG)


@bp.errorhandler(413)
def too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading: say it where the files were chosen."""
    if not current_user.is_authenticated:
        return login.unauthorized()  # type: ignore[no-any-return]
    if request.endpoint == "documents.pages":
        return Response(cures.TOO_HEAVY, 413, mimetype="text/plain")
    form = _begun()
    form.form_errors.append(TOO_MUCH)
    return _page(form), 413


def _page(form: AddDocument) -> str:
    return render_template("documents/add.html", form=form, **_tray())


def _tray() -> dict[str, Any]:
    sheets = tray.of(actor(), opened_record())
    return {"sheets": sheets, "pictures": tray.PICTURES, "proposed": tray.proposed(sheets)}


def _begun() -> AddDocument:
    """The form as it was left, or new."""
    record = opened_record()
    sheets, draft = tray.of(actor(), record), session.get(DRAFT, {})
    title = tray.proposed(sheets)
    if sheets and draft.get("record") == record.ref:
        return AddDocument(record, formdata=MultiDict({"title": title} | draft))
    usual = {"title": title, "dated": clock.today(), "category": request.args.get("categorie", "")}
    return AddDocument(record, formdata=None, data=usual)


def _receive() -> list[str]:
    """Put what was sent in the tray; says, file by file, what was refused and why."""
    let_go()
    files, refused = [], []
    for sent in [*request.files.getlist("files"), *request.files.getlist("photo")]:
        if name := sent.filename:
            with sent.stream:
                try:
                    files.append((name, uploads.lightened(name, sent.read(uploads.MOST_PHOTO + 1))))
                except Refused as no:
                    refused.append(_refusal(name, no))
    if files:
        begin_writing()
        refused += [_refusal(name, why) for name, file in files if (why := _kept(file))]
        db.session.commit()
        end_of_writing()
    return refused


def _kept(file: uploads.File) -> Refused | None:
    try:
        tray.add(actor(), opened_record(), file)
    except Refused as refused:
        return refused
    return None


def _refusal(name: str, refused: Refused) -> str:
    return f"« {uploads.shown(name)} » : {refused.phrase}"


def _arrange() -> None:
    """What one of the tray's buttons asks; a page that is no longer there asks for nothing."""
    verb, _, ref = request.form.get("pages", "").partition(" ")
    if verb in ARRANGE:
        begin_writing()
        if found := tray.find(actor(), opened_record(), ref):
            ARRANGE[verb](actor(), found)
        db.session.commit()
        end_of_writing()


def _arranged(form: AddDocument, refused: list[str]) -> ResponseReturnValue:
    """Back to the page, where what was typed is still there."""
    _arrange()
    if refused:
        return _refused(form, refused)
    typed = {name: words for name in TYPED if (words := request.form.get(name, "")[:80]) and not guard.seen_in(words)}
    session[DRAFT] = {"record": opened_record().ref, **typed}
    return redirect(url_for(".add", _anchor="pages"))


def _refused(form: AddDocument, refused: list[str]) -> ResponseReturnValue:
    form.form_errors += refused
    return _page(form), 422


def _made(form: AddDocument) -> Document | None:
    """The document, or nothing when it is refused: what was sent stays in the tray."""
    about = tray.About(
        title=form.title.data or "", category=form.category.data, dated=form.dated.data, masked=form.masked.data,
        folder=form.chosen_folder,
    )
    try:
        return tray.make(actor(), opened_record(), about)
    except Refused as refused:
        db.session.rollback()
        end_of_writing()
        form.form_errors.append(refused.phrase)
        return None
