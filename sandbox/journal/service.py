"""Every act leaves its line in the activity history; the history is read a page at a time, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from sandbox.account.models import Record, Role, User
from sandbox.acts import Act, HistoryDownloaded, every_act, on, publish
from sandbox.db import db
from sandbox.journal.models import ActorKind, Entry

PAGE, BATCH = 50, 500
KINDS = {
    Role.LEARNER: ActorKind.REPRESENTATIVE,  # when it is not their own record
    Role.PROFESSIONAL: ActorKind.PROFESSIONAL,
    Role.INSTITUTION: ActorKind.SYSTEM,
    Role.SERVICE: ActorKind.SERVICE,
}
ABOUT = {kind.__name__: kind.about for kind in every_act()}


@on(Act)
def write_line(act: Act) -> None:
    db.session.add(
        Entry(
            record=act.record, actor=act.actor, actor_kind=_kind(act), act=type(act).__name__,
            phrase=str(act)[:300], subject_ref=act.subject_ref, elsewhere=act.is_elsewhere,
        )
    )


def _kind(act: Act) -> ActorKind:
    return ActorKind.OWNER if act.actor.id == act.record.owner_id else KINDS[act.actor.role]


class Place(NamedTuple):
    """Where a line stands in the order."""

    at: datetime
    id: int


class Line(NamedTuple):
    """One line of the history, as columns, with who acted."""

    at: datetime
    id: int
    phrase: str
    kind: ActorKind
    act: str
    subject_ref: str
    actor: str
    actor_ref: str

    @property
    def place(self) -> Place:
        return Place(self.at, self.id)

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about: the kind of thing and its ref; for a professional's look, the professional."""
        if about := ABOUT.get(self.act):
            return about, self.subject_ref
        return ("professional", self.actor_ref) if self.kind is ActorKind.PROFESSIONAL else ("", "")


@dataclass(frozen=True)
class Asked:
    """Which lines: whose acts, from when (included), until when (excluded)."""

    kind: ActorKind | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and whether there are others on either side."""

    lines: list[Line]
    has_newer: bool
    has_older: bool


def page_of(record: Record, asked: Asked, *, before: Place | None = None, after: Place | None = None) -> Page:
    """One page from a place in the order: as fast in a long history as in a short one."""
    if after:
        found = _read(_lines(record, asked).where(_is_newer(after)).order_by(Entry.at, Entry.id), PAGE + 1)
        if len(found) > PAGE:
            return Page(found[PAGE - 1 :: -1], has_newer=True, has_older=True)
        before = None  # the first page, whole
    found = _read(_from(record, asked, before), PAGE + 1)
    return Page(found[:PAGE], has_newer=before is not None, has_older=len(found) > PAGE)


def batch(record: Record, before: Place | None) -> list[Line]:
    """Many lines at once, newest first, for whoever takes the whole history away."""
    return _read(_from(record, Asked(), before), BATCH)


def _from(record: Record, asked: Asked, before: Place | None) -> sa.Select[Any]:
    query = _lines(record, asked).order_by(Entry.at.desc(), Entry.id.desc())
    return query.where(_is_older(before)) if before else query


def _lines(record: Record, asked: Asked) -> sa.Select[Any]:
    query: Any = sa.select(
        Entry.at, Entry.id, Entry.phrase, Entry.actor_kind, Entry.act, Entry.subject_ref, User.name, User.ref
    ).outerjoin(Entry.actor).where(Entry.record_id == record.id, ~Entry.elsewhere)  # outer: the lines lead, their order is the index's
    if asked.kind:
        query = query.where(Entry.actor_kind == asked.kind)
    if asked.since:
        query = query.where(Entry.at >= asked.since)
    if asked.until:
        query = query.where(Entry.at < asked.until)
    return query  # type: ignore[no-any-return]


def _read(query: sa.Select[Any], limit: int) -> list[Line]:
    return [Line._make(line) for line in db.session.execute(query.limit(limit))]


def _is_older(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(Entry.at <= place.at, sa.or_(Entry.at < place.at, Entry.id < place.id))


def _is_newer(place: Place) -> sa.ColumnElement[bool]:
    return sa.and_(Entry.at >= place.at, sa.or_(Entry.at > place.at, Entry.id > place.id))


def take_away(user: User, record: Record) -> None:
    """The person downloads the whole history: that too leaves its line."""
    publish(HistoryDownloaded(actor=user, record=record))


def has_done(user: User, act: type[Act], subject_ref: str = "") -> bool:
    """Whether this user did this during the workshop (what a pack tells does not count)."""
    query = sa.select(Entry.id).where(Entry.actor_id == user.id, Entry.act == act.__name__, ~Entry.from_pack)
    if subject_ref:
        query = query.where(Entry.subject_ref == subject_ref)
    return db.session.execute(query.limit(1)).first() is not None
