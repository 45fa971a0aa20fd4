"""Tells open pages what changed: an `event` row in the act's own transaction, and who is to hear of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.clock import real_now
from sandbox.db import Model, db, is_sqlite

KEPT = timedelta(minutes=10)
CHANNEL = "sandbox_event"
EVERYTHING = "*"  # the topic of all parts of a page


class Event(Model):
    """Something changed for an audience:
    `seat:<workshop>:<seat>`, `pro:<workshop>:<user ref>`, `practices:<workshop>`, `room:<workshop>`, `all:<workshop>`.
    """

    __tablename__ = "event"
    __table_args__ = (sa.Index(None, "audience", "id"), {"sqlite_autoincrement": True})
    audience: Mapped[str] = mapped_column(sa.String(60))
    topic: Mapped[str] = mapped_column(sa.String(20))
    at: Mapped[datetime] = mapped_column(default=real_now, index=True)


def audience_of_workshop(workshop_id: int) -> str:
    """Every page of the workshop."""
    return f"all:{workshop_id}"


def audience_of_seat(workshop_id: int, seat: int) -> str:
    return f"seat:{workshop_id}:{seat}"


def audience_of_professional(workshop_id: int, ref: str) -> str:
    return f"pro:{workshop_id}:{ref}"


def audience_of_practices(workshop_id: int) -> str:
    """Every professional's page."""
    return f"practices:{workshop_id}"


def topic_of_record(ref: str) -> str:
    """What a professional may see of one record."""
    return f"record:{ref}"


def topic_of_prescription(ref: str) -> str:
    """What became of one prescription: another counter may have it open."""
    return f"signed:{ref}"


def audience_of_room(workshop_id: int) -> str:
    return f"room:{workshop_id}"


def tell(audience: str, topic: str) -> None:
    """Write that a topic changed for an audience; open pages know within the tenth of a second after the commit."""
    db.session.add(Event(audience=audience, topic=topic))
    if not is_sqlite(db.session.connection()):
        db.session.execute(sa.select(sa.func.pg_notify(CHANNEL, audience)))


def latest() -> int:
    """The number of the newest event: a page that was just rendered has seen everything up to it."""
    return db.session.scalar(newest()) or 0


def newest() -> sa.Select[int]:
    """The question behind `latest`, for whoever asks several at once."""
    return sa.select(sa.func.coalesce(sa.func.max(Event.id), 0))


def since(number: int, audiences: tuple[str, ...]) -> list[tuple[int, str]]:
    """The (number, topic) of what these audiences have not heard of yet; `*` when some of it is forgotten: a device has slept."""
    oldest, newest = db.session.execute(_ends()).one()
    if oldest is None or number >= newest:
        return []
    if number + 1 < oldest:
        return [(newest, EVERYTHING)]
    query = sa.select(Event.id, Event.topic).where(Event.id > number, Event.audience.in_(audiences)).order_by(Event.id)
    return [(id_, topic) for id_, topic in db.session.execute(query)]


@lru_cache(maxsize=1)
def _ends() -> sa.Select[int, int]:
    """Made once: an open page without a stream asks it every five seconds."""
    oldest, newest = sa.select(sa.func.min(Event.id)), sa.select(sa.func.max(Event.id))
    return sa.select(oldest.scalar_subquery(), newest.scalar_subquery())


def forget_old() -> None:
    """Drop events that no page can still be waiting for, never the newest: pages count from it. The caller commits."""
    old = Event.at < real_now() - KEPT, Event.id < newest().scalar_subquery()
    db.session.execute(sa.delete(Event).where(*old))
