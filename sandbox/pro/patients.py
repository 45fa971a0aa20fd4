"""The workshop's patients, a record, and one of its documents: consulting leaves a trace and notifies."""

from __future__ import annotations

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import sight
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import answers, rendering
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.fragments import fragment
from sandbox.prescriptions import service as prescriptions
from sandbox.pro import consent, service, shut
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of
from sandbox.sight import Why
from sandbox.workshops.fixtures import common

PAGE = 50
SEEN_MASKED = {
    Why.DEPOSITOR: "Masqué : vous le voyez parce que vous l’avez déposé",
    Why.ADMINISTRATOR: "Masqué : vous le voyez comme administrateur",
    Why.EMERGENCY: "Masqué : vous le voyez parce que c’est une urgence",
}


@bp.get("/")
def index() -> str:
    """Find a patient by name, birth date or social-security number."""
    words = request.args.get("q", "").strip()[:60]
    found = service.patients(words)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "pro/patients.html", patients=shown, count=len(found), words=words, page=page, pages=pages,
        page_url=lambda number: url_for("pro.index", q=words or None, page=number),
    )


@bp.get("/patients/<ref>")
@writes
def patient(ref: str) -> ResponseReturnValue:
    """A record; an establishment, which deposits without reading, only finds where to deposit."""
    record = patient_of(ref, To.FIND_PATIENT)
    if record.is_shut or not may(actor(), To.OPEN_RECORD, record):
        end_of_writing()
        return shut.page(record) if record.is_shut else consent.closed(record)
    service.consult(actor(), record)
    db.session.commit()
    end_of_writing()
    found = service.documents_for(actor(), record)
    return render_template(
        "pro/patient.html", documents=found, categories=_categories(), masks=_masks(found), **consent.alarm(record), **_parts(record)
    )


def _masks(found: list[Document]) -> dict[int, str]:
    """Why each masked document is seen all the same, by its id."""
    return {document.id: SEEN_MASKED.get(sight.why(actor(), document), "") for document in found if document.is_masked}


def _categories() -> dict[str, str]:
    return {category["code"]: category["label"] for category in common("categories")["category"]}


@bp.get("/patients/<ref>/suivi")
def parts(ref: str) -> Response:
    """What moves in the open record: this professional's conversations and prescriptions."""
    return fragment("pro/_patient.html", **_parts(patient_of(ref, To.OPEN_RECORD)))


def _parts(record: Record) -> dict[str, object]:
    mine = prescriptions.by_prescriber(actor(), record)
    return {
        "record": record, "talks": service.talks(actor(), record), "prescriptions": mine,
        "can_prescribe": may(actor(), To.PRESCRIBE, record),
    }


@bp.get("/patients/<ref>/documents/<document_ref>")
@writes
def document(ref: str, document_ref: str) -> ResponseReturnValue:
    """A document to read: the patient is told."""
    found = _document(ref, document_ref)
    _told(found)
    content = _content(found)
    db.session.commit()
    end_of_writing()
    return render_template(
        "pro/document.html", document=found, record=found.record, category=_categories()[found.category],
        can_release=may(actor(), To.ANNOUNCE, found), **content,
    )


def _told(found: Document) -> None:
    """The look is traced in a short transaction of its own: nobody waits while the file is read."""
    service.read_document(actor(), found)
    db.session.commit()
    end_of_writing()


def _content(found: Document) -> dict[str, object]:
    """A text is set in the page, a picture is shown, the words of another file are read out of it."""
    is_text, is_image = rendering.is_text(found), found.media_type.startswith("image/")
    return {
        "html": rendering.html_of(found) if is_text else "", "is_image": is_image,
        "words": "" if is_text or is_image else rendering.words_of(found),
    }


@bp.get("/patients/<ref>/documents/<document_ref>/fichier")
@writes
def file(ref: str, document_ref: str) -> Response:
    """The file itself, as a PDF where it is a text of ours."""
    found = _document(ref, document_ref)
    _told(found)
    response = answers.file_of(found, attached=False)
    db.session.commit()
    return response


def _document(ref: str, document_ref: str) -> Document:
    record = patient_of(ref, To.DEPOSIT)
    found = documents.find(document_ref)
    if found is None or found.record_id != record.id:
        abort(404)
    require(actor(), To.READ, found)
    return found
