"""Every act leaves its line in the activity history."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from sandbox.account.models import Record, Role, User
from sandbox.acts import Act, on
from sandbox.db import db
from sandbox.journal.models import ActorKind, Entry

PAGE = 50
KINDS = {
    Role.LEARNER: ActorKind.REPRESENTATIVE,  # when it is not their own record
    Role.PROFESSIONAL: ActorKind.PROFESSIONAL,
    Role.INSTITUTION: ActorKind.SYSTEM,
}


@on(Act)
def write_line(act: Act) -> None:
    db.session.add(
        Entry(
            record=act.record, actor=act.actor, actor_kind=_kind(act), act=type(act).__name__,
            phrase=str(act)[:300], subject_ref=act.subject_ref,
        )
    )


def _kind(act: Act) -> ActorKind:
    return ActorKind.OWNER if act.actor.id == act.record.owner_id else KINDS[act.actor.role]


class Line(NamedTuple):
    """One line of the history, as columns."""

    at: datetime
    phrase: str
    kind: ActorKind


def page_of(record: Record, kind: ActorKind | None, page: int) -> tuple[list[Line], int, int]:
    """One page of the history, newest first, its number (within what exists), and how many there are."""
    mine = [Entry.record_id == record.id, *([Entry.actor_kind == kind] if kind else [])]
    pages = max(1, -(-(db.session.scalar(sa.select(sa.func.count(Entry.id)).where(*mine)) or 0) // PAGE))
    page = min(max(1, page), pages)
    query = sa.select(Entry.at, Entry.phrase, Entry.actor_kind).where(*mine).order_by(Entry.at.desc(), Entry.id.desc())
    found = db.session.execute(query.limit(PAGE).offset((page - 1) * PAGE))
    return [Line._make(line) for line in found], page, pages


def has_done(user: User, act: type[Act], subject_ref: str = "") -> bool:
    """Whether this user did this during the workshop (what a pack tells does not count)."""
    query = sa.select(Entry.id).where(Entry.actor_id == user.id, Entry.act == act.__name__, ~Entry.from_pack)
    if subject_ref:
        query = query.where(Entry.subject_ref == subject_ref)
    return db.session.execute(query.limit(1)).first() is not None
