"""Which page each seat is on, since when, and the signs that somebody may be stuck. Written after the answer has left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock, live, tenancy
from sandbox.acts import SignedOut, on
from sandbox.db import Model, db

HEADING = re.compile(rb"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
LONG = timedelta(minutes=5)  # on one page: perhaps stuck (ours)
GONE = timedelta(minutes=30)  # without a page: perhaps gone
SAME_ERRORS, TURNS = 3, 4


class Presence(Model):
    """Where a seat is now; one row a seat, of no record: it says nothing of what is written there."""

    __tablename__ = "presence"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "seat"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    seat: Mapped[int]
    world_id: Mapped[int]  # after a reset of the room, nobody is there yet
    page: Mapped[str] = mapped_column(sa.String(200))
    former: Mapped[str] = mapped_column(sa.String(200), default="")  # the page before
    label: Mapped[str] = mapped_column(sa.String(80))  # its heading
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    errors: Mapped[int] = mapped_column(default=0)  # refusals of the same form in a row
    turns: Mapped[int] = mapped_column(default=0)  # times one went back and forth between the same two pages
    left_at: Mapped[datetime | None]  # signed out


@dataclass(frozen=True)
class Seen:
    """A page that has just been sent."""

    workshop_id: int
    world_id: int
    seat: int
    page: str
    label: str
    is_refusal: bool


def heading(body: bytes) -> str:
    """The heading of a page, in plain words."""
    found = HEADING.search(body)
    words = unescape(TAGS.sub(" ", found[1].decode(errors="replace"))) if found else ""
    return " ".join(words.split())[:80]


def note(seen: Seen) -> None:
    """The seat is on this page. The caller commits."""
    now = clock.real_now()
    row = db.session.scalars(_of_seat(seen.workshop_id, seen.seat).with_for_update()).first()
    if row is None:
        db.session.add(Presence(
            workshop_id=seen.workshop_id, seat=seen.seat, world_id=seen.world_id, page=seen.page[:200], label=seen.label,
            since=now, seen_at=now, errors=int(seen.is_refusal),
        ))
        return
    if row.page != seen.page[:200] or row.world_id != seen.world_id or row.left_at:
        _moved(row, seen, now)
    else:
        row.errors = row.errors + 1 if seen.is_refusal else row.errors
    row.label, row.seen_at, row.left_at = seen.label, now, None


def _moved(row: Presence, seen: Seen, now: datetime) -> None:
    row.turns = row.turns + 1 if seen.page[:200] == row.former else 0
    row.former, row.page, row.world_id = row.page, seen.page[:200], seen.world_id
    row.since, row.errors = now, int(seen.is_refusal)


def _of_seat(workshop_id: int, seat: int) -> sa.Select[Presence]:
    return sa.select(Presence).where(Presence.workshop_id == workshop_id, Presence.seat == seat)


@on(SignedOut)
def leave(act: SignedOut) -> None:
    """The person has left their seat, on purpose."""
    where = tenancy.bound()
    mine = Presence.workshop_id == (where.workshop_id if where else 0), Presence.seat == act.record.seat
    db.session.execute(sa.update(Presence).where(*mine).values(left_at=clock.real_now()))
    if where:
        live.tell(live.audience_of_room(where.workshop_id), "board")


def of_workshop(workshop_id: int, world_id: int) -> dict[int, Presence]:
    """Who has been there in this world, by seat."""
    rows = sa.select(Presence).where(Presence.workshop_id == workshop_id, Presence.world_id == world_id)
    return {row.seat: row for row in db.session.scalars(rows)}


def stuck(row: Presence, now: datetime) -> str:
    """Why the person may be stuck, in a few words; nothing when nothing says so, or when they are gone."""
    if row.left_at or now - row.seen_at > GONE:
        return ""
    if row.errors >= SAME_ERRORS:
        return f"le même refus {row.errors} fois"
    if row.turns >= TURNS:
        return "va-et-vient entre deux pages"
    return f"même page depuis {int((now - row.since).total_seconds() // 60)} min" if now - row.since >= LONG else ""
