"""Acts that concern the record's owner become notifications, and a mail that says nothing of health."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock, paging
from sandbox.account.models import Record, User
from sandbox.acts import Act, DocumentAct, NotificationOpened, PreferencesChosen, on, publish
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.mailbox import service as mailbox
from sandbox.mailbox.models import Channel
from sandbox.notifications import letters, preferences
from sandbox.notifications.models import Code, Notification

PAGE = 20
TOO_LATE = "Cette notification ne peut plus être remise : le dossier a changé depuis."
Kept = dict[str, str]  # a notification that was taken away, to be put back


@on(Act)
def notify(act: Act) -> None:
    """Only what somebody else did is news, and only the acts that carry a code; as the person chose."""
    is_news = act.notifies and not act.is_elsewhere and not _is_about_a_hidden_document(act)
    keepers = act.record.keepers if is_news else []
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
    if not act.record.is_shut and preferences.wants(act.record, code, preferences.EMAIL):  # nowhere to sign in to
        for keeper in keepers:
            letter = letters.letter(act, keeper)
            mailbox.send(
                keeper, Channel.EMAIL, letter.body, letter.subject, link=letter.link, link_label=letter.link_label,
            )


def _is_about_a_hidden_document(act: Act) -> bool:
    """What is not announced yet is told of by its own act alone, which leads nowhere."""
    return isinstance(act, DocumentAct) and act.about == "document" and act.document.is_hidden


def unread_count(record: Record) -> int:
    return db.session.scalar(unread(record)) or 0


def unread(record: Record) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Notification.id)).where(
        Notification.record_id == record.id, Notification.read_at.is_(None)
    )


def newest(record: Record, limit: int = 100) -> list[Notification]:
    query = sa.select(Notification).where(Notification.record_id == record.id).options(joinedload(Notification.actor))
    return list(db.session.scalars(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(limit)))


def page_of(record: Record, page: int) -> tuple[list[Notification], int, int]:
    """One page of the centre, its number (within what exists), and how many there are."""
    query = sa.select(sa.func.count(Notification.id)).where(Notification.record_id == record.id)
    page, pages = paging.place(db.session.scalar(query) or 0, page, PAGE)
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


def delete(user: User, notification: Notification) -> Kept:
    """Take a notification away, for all who share the profile; what it announced stays. Returns what puts it back."""
    read = notification.read_at
    kept = {name: getattr(notification, name) for name in ("ref", "label", "about", "object_ref")} | {
        "code": notification.code.value, "actor": notification.actor.ref, "record": notification.record.ref,
        "at": notification.at.isoformat(), "read_at": read.isoformat() if read else "",
    }
    db.session.delete(notification)
    return kept


def put_back(user: User, record: Record, kept: Kept) -> None:
    """Undo a deletion. Raises Refused when it is another record's, or when the actor is gone."""
    actor = db.session.scalars(sa.select(User).where(User.ref == kept["actor"])).first()
    if kept["record"] != record.ref or actor is None:
        raise Refused(TOO_LATE)
    if find(kept["ref"]) is None:
        db.session.add(
            Notification(
                record=record, actor=actor, code=Code(kept["code"]), at=datetime.fromisoformat(kept["at"]),
                read_at=datetime.fromisoformat(kept["read_at"]) if kept["read_at"] else None,
                **{name: kept[name] for name in ("ref", "label", "about", "object_ref")},
            )
        )


def delete_read(user: User, record: Record) -> None:
    """Take away all that was read; what is still to read stays."""
    db.session.execute(
        sa.delete(Notification).where(Notification.record_id == record.id, Notification.read_at.is_not(None))
    )


def read_all(record: Record) -> None:
    db.session.execute(
        sa.update(Notification).where(Notification.record_id == record.id, Notification.read_at.is_(None))
        .values(read_at=clock.now())
    )


def choose(user: User, record: Record, told: Collection[str]) -> None:
    """What the person wants to be told, by kind and by channel: « messages:centre », « messages:email » …"""
    muted = " ".join(one for one in preferences.OFFERED if one not in told)
    if muted != record.muted:
        record.muted = muted
        publish(PreferencesChosen(actor=user, record=record))
