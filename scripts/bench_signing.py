"""A whole room receives a prescription in one trigger; then everybody asks for its sheet."""

from __future__ import annotations

import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import joinedload

from sandbox.account.models import User
from sandbox.console import triggers
from sandbox.db import db, writing
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.prescriptions.models import Prescription
from sandbox.tenancy import world
from sandbox.workshops.models import Workshop, World

SEATS, TRIGGER = 30, "ordonnance-antibiotique"
Figure = Callable[[list[float]], dict[str, float]]


def figures(app: Flask, workshop_id: int, runs: int, figure: Figure) -> dict[str, dict[str, float]]:
    """Milliseconds for the thirty, signed together; for the thirty sheets, made one after another; for the two."""
    found = [_once(app, workshop_id) for _ in range(max(3, runs // 2))]
    return {
        "thirty_signed_ms": figure([signed for signed, _ in found]),
        "thirty_sheets_ms": figure([sheets for _, sheets in found]),
        "thirty_with_sheets_ms": figure([signed + sheets for signed, sheets in found]),
    }


def _once(app: Flask, workshop_id: int) -> tuple[float, float]:
    with app.app_context(), writing():
        workshop = db.session.get_one(Workshop, workshop_id)
        begun = time.perf_counter()
        triggers.run(workshop, TRIGGER, range(1, SEATS + 1))
        db.session.commit()
        signed = time.perf_counter()
        where = db.session.get_one(World, workshop.world_id).bound
        with world(where):
            for document in _newest():
                assert rendering.pdf_of(document).startswith(b"%PDF")  # noqa: S101
                db.session.commit()
        done = time.perf_counter()
        db.session.remove()
    return (signed - begun) * 1000, (done - signed) * 1000


def _newest() -> list[Document]:
    """The sheets of those just signed."""
    query = sa.select(Document).join(Prescription, Prescription.document_id == Document.id).options(
        joinedload(Document.author).joinedload(User.professional), joinedload(Document.record)
    )
    found = list(db.session.scalars(query.order_by(Prescription.id.desc()).limit(SEATS)))
    assert len({document.seat for document in found}) == SEATS  # noqa: S101
    return found
