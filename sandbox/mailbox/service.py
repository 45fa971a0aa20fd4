"""Writes to the simulated phone and mailbox, and reads them. No real mail or SMS ever leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sandbox import live, paging, tenancy
from sandbox.account.models import Record, User
from sandbox.acts import GenuineReported, LureFollowed, LureReported, publish
from sandbox.clock import now
from sandbox.db import db
from sandbox.mailbox.models import Channel, Mail

PAGE = 20
PORTAL = "Mon espace santé (simulé)"
SENDERS = {Channel.POST: "Assurance Maladie (simulée)"}


@dataclass(frozen=True)
class Box:
    """One of the three: how many messages it holds, how many are to be read, when the newest came."""

    channel: Channel
    count: int = 0
    unread: int = 0
    newest: datetime | None = None


# --- writing -----------------------------------------------------------------------------------------

def send(
    user: User, channel: Channel, body: str, subject: str = "", *, link: str = "", link_label: str = "", sender: str = "",
    lure: str = "",
) -> Mail:
    """Put a message on the person's simulated phone, or a letter in the letter box; an open phone shows it at once."""
    mail = Mail(
        user=user, channel=channel, sender=sender or SENDERS.get(channel, PORTAL), subject=subject, body=body, link=link,
        link_label=link_label, lure=lure,
    )
    db.session.add(mail)
    if where := tenancy.bound():
        live.tell(live.audience_of_seat(where.workshop_id, user.seat), "phone")
    return mail


# --- looking -----------------------------------------------------------------------------------------

def boxes(user: User) -> dict[Channel, Box]:
    """The three boxes of a person, empty ones too."""
    found = db.session.execute(
        sa.select(Mail.channel, sa.func.count(Mail.id), sa.func.count(Mail.id).filter(Mail.read_at.is_(None)), sa.func.max(Mail.at))
        .where(Mail.user_id == user.id).group_by(Mail.channel)
    )
    known = {channel: Box(channel, count, waiting, newest) for channel, count, waiting, newest in found}
    return {channel: known.get(channel, Box(channel)) for channel in Channel}


def first_box(known: Iterable[Box]) -> Channel:
    """Which box to show when none is asked for: the one with something to read, then the one where the latest came."""
    full = [box for box in known if box.newest]
    waiting = [box for box in full if box.unread] or full
    return max(waiting, key=lambda box: box.newest or now(), default=Box(Channel.SMS)).channel


def inbox(user: User, limit: int = 50, channel: Channel | None = None, skip: int = 0) -> list[Mail]:
    """The newest messages first."""
    query = sa.select(Mail).where(Mail.user_id == user.id).order_by(Mail.at.desc(), Mail.id.desc())
    if channel:
        query = query.where(Mail.channel == channel)
    return list(db.session.scalars(query.limit(limit).offset(skip)))


def page_of(user: User, box: Box, page: int) -> tuple[list[Mail], int, int]:
    """One page of a box, its number (within what exists), and how many there are."""
    page, pages = paging.place(box.count, page, PAGE)
    return inbox(user, PAGE, box.channel, (page - 1) * PAGE), page, pages


def find(user: User, ref: str) -> Mail | None:
    """A message of this person's."""
    return db.session.scalars(sa.select(Mail).where(Mail.ref == ref, Mail.user_id == user.id)).first()


def unread_count(user: User) -> int:
    return db.session.scalar(unread(user)) or 0


def unread(user: User) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Mail.id)).where(Mail.user_id == user.id, Mail.read_at.is_(None))


# --- what the person does with a message -------------------------------------------------------------

def read(mails: Iterable[Mail]) -> None:
    """These were shown in full."""
    these = Mail.id.in_([mail.id for mail in mails]), Mail.read_at.is_(None)
    db.session.execute(sa.update(Mail).where(*these).values(read_at=now()))


def follow(user: User, mail: Mail) -> None:
    """The link was pressed. That of a false message leads nowhere but to what it was."""
    if mail.opened_at is None:
        mail.opened_at = now()
        if mail.lure:
            publish(LureFollowed(actor=user, record=_record(user), mail=mail))


def report(user: User, mail: Mail) -> None:
    """The person takes it for a false message, rightly or wrongly: either way it was right to ask."""
    if mail.reported_at is None:
        mail.reported_at = now()
        kind = LureReported if mail.lure else GenuineReported
        publish(kind(actor=user, record=_record(user), mail=mail))


def _record(user: User) -> Record:
    assert user.record is not None  # noqa: S101 — a phone is a learner's
    return user.record
