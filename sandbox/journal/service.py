"""Every act leaves its line in the activity history."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import Record, Role, User
from sandbox.acts import Act, on
from sandbox.db import db
from sandbox.journal.models import ActorKind, Entry

PAGE = 50
KINDS = {
    Role.LEARNER: ActorKind.OWNER,
    Role.PROFESSIONAL: ActorKind.PROFESSIONAL,
    Role.INSTITUTION: ActorKind.SYSTEM,
}


@on(Act)
def write_line(act: Act) -> None:
    db.session.add(
        Entry(
            record=act.record, actor=act.actor, actor_kind=KINDS[act.actor.role], act=type(act).__name__,
            phrase=str(act)[:300], subject_ref=act.subject_ref,
        )
    )


def lines(record: Record, kind: ActorKind | None, page: int) -> tuple[list[Entry], int]:
    """One page of the history, newest first, and the number of pages."""
    chosen = [Entry.record_id == record.id, *([Entry.actor_kind == kind] if kind else [])]
    count = db.session.scalar(sa.select(sa.func.count(Entry.id)).where(*chosen)) or 0
    query = sa.select(Entry).where(*chosen).order_by(Entry.at.desc(), Entry.id.desc())
    found = db.session.scalars(query.limit(PAGE).offset((page - 1) * PAGE))
    return list(found), max(1, -(-count // PAGE))


def has_done(user: User, act: type[Act], subject_ref: str = "") -> bool:
    """Whether this user did this during the workshop (what a pack tells does not count)."""
    query = sa.select(Entry.id).where(Entry.actor_id == user.id, Entry.act == act.__name__, ~Entry.from_pack)
    if subject_ref:
        query = query.where(Entry.subject_ref == subject_ref)
    return db.session.execute(query.limit(1)).first() is not None
