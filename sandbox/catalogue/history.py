"""What the activity history tells of the services that are synchronised: when each last exchanged, and what it did."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from sandbox.account.models import Record, Role, User
from sandbox.acts import (
    ConsentsChanged,
    ConsentsRefused,
    ServiceDenied,
    ServiceHalted,
    ServiceRenewed,
    ServiceSynchronized,
    ServiceUnsynchronized,
)
from sandbox.db import db
from sandbox.journal.models import ActorKind, Entry

SHOWN = 10
ABOUT = (ServiceSynchronized, ConsentsRefused, ConsentsChanged, ServiceUnsynchronized, ServiceHalted, ServiceRenewed)


class Told(NamedTuple):
    """One line, and whether the service itself acted."""

    at: datetime
    phrase: str
    kind: ActorKind
    was_denied: bool


def last_exchanges(record: Record) -> dict[str, datetime]:
    """When each service last read or wrote something here, by its slug."""
    query = sa.select(User.slug, sa.func.max(Entry.at)).join(Entry.actor).where(
        Entry.record_id == record.id, Entry.actor_kind == ActorKind.SERVICE, Entry.act != ServiceDenied.__name__,
    )
    return {slug: at for slug, at in db.session.execute(query.group_by(User.slug))}


def of_service(record: Record, slug: str) -> list[Told]:
    """The newest lines of what a service did, was refused, and was allowed."""
    its_own = sa.and_(User.slug == slug, User.role == Role.SERVICE)
    about_it = sa.and_(Entry.subject_ref == slug, Entry.act.in_(kind.__name__ for kind in ABOUT))
    query = sa.select(Entry.at, Entry.phrase, Entry.actor_kind, Entry.act).join(Entry.actor).where(
        Entry.record_id == record.id, sa.or_(its_own, about_it),
    )
    found = db.session.execute(query.order_by(Entry.at.desc(), Entry.id.desc()).limit(SHOWN))
    return [Told(at, phrase, kind, act == ServiceDenied.__name__) for at, phrase, kind, act in found]
