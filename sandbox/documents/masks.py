"""Masking or showing every document of a record at once, and going back on it (reference §1.3)."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from sandbox.account.models import Record, User
from sandbox.acts import AllMasked, AllUnmasked, MasksRestored, publish
from sandbox.db import db
from sandbox.documents.models import Confidentiality, Document


def mask_all(user: User, record: Record) -> None:
    """Hide every document from professionals, and whatever others deposit from now on. One line in the history."""
    if not record.masks_new or _named(record, Confidentiality.NORMAL):
        record.masks_new = True
        _set(record, sa.true())
        publish(AllMasked(actor=user, record=record))


def unmask_all(user: User, record: Record) -> None:
    """The contrary, for documents that were masked one by one too."""
    if record.masks_new or masked(record):
        record.masks_new = False
        _set(record, sa.false())
        publish(AllUnmasked(actor=user, record=record))


def restore(user: User, record: Record, refs: Collection[str], *, masks_new: bool) -> None:
    """Undo either of them: these documents are masked, the others not."""
    record.masks_new = masks_new
    _set(record, Document.ref.in_(refs))
    publish(MasksRestored(actor=user, record=record))


def masked(record: Record) -> list[str]:
    """The masked documents of a record, by their names; those that its patient cannot see yet are among them."""
    return _named(record, Confidentiality.MASKED)


def _named(record: Record, how: Confidentiality) -> list[str]:
    return list(db.session.scalars(sa.select(Document.ref).where(_of(record), Document.confidentiality == how)))


def _of(record: Record) -> sa.ColumnElement[bool]:
    return sa.and_(Document.record_id == record.id, ~Document.loose)


def _set(record: Record, which: sa.ColumnElement[bool]) -> None:
    for how, rows in ((Confidentiality.MASKED, which), (Confidentiality.NORMAL, sa.not_(which))):
        changed = sa.update(Document).where(_of(record), rows, Document.confidentiality != how)
        db.session.execute(changed.values(confidentiality=how))
