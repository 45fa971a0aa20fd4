"""Deleting an exchange from one's messages, its attachments with it, and going back on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.db import db
from sandbox.messaging import service
from sandbox.messaging.models import Conversation
from sandbox.messaging.section import bp, talk_of

CLEARED = "cleared"  # in the session: the last exchange deleted, and what had been deleted of it before
DELETED = "L’échange « {} » est supprimé de vos messages, avec ses pièces jointes."
BACK = "L’échange « {} » est revenu dans vos messages."
TOO_LATE = "Cet échange ne peut plus être remis."


@bp.post("/<ref>/supprimer")
def delete(ref: str) -> ResponseReturnValue:
    """Pressed twice, it is gone already."""
    talk = talk_of(ref)
    require(actor(), To.DELETE_CONVERSATION, talk)
    if not talk.is_cleared:
        before = talk.cleared_at.isoformat() if talk.cleared_at else ""
        session[CLEARED] = {"record": talk.record.ref, "talk": ref, "subject": talk.subject, "before": before}
        service.clear(actor(), talk)
        db.session.commit()
    flash(DELETED.format(talk.subject), "done")
    return redirect(url_for("messaging.index", fait="supprime"))


@bp.post("/<ref>/remettre")
def put_back(ref: str) -> ResponseReturnValue:
    """Undo the deletion that was just made."""
    talk = talk_of(ref)
    require(actor(), To.DELETE_CONVERSATION, talk)
    if not can_undo(talk):
        flash(TOO_LATE, "info")
        return redirect(url_for("messaging.index"))
    before = session.pop(CLEARED)["before"]
    service.restore(actor(), talk, datetime.fromisoformat(before) if before else None)
    db.session.commit()
    flash(BACK.format(talk.subject), "done")
    return redirect(url_for("messaging.show", ref=ref))


def just_deleted() -> dict[str, Any] | None:
    """The exchange that this person has just deleted from the messages that are open, while it can be put back."""
    found: dict[str, Any] | None = session.get(CLEARED)
    return found if found and found["record"] == opened_record().ref else None


def can_undo(talk: Conversation) -> bool:
    found = session.get(CLEARED)
    return bool(found and found["talk"] == talk.ref and talk.cleared_at)
