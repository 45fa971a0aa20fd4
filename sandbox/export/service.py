"""Asking for all one's data, and how far it is (reference §1.14)."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from sandbox.account.models import Record, User
from sandbox.acts import ExportAsked, ExportDownloaded, publish
from sandbox.blobs import Rendering
from sandbox.clock import now
from sandbox.db import db
from sandbox.export.models import Export

STALLED = timedelta(seconds=30)  # a making that has not moved for so long has stopped


def latest(record: Record) -> Export | None:
    query = sa.select(Export).where(Export.record_id == record.id).order_by(Export.id.desc())
    return db.session.scalars(query.limit(1)).first()


def ask(user: User, record: Record) -> Export:
    """Begin an archive, or find the one that is being made."""
    found = latest(record)
    if found and not found.is_ready and not is_stalled(found):
        return found
    export = Export(record=record, user=user, asked_at=now(), moved_at=now())
    db.session.add(export)
    publish(ExportAsked(actor=user, record=record, export=export))
    return export


def is_stalled(export: Export) -> bool:
    """Whether the making stopped on the way: the server was turned off."""
    return not export.is_ready and export.moved_at < now() - STALLED


def is_kept(export: Export) -> bool:
    """Whether its bytes are still there: an archive is kept three days."""
    return db.session.scalar(sa.select(Rendering.id).where(Rendering.hash == export.blob_hash)) is not None


def content_of(export: Export) -> bytes | None:
    """The archive's bytes; None when it was kept long enough and forgotten."""
    return db.session.scalar(sa.select(Rendering.content).where(Rendering.hash == export.blob_hash))


def download(user: User, export: Export) -> None:
    publish(ExportDownloaded(actor=user, record=export.record, export=export))
