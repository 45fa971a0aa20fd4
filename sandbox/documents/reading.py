"""Reading a document in the page, looking at its file, downloading it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may
from sandbox.db import begin_writing, db, end_of_writing, writes, writes_late
from sandbox.documents import answers, extras, preview, readers, rendering, service, versions
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of, label
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Prescription


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    document = document_of(ref)
    was_new = document.is_new and not document.is_former
    if was_new or not {"feuille", "fait"} & set(request.args):  # turning a page is the same reading
        service.read(actor(), document)
    db.session.commit()
    end_of_writing()
    content = _content(document)
    db.session.commit()
    end_of_writing()
    return render_template("documents/show.html", was_new=was_new, done=request.args.get("fait", ""), **content, **_about(document))


def _content(document: Document) -> dict[str, Any]:
    """A text of ours is set in the page, a file of plain text too; a PDF is turned page by page."""
    is_text = rendering.is_text(document)
    return {
        "html": rendering.html_of(document) if is_text else "", "author": rendering.author_of(document),
        "words": rendering.words_of(document) if document.media_type in rendering.WORDS else "",
        "preview": preview.of(document, request.args.get("feuille", 1, int)),
    }


def _about(document: Document) -> dict[str, Any]:
    """What the page says around the document."""
    return {
        "document": document, "category": label(document), "readers": readers.of(document),
        "is_own": document.is_own(actor()), "may_mask": may(actor(), To.MASK, document),
        "may_change": may(actor(), To.CHANGE, document), "prescription": _prescription(document),
        "extras": extras.of(document), "former": versions.former(document),
    }


@bp.get("/<ref>/fichier")
def file(ref: str) -> Response:
    """What was added, to be looked at: the picture of the page."""
    document = document_of(ref)
    return abort(404) if rendering.is_text(document) else answers.file_of(document, attached=False)


@bp.get("/<ref>/page/<int:number>")
def sheet(ref: str, number: int) -> Response:
    """The picture of one page of a PDF."""
    found = preview.picture(document_of(ref), number) or abort(404)
    db.session.commit()
    return answers.picture(found)


@bp.post("/<ref>/telecharger")
@writes_late
def download(ref: str) -> Response:
    document = document_of(ref)
    response = answers.file_of(document, attached=True)
    begin_writing()
    service.download(actor(), document)
    db.session.commit()
    return response


def _prescription(document: Document) -> Prescription | None:
    """The numeric prescription that this document is the readable copy of."""
    return prescriptions.of_document(document)
