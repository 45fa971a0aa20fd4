"""Acts that concern the record's owner become notifications, and a mail that says nothing of health."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Record, User
from sandbox.acts import Act, NotificationOpened, on, publish
from sandbox.db import db
from sandbox.mailbox import service as mailbox
from sandbox.mailbox.models import Channel
from sandbox.notifications import preferences
from sandbox.notifications.models import Code, Notification

PAGE = 20
SUBJECT = "Du nouveau dans votre espace"  # that something is new, never what (reference §1.10)
BODY = "Bonjour, il y a du nouveau dans votre espace. Connectez-vous pour le voir."


@on(Act)
def notify(act: Act) -> None:
    """Only what somebody else did is news, and only the acts that carry a code; as the person chose."""
    keepers = act.record.keepers if act.notifies else []
    if not keepers or act.actor.id in {keeper.id for keeper in keepers}:
        return
    code = Code(act.notifies)
    if preferences.wants(act.record, code, preferences.CENTRE):
        db.session.add(
            Notification(
                record=act.record, actor=act.actor, code=code, label=str(act)[:300], about=act.about,
                object_ref=act.subject_ref if act.about else "",
            )
        )
    if preferences.wants(act.record, code, preferences.EMAIL):
        for keeper in keepers:
            mailbox.send(keeper, Channel.EMAIL, BODY, SUBJECT)


def unread_count(record: Record) -> int:
    return db.session.scalar(unread(record)) or 0


def unread(record: Record) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Notification.id)).where(
        Notification.record_id == record.id, Notification.read_at.is_(None)
    )


def newest(record: Record, limit: int = 100) -> list[Notification]:
    query = sa.select(Notification).where(Notification.record_id == record.id)
    return list(db.session.scalars(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(limit)))


def page_of(record: Record, page: int) -> tuple[list[Notification], int, int]:
    """One page of the centre, its number (within what exists), and how many there are."""
    query = sa.select(sa.func.count(Notification.id)).where(Notification.record_id == record.id)
    pages = max(1, -(-(db.session.scalar(query) or 0) // PAGE))
    page = min(max(1, page), pages)
    return newest(record, page * PAGE)[(page - 1) * PAGE :], page, pages


def find(ref: str) -> Notification | None:
    return db.session.scalars(sa.select(Notification).where(Notification.ref == ref)).first()


def open_one(user: User, notification: Notification) -> None:
    """The person opens a notification: it is read, and that is an act."""
    notification.read_at = notification.read_at or clock.now()
    publish(NotificationOpened(actor=user, record=notification.record, notification=notification))


def mark(user: User, notification: Notification, *, read: bool) -> None:
    """Put aside as read without opening, or back among what is to read."""
    notification.read_at = clock.now() if read else None


def delete(user: User, notification: Notification) -> None:
    """Take a notification away; what it announced stays."""
    db.session.delete(notification)


def read_all(record: Record) -> None:
    db.session.execute(
        sa.update(Notification).where(Notification.record_id == record.id, Notification.read_at.is_(None))
        .values(read_at=clock.now())
    )
