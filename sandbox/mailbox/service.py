"""Writes to the simulated phone and mailbox. No real mail or SMS ever leaves."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import User
from sandbox.acts import CodeSent, on
from sandbox.clock import now
from sandbox.db import db
from sandbox.mailbox.models import Channel, Mail

PAGE = 20
PORTAL = "Mon espace santé (simulé)"


def send(user: User, channel: Channel, body: str, subject: str = "") -> Mail:
    """Put a message on the person's simulated phone."""
    mail = Mail(user=user, channel=channel, sender=PORTAL, subject=subject, body=body)
    db.session.add(mail)
    return mail


@on(CodeSent)
def send_code(act: CodeSent) -> None:
    send(
        act.record.owner, Channel.SMS,
        f"Votre code de connexion est {act.code}. Il sert une seule fois, pendant 10 minutes. "
        "Ne le donnez à personne.",
    )


def inbox(user: User, limit: int = 50) -> list[Mail]:
    """The newest messages first."""
    query = sa.select(Mail).where(Mail.user_id == user.id).order_by(Mail.at.desc(), Mail.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def page_of(user: User, page: int) -> tuple[list[Mail], int, int]:
    """One page of the phone, its number (within what exists), and how many there are."""
    count = db.session.scalar(sa.select(sa.func.count(Mail.id)).where(Mail.user_id == user.id)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    return inbox(user, page * PAGE)[(page - 1) * PAGE :], page, pages


def unread_count(user: User) -> int:
    return db.session.scalar(unread(user)) or 0


def unread(user: User) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Mail.id)).where(Mail.user_id == user.id, Mail.read_at.is_(None))


def read_all(user: User) -> None:
    db.session.execute(sa.update(Mail).where(Mail.user_id == user.id, Mail.read_at.is_(None)).values(read_at=now()))
