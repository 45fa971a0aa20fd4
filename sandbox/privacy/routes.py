"""Who can see my record: professionals, professions, emergencies, all documents at once."""

from __future__ import annotations

import sqlalchemy as sa
from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.account.models import Record
from sandbox.db import db, writes
from sandbox.documents.models import Confidentiality, Document
from sandbox.documents.shelf import on_shelf
from sandbox.learner import trace_section
from sandbox.privacy import card, deciding, emergency, people, professions, service
from sandbox.privacy.section import bp, record_of

__all__ = ["bp"]
PAGES = (people, card, deciding, emergency, professions)  # imported for the views they register


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """Three doors as in the portal, and the rule by profession, each with its present state."""
    trace_section("confidentialite", "Qui peut voir mon dossier")
    record = record_of()
    total, masked = _documents(record)
    return render_template(
        "privacy/index.html", record=record, total=total, masked=masked,
        mask_all_href=url_for("documents.mask_all"), authorised=len(service.authorised(record)), blocked=len(service.blocked(record)),
    )


def _documents(record: Record) -> tuple[int, int]:
    """How many documents are on the shelf, and how many of them are masked."""
    masked = sa.case((Document.confidentiality == Confidentiality.MASKED, 1), else_=0)
    query = sa.select(sa.func.count(Document.id), sa.func.coalesce(sa.func.sum(masked), 0)).where(on_shelf(record))
    total, hidden = db.session.execute(query).one()
    return total, hidden
