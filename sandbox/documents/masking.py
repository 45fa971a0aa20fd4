"""Masking to professionals and going back on it: one document, or the whole record by one switch."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents import masks, readers, service
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of
from sandbox.documents.shelf import on_shelf

BEFORE = "masks"  # in the session: what was masked before one switch for all
MOST = 200  # documents that the session can remember


@bp.get("/<ref>/confidentialite")
def confidentiality(ref: str) -> ResponseReturnValue:
    """Who will still see it, before one decides."""
    document = document_of(ref, To.MASK)
    people = readers.professionals()
    return render_template(
        "documents/confidentiality.html", document=document, now=readers.of(document, people),
        then=readers.if_masked(document, people, masked=not document.is_masked),
    )


@bp.post("/<ref>/masquer")
def mask(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.MASK)
    service.mask(actor(), document)
    db.session.commit()
    flash(f"Le document « {document.title} » est masqué. {readers.of(document).alone}", "done")
    return redirect(url_for(".show", ref=ref, fait="masque"))


@bp.post("/<ref>/rendre-visible")
def unmask(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.MASK)
    service.unmask(actor(), document)
    db.session.commit()
    flash(f"Le document « {document.title} » est de nouveau visible. {readers.of(document).summary}", "done")
    return redirect(url_for(".show", ref=ref, fait="visible"))


# --- one switch for all ------------------------------------------------------------------------------------

@bp.get("/tout-masquer")
def mask_all() -> ResponseReturnValue:
    """What the switch does, and who would still read something."""
    record = _mine()
    documents = db.session.scalars(sa.select(Document).where(on_shelf(record))).all()
    return render_template(
        "documents/mask_all.html", record=record, total=len(documents),
        masked=sum(document.is_masked for document in documents), still=readers.by_person(documents),
        may_undo="fait" in request.args and _before(record) is not None,
    )


@bp.post("/tout-masquer")
def mask_all_now() -> ResponseReturnValue:
    record = _mine()
    _remember(record)
    masks.mask_all(actor(), record)
    db.session.commit()
    flash("Tous vos documents sont masqués. Ceux que d’autres déposeront le seront aussi.", "done")
    return redirect(url_for(".mask_all", fait="masque"))


@bp.post("/tout-rendre-visible")
def unmask_all() -> ResponseReturnValue:
    record = _mine()
    _remember(record)
    masks.unmask_all(actor(), record)
    db.session.commit()
    flash("Tous vos documents sont visibles des professionnels que vous avez autorisés.", "done")
    return redirect(url_for(".mask_all", fait="visible"))


@bp.post("/tout-comme-avant")
def undo_all() -> ResponseReturnValue:
    """Each document as it was before the switch; pressed twice, or much later, it does nothing."""
    record = _mine()
    before = _before(record)
    session.pop(BEFORE, None)
    if before is not None:
        masks.restore(actor(), record, before["refs"].split(), masks_new=before["new"])
        db.session.commit()
        flash("C’est annulé : chaque document est masqué ou visible comme avant.", "done")
    return redirect(url_for(".mask_all"))


def _mine() -> Record:
    record = opened_record()
    require(actor(), To.CHOOSE_PRIVACY, record)
    return record


def _remember(record: Record) -> None:
    """For the button « Annuler »; a very long list is not remembered, and no button is offered."""
    refs = masks.masked(record)
    session.pop(BEFORE, None)
    if len(refs) <= MOST:
        session[BEFORE] = {"record": record.ref, "refs": " ".join(refs), "new": record.masks_new}


def _before(record: Record) -> dict[str, Any] | None:
    found: dict[str, Any] | None = session.get(BEFORE)
    return found if found and found["record"] == record.ref else None
