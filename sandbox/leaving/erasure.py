"""What a closed space keeps, and its erasure: once, three months after it was asked for at the closing (R1111-36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Life, Record
from sandbox.account.service import institution
from sandbox.acts import SpaceErased, publish
from sandbox.blobs import Rendering
from sandbox.db import Model, db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.export.models import Export
from sandbox.family.models import Delegation
from sandbox.journal.models import Entry
from sandbox.messaging.models import Conversation
from sandbox.profile.models import ProfileEntry
from sandbox.tenancy import WorldScoped
from sandbox.workshops import due

AS_NEW = {  # the choices of somebody who has chosen nothing yet
    "samu": True, "glass": True, "masked_in_emergency": False, "masks_new": False, "proposes_measures": True,
    "muted": "", "shortcuts": "", "postponed": "", "visited_at": None, "erase_asked": False,
}


@dataclass(frozen=True)
class Kept:
    """How much a closed space holds."""

    documents: int
    talks: int
    entries: int


def kept(record: Record) -> Kept:
    """What would be found again."""
    return Kept(
        documents=_count(Document, on_shelf(record)),
        talks=_count(Conversation, Conversation.record_id == record.id),
        entries=_count(ProfileEntry, ProfileEntry.record_id == record.id),
    )


def _count(kind: Any, which: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count(kind.id)).where(which)) or 0


def erased_at(record: Record) -> datetime | None:
    """When the content of this closed space was erased; None when it was not, since it was last closed."""
    query = sa.select(sa.func.max(Entry.at)).where(Entry.record_id == record.id, Entry.act == SpaceErased.__name__)
    return db.session.scalar(query.where(Entry.at >= record.life_at)) if record.life_at else None


@due.on_time
def on_time() -> datetime | None:
    """Erase what has waited three months in this world; says when the next one will have."""
    query = sa.select(Record).where(Record.life == Life.CLOSED, Record.erase_asked, Record.life_at.is_not(None))
    waiting = list(db.session.scalars(query.order_by(Record.life_at, Record.id).with_for_update()))
    late = [record for record in waiting if record.erased_by and record.erased_by <= clock.now()]
    for record in late:
        erase(record)
    return min((record.erased_by for record in waiting if record.erased_by and record not in late), default=None)


def erase(record: Record) -> None:
    """All that the record holds goes away, its history too but for one line; who it is, and who may open it, stay."""
    archives = sa.select(Export.blob_hash).where(Export.record_id == record.id)
    db.session.execute(sa.delete(Rendering).where(Rendering.hash.in_(archives)))
    for kind in contents():
        db.session.execute(sa.delete(kind).where(kind.record_id == record.id))
    db.session.expire(record, ["standings"])
    for name, value in AS_NEW.items():
        setattr(record, name, value)
    publish(SpaceErased(actor=institution(), record=record))


def contents() -> list[Any]:
    """Every kind of row that hangs from a record: what hangs from these goes with them."""
    kinds = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, WorldScoped)]
    return [kind for kind in kinds if hasattr(kind, "record_id") and kind is not Delegation]
