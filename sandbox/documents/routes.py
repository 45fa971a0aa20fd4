"""The learner's documents: find, read, keep, add, mask, delete, pin."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from sandbox import clock
from sandbox.access import To, actor, may, opened_record, require
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import answers, rendering, service, shelf, uploads
from sandbox.documents.forms import AddDocument
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section
from sandbox.prescriptions.models import Prescription

bp = portal("documents", __name__, "/documents")
MASKED = "Le document « {} » est masqué. Seuls vous et {} le voyez encore."
MASKED_OWN = "Le document « {} » est masqué. Vous seul le voyez encore."


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    _trace()
    wanted = _wanted()
    rows = shelf.all_of(record := opened_record())
    shown, page, pages = shelf.cut(found := shelf.chosen(rows, wanted), wanted.page)
    return render_template(
        "documents/index.html", wanted=wanted, rows=shown, found=len(found), total=len(rows), page=page, pages=pages,
        kinds={kind.code: kind for kind in shelf.categories(rows)}, orders=shelf.ORDERS,
        seen=shelf.of_others(rows, record), page_url=lambda n: url_for(".index", **wanted.address(page=n)),
        href=partial(str.replace, url_for(".show", ref="REF"), "REF"),
    )


@bp.get("/categories")
@writes
def categories() -> ResponseReturnValue:
    _trace()
    rows = shelf.all_of(opened_record())
    return render_template("documents/categories.html", categories=shelf.categories(rows), total=len(rows))


@bp.get("/arrivees")
def arrivals() -> Response:
    """Live: what came since the list was made waits to be asked for, so that nothing moves."""
    seen = request.args.get("vus", 0, type=int)
    return fragment("documents/_arrivals.html", arrived=max(0, shelf.received(opened_record()) - seen))


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


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    document = _document(ref)
    service.read(actor(), document)
    words = rendering.words_of(document) if document.media_type in {rendering.PLAIN, rendering.PDF} else ""
    db.session.commit()
    end_of_writing()
    return render_template(
        "documents/show.html", document=document, words=words, author=rendering.author_of(document),
        html=rendering.html_of(document) if rendering.is_text(document) else "", category=_label(document),
        readers=_readers(document), is_own=document.is_own(actor()), may_mask=may(actor(), To.MASK, document), prescription=_prescription(document),
    )


@bp.get("/<ref>/fichier")
def file(ref: str) -> Response:
    """What was added, to be looked at: the picture of the page, or the PDF in the browser's own viewer."""
    document = _document(ref)
    return abort(404) if rendering.is_text(document) else answers.file_of(document, attached=False)


@bp.post("/<ref>/telecharger")
def download(ref: str) -> Response:
    document = _document(ref)
    response = answers.file_of(document, attached=True)
    service.download(actor(), document)
    db.session.commit()
    return response


@bp.get("/<ref>/confidentialite")
def confidentiality(ref: str) -> ResponseReturnValue:
    """Who will still see it, before one decides."""
    document = _document(ref, To.MASK)
    return render_template("documents/confidentiality.html", document=document, is_own=document.is_own(actor()))


@bp.post("/<ref>/masquer")
def mask(ref: str) -> ResponseReturnValue:
    document = _document(ref, To.MASK)
    service.mask(actor(), document)
    db.session.commit()
    phrase = MASKED_OWN if document.is_own(actor()) else MASKED
    flash(phrase.format(document.title, document.author.name), "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/<ref>/rendre-visible")
def unmask(ref: str) -> ResponseReturnValue:
    document = _document(ref, To.MASK)
    service.unmask(actor(), document)
    db.session.commit()
    flash(f"Le document « {document.title} » est de nouveau visible des professionnels qui vous soignent.", "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/<ref>/epingler", defaults={"pinned": True})
@bp.post("/<ref>/desepingler", defaults={"pinned": False})
def pin(ref: str, pinned: bool) -> ResponseReturnValue:
    document = _document(ref, To.MASK)
    service.pin(actor(), document, pinned=pinned)
    db.session.commit()
    flash("Le document est épinglé en tête de votre liste." if pinned else "Le document n’est plus épinglé.", "done")
    return redirect(url_for(".show", ref=ref))


@bp.route("/<ref>/supprimer", methods=["GET", "POST"])
def delete(ref: str) -> ResponseReturnValue:
    """A question first; a professional's document explains why it stays."""
    document = _document(ref, To.MASK)
    if request.method == "POST":
        service.delete(actor(), document)
        db.session.commit()
        flash(f"Le document « {document.title} » est supprimé.", "done")
        return redirect(url_for(".index"))
    return render_template("documents/delete.html", document=document, may_delete=may(actor(), To.DELETE, document))


def _document(ref: str, what: To = To.READ) -> Document:
    document = service.find(ref) or abort(404)
    require(actor(), what, document)
    return document


def _wanted() -> shelf.Wanted:
    """What the address asks for; what it does not say, or says wrong, is as usual."""
    asked = request.args
    category, order = asked.get("categorie", ""), asked.get("tri", "")
    return shelf.Wanted(
        category=category if shelf.category(category) else "", words=uploads.clean(asked.get("mots", ""))[:80],
        order=order if order in shelf.ORDERS else "recents", page=asked.get("page", 1, type=int),
    )


def _trace() -> None:
    """Opening the section leaves a trace; searching, sorting and turning pages do not."""
    if not {"mots", "tri", "page"} & set(request.args):
        return trace_section("documents", "Documents")
    db.session.commit()
    return end_of_writing()


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


def _label(document: Document) -> str:
    found = shelf.category(document.category)
    return found.label if found else "Autres documents"


def _readers(document: Document) -> str:
    if not document.is_masked:
        return "Vous et les professionnels qui vous soignent"
    return "Vous seul" if document.is_own(actor()) else f"Vous et {document.author.name}"


def _prescription(document: Document) -> Any:
    """The numeric prescription that this document is the readable copy of, by its name."""
    return db.session.scalar(sa.select(Prescription.ref).where(Prescription.document_id == document.id))
