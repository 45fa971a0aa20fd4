"""The agenda in another calendar: a copy to take away, or an address that it reads, until the person shuts it."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from sandbox import clock, texts
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.acts import (
    Act,
    CalendarDownloaded,
    CalendarRevoked,
    CalendarShared,
    SpaceClosed,
    SpaceClosedForGood,
    on,
    publish,
)
from sandbox.agenda import ical
from sandbox.agenda.models import CalendarLink
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.tenancy import REF_ALPHABET

MOST = 5
SIGNS = 40  # of a secret: nobody guesses it, and it can still be typed
NOTED_EVERY = timedelta(minutes=1)
TOO_MANY = "Vous avez déjà cinq adresses, le plus possible. Fermez d’abord celle qui ne sert plus."


def take(user: User, record: Record) -> bytes:
    """A copy of the agenda as it is now."""
    content = ical.written(record)
    publish(CalendarDownloaded(actor=user, record=record))
    return content


def share(user: User, record: Record, name: str) -> CalendarLink:
    """Make an address that whoever knows it can read. Raises Refused when there are as many as there may be."""
    db.session.scalars(sa.select(Record.id).where(Record.id == record.id).with_for_update(key_share=True)).first()
    if len(links(record)) >= MOST:
        raise Refused(TOO_MANY)
    secret = "".join(secrets.choice(REF_ALPHABET) for _ in range(SIGNS))
    link = CalendarLink(record=record, made_by=user, secret=secret, name=texts.without_marks(name).strip(), made_at=clock.now())
    db.session.add(link)
    publish(CalendarShared(actor=user, record=record))
    return link


def revoke(user: User, link: CalendarLink) -> None:
    """Shut it, at once and for good."""
    if link.revoked_at is None:
        link.revoked_at = clock.now()
        publish(CalendarRevoked(actor=user, record=link.record))


@on(SpaceClosed, SpaceClosedForGood)
def _revoke_all(act: Act) -> None:
    """Nothing is read from a space that was closed, and these addresses do not come back with it."""
    living = CalendarLink.record_id == act.record.id, CalendarLink.revoked_at.is_(None)
    db.session.execute(sa.update(CalendarLink).where(*living).values(revoked_at=clock.now()))


def links(record: Record) -> list[CalendarLink]:
    """Those that are read, newest first."""
    query = sa.select(CalendarLink).where(CalendarLink.record_id == record.id, CalendarLink.revoked_at.is_(None))
    query = query.options(sa.orm.joinedload(CalendarLink.made_by))
    return list(db.session.scalars(query.order_by(CalendarLink.made_at.desc(), CalendarLink.id.desc())))


def find(ref: str) -> CalendarLink | None:
    return db.session.scalars(sa.select(CalendarLink).where(CalendarLink.ref == ref)).first()


def known(secret: str) -> CalendarLink | None:
    """The address of that secret in the world one is in, shut or not."""
    query = sa.select(CalendarLink).join(CalendarLink.record).where(CalendarLink.secret == secret)
    return db.session.scalars(query.options(sa.orm.contains_eager(CalendarLink.record))).first()


def is_open(link: CalendarLink) -> bool:
    """Not shut, of a space that is active, and made by somebody who may still open it."""
    return link.revoked_at is None and link.record.is_active and may(link.made_by, To.USE_CALENDAR_LINK, link)


def is_to_note(link: CalendarLink) -> bool:
    """Whether its last reading, which the person is shown, is worth writing again."""
    return link.read_at is None or abs(clock.now() - link.read_at) >= NOTED_EVERY


def note_reading(link: CalendarLink) -> None:
    """Unless it was shut meanwhile."""
    same = CalendarLink.id == link.id, CalendarLink.revoked_at.is_(None)
    db.session.execute(sa.update(CalendarLink).where(*same).values(read_at=clock.now()))
