"""Papers of one's own that a learner deleted come back from the starting point, when none is left to practise with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from sandbox import tenancy
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.distances import read_date
from sandbox.documents.models import Document
from sandbox.workshops import spares
from sandbox.workshops.models import Workshop

SAME = ("ref", "slug", "title", "category", "kind", "blob_hash", "media_type", "size")


def bring_back(record: Record) -> None:
    """One paper that this person had at the start and has deleted, when they have none left; what they added counts."""
    mine = sa.select(Document.ref).where(Document.record_id == record.id)
    if db.session.scalars(mine.where(Document.author_id == record.owner_id, ~Document.loose)).first():
        return
    known = set(db.session.scalars(mine))
    if told := next((one for one in _at_the_start(record) if one["ref"] not in known), None):
        where = tenancy.bound()
        assert where is not None  # noqa: S101 — a record is of a world
        dated = read_date(told["dated"], where.day)
        db.session.add(Document(record=record, author=record.owner, dated=dated, **{name: told[name] for name in SAME}))


def _at_the_start(record: Record) -> Iterator[dict[str, Any]]:
    """The person's own papers, as the starting point tells them."""
    where = tenancy.bound()
    workshop = db.session.get_one(Workshop, where.workshop_id if where else 0)
    table = spares.part(workshop, record.seat).get("document", {"columns": [], "rows": []})
    for row in table["rows"]:
        told = dict(zip(table["columns"], row, strict=True))
        if told["author_id"] == record.owner.ref and told["record_id"] == record.ref and not told["loose"]:
            yield told
