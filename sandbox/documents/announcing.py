"""Kept from the patient until it is announced (reference §1.3, R1111-53).

Its author shows it at the consultation. Otherwise the patient is told after two weeks that something waits, and sees it
after a month. What the patient sees follows the clock (`Document.is_hidden`); the notices follow on the next request.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock
from sandbox.account.models import Record, Role, User
from sandbox.acts import AnnouncementAwaited, DocumentReleased, publish
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.workshops import due

NOTICE, MONTH = timedelta(days=14), timedelta(days=30)
PORTAL = "portail"
SEEN = "Ce document est déjà visible du patient."


def keep_back(document: Document) -> None:
    """Invisible to its patient from its deposit on, for a month at most."""
    document.notice_at, document.hidden_until = document.deposited_at + NOTICE, document.deposited_at + MONTH
    due.expect(document.notice_at)


def release(user: User, document: Document) -> None:
    """The patient was received, and may see it: it is new to them. Raises Refused when they see it already."""
    if not _claimed(document, notice_at=None, hidden_until=None):
        raise Refused(SEEN)
    publish(DocumentReleased(actor=user, record=document.record, document=document))


@due.on_time
def on_time() -> datetime | None:
    """What has waited long enough in this world is told, or shown; says when to look again."""
    query = sa.select(Document).where(Document.hidden_until.is_not(None), ~Document.loose)
    query = query.order_by(Document.hidden_until, Document.id)
    waiting = db.session.scalars(
        query.options(joinedload(Document.author), joinedload(Document.record).joinedload(Record.owner))
    ).all()
    if not waiting:
        return None
    portal = db.session.scalars(sa.select(User).where(User.slug == PORTAL, User.role == Role.INSTITUTION)).one()
    return min((moment for document in waiting if (moment := _follow(portal, document))), default=None)


def _follow(portal: User, document: Document) -> datetime | None:
    """Do what is due for one document; returns its next moment. What is shown needs no notice any more."""
    if not document.is_hidden:
        if _claimed(document, notice_at=None, hidden_until=None):
            publish(DocumentReleased(actor=portal, record=document.record, document=document))
        return None
    if document.notice_at and document.notice_at <= clock.now() and _claimed(document, notice_at=None):
        publish(AnnouncementAwaited(actor=portal, record=document.record, document=document))
    return document.notice_at or document.hidden_until


def _claimed(document: Document, **values: Any) -> bool:
    """Write these values unless somebody has just shown the document: of two at once, one alone does."""
    query = sa.update(Document).where(Document.id == document.id, Document.hidden_until.is_not(None))
    changed = db.session.execute(query.values(**values))
    return bool(changed.rowcount)  # type: ignore[attr-defined]
