"""The card of one professional: what they may see, how to reach them, what they deposited, what they did."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import sight
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.privacy import accesses, service
from sandbox.privacy.section import bp, professional_of, record_of

TABS = {"": "Confidentialité", "coordonnees": "Coordonnées", "documents": "Documents", "historique": "Historique"}


@bp.get("/professionnels/<ref>")
def professional(ref: str) -> ResponseReturnValue:
    """Where the notification of an access leads: what happened in plain words, and what one can decide."""
    record, user = record_of(), professional_of(ref)
    tab = request.args.get("onglet", "")
    tab = tab if tab in TABS else ""
    return render_template(
        "privacy/professional.html", record=record, professional=user, tab=tab, standing=service.standing_of(record, user),
        tabs_shown=[(label, url_for(".professional", ref=ref, onglet=name or None), name == tab) for name, label in TABS.items()],
        **_shown(tab, record, user),
    )


def _shown(tab: str, record: Record, user: User) -> dict[str, Any]:
    """What the chosen tab needs, and no more."""
    if tab == "documents":
        return {"documents": _deposited(record, user)}
    if tab == "coordonnees":
        return {}
    lines = accesses.of_professional(record, user)
    if tab == "historique":
        return {"lines": lines}
    seen, total = _read_by(record, user)
    return {
        "explained": accesses.to_explain(lines), "may_report": bool(lines), "seen": seen, "total": total, "in_emergency": sight.is_emergency(user, record),
        "may_break": sight.may_break_glass(user, record),
    }


def _deposited(record: Record, user: User) -> list[Document]:
    query = sa.select(Document).where(on_shelf(record), Document.author_id == user.id)
    return list(db.session.scalars(query.order_by(Document.dated.desc(), Document.id.desc())))


def _read_by(record: Record, user: User) -> tuple[int, int]:
    """How many of the documents that the person sees this professional can read now, and of how many."""
    shelf = db.session.scalars(sa.select(Document).where(on_shelf(record))).all()
    return sum(sight.why(user, document).sees for document in shelf), len(shelf)
