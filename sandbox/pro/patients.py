"""A record, zone by zone, and one of its documents: consulting leaves a trace and notifies."""

from __future__ import annotations

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import answers, rendering
from sandbox.documents.models import Document
from sandbox.fragments import fragment
from sandbox.prescriptions import service as prescriptions
from sandbox.pro import consent, finding, inbox, reading, service, shut, versions, zones
from sandbox.pro.portal import bp, document_of
from sandbox.pro.portal import patient as patient_of
from sandbox.settings import ins


@bp.get("/patients/<ref>")
@writes
def patient(ref: str) -> ResponseReturnValue:
    """A record; an establishment, which deposits without reading, only finds where to deposit."""
    record = patient_of(ref, To.FIND_PATIENT)
    if record.is_shut or not may(actor(), To.OPEN_RECORD, record):
        end_of_writing()
        return shut.page(record) if record.is_shut else consent.closed(record, **_identity(record))
    service.consult(actor(), record)
    db.session.commit()
    end_of_writing()
    return render_template("pro/patient.html", may_block=may(actor(), To.BLOCK_OTHERS, record), **consent.standing(record), **_identity(record), **_parts(record))


@bp.get("/patients/<ref>/suivi")
def parts(ref: str) -> Response:
    """What moves in the open record: the zone that is looked at, this professional's conversations and prescriptions."""
    return fragment("pro/_patient.html", **_parts(patient_of(ref, To.OPEN_RECORD)))


@bp.get("/patients/<ref>/acces")
def standing(ref: str) -> Response:
    """Live: whether the record is still open to this professional, and how."""
    record = patient_of(ref, To.FIND_PATIENT)
    return fragment("pro/_standing.html", record=record, **consent.standing(record))


def _identity(record: Record) -> dict[str, object]:
    """Whom one is about to take this patient for; and what to ask aloud when a card was just read."""
    read = request.args.get("lue") == "carte"
    return {
        "alike": finding.alike(record), "traits": ins.traits(record) if read else [],
        "also": reading.also_on_the_card(record) if read else [],
    }


def _parts(record: Record) -> dict[str, object]:
    """The zone that the address names, and what this professional exchanged with the patient."""
    user, asked = actor(), request.args.get("volet", "")
    zone, filters = asked if asked in zones.ZONES else "documents", zones.Filters.read(request.args)
    return {
        "record": record, "talks": inbox.with_patient(user, record), "prescriptions": prescriptions.by_prescriber(user, record),
        "can_prescribe": may(user, To.PRESCRIBE, record), "can_vaccinate": may(user, To.VACCINATE, record),
        "can_examine": may(user, To.EXAMINE_CHILD, record), "can_give": may(user, To.GIVE_APPOINTMENT, record), "zone": zone, "title": zones.ZONES[zone],
        "zone_tabs": [(label, url_for("pro.patient", ref=record.ref, volet=name), name == zone) for name, label in zones.ZONES.items()],
        "address": url_for("pro.parts", ref=record.ref, volet=zone, **filters.address), **zones.of(zone, user, record, filters),
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
        "pro/document.html", document=found, record=found.record, category=zones.categories()[found.category],
        can_release=may(actor(), To.ANNOUNCE, found), **versions.about(found), **content,
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
    found = document_of(patient_of(ref, To.DEPOSIT), document_ref)
    require(actor(), To.READ, found)
    return found
