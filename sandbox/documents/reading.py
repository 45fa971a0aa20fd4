"""Reading a document in the page, looking at its file, downloading it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import answers, extras, rendering, service
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of, label
from sandbox.prescriptions.models import Prescription


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    document = document_of(ref)
    service.read(actor(), document)
    words = rendering.words_of(document) if document.media_type in {rendering.PLAIN, rendering.PDF} else ""
    db.session.commit()
    end_of_writing()
    return render_template(
        "documents/show.html", document=document, words=words, author=rendering.author_of(document),
        html=rendering.html_of(document) if rendering.is_text(document) else "", category=label(document),
        readers=_readers(document), is_own=document.is_own(actor()), may_mask=may(actor(), To.MASK, document), prescription=_prescription(document),
        extras=extras.of(document),
    )


@bp.get("/<ref>/fichier")
def file(ref: str) -> Response:
    """What was added, to be looked at: the picture of the page, or the PDF in the browser's own viewer."""
    document = document_of(ref)
    return abort(404) if rendering.is_text(document) else answers.file_of(document, attached=False)


@bp.post("/<ref>/telecharger")
def download(ref: str) -> Response:
    document = document_of(ref)
    response = answers.file_of(document, attached=True)
    service.download(actor(), document)
    db.session.commit()
    return response


def _readers(document: Document) -> str:
    if not document.is_masked:
        return "Vous et les professionnels qui vous soignent"
    return "Vous seul" if document.is_own(actor()) else f"Vous et {document.author.name}"


def _prescription(document: Document) -> Any:
    """The numeric prescription that this document is the readable copy of, by its name."""
    return db.session.scalar(sa.select(Prescription.ref).where(Prescription.document_id == document.id))
