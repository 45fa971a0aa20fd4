"""What is new for the person: what came since the last visit, what they have not read yet, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from sandbox import clock
from sandbox.account.models import Record, User
from sandbox.agenda.models import Appointment, Status
from sandbox.db import db
from sandbox.documents import shelf
from sandbox.documents.models import Document
from sandbox.exercises import service as exercises
from sandbox.exercises.service import Exercise
from sandbox.french import several
from sandbox.messaging import inbox
from sandbox.messaging.models import Conversation, Message
from sandbox.notifications.models import Notification
from sandbox.prescriptions.models import Delivery, Kind, Line, Prescription
from sandbox.profile import prompts
from sandbox.profile import service as profile

SHOWN = 3
SAME_VISIT = timedelta(hours=1)
AT_ONCE = timedelta(hours=1)  # lines delivered at one counter
RECENT = timedelta(days=30)  # of what happened to prescriptions, for whoever comes for the first time


At = sa.ColumnElement[datetime] | InstrumentedAttribute[datetime]


class News(NamedTuple):
    """One thing that leads to the thing itself: a document, an exchange, a notification, a prescription."""

    ref: str
    words: str
    who: str
    at: datetime
    new: bool


@dataclass(frozen=True)
class Group:
    """The newest of one kind, how many there are, and how many came since the last visit."""

    first: list[News]
    total: int
    fresh: int

    def __bool__(self) -> bool:
        return self.total > 0


def documents(record: Record, since: datetime | None) -> Group:
    """What others deposited and nobody has opened."""
    at = _findable()
    query = sa.select(Document.ref, Document.title, User.name, at).join(User, User.id == Document.author_id)
    return _group(query.where(shelf.on_shelf(record), Document.opened_at.is_(None)), at, since)


def messages(record: Record, since: datetime | None) -> Group:
    """Exchanges with something to read."""
    query = sa.select(Conversation.ref, Conversation.subject, User.name, Conversation.last_at).join(
        User, User.id == Conversation.professional_id
    ).where(Conversation.record_id == record.id, sa.exists().where(*_unread(None)))
    return _group(query, Conversation.last_at, since)


def notifications(record: Record, since: datetime | None) -> Group:
    """What the centre holds to read."""
    query = sa.select(Notification.ref, Notification.label, User.name, Notification.at).join(
        User, User.id == Notification.actor_id
    ).where(Notification.record_id == record.id, Notification.read_at.is_(None))
    return _group(query, Notification.at, since)


def prescriptions(record: Record, since: datetime | None) -> Group:
    """What became of prescriptions since the last visit: delivered, not delivered, cancelled. A new one is a document."""
    begun = since or clock.now() - RECENT
    delivered = Prescription.lines.any(Line.deliveries.any(Delivery.at > begun))
    deliveries = selectinload(Prescription.lines).selectinload(Line.deliveries).joinedload(Delivery.pharmacist)
    query = sa.select(Prescription).where(
        Prescription.record_id == record.id, sa.or_(Prescription.cancelled_at > begun, delivered)
    ).options(joinedload(Prescription.prescriber), deliveries)
    new = since or clock.now() - timedelta(days=1)
    found = sorted((_became(one, new) for one in db.session.scalars(query)), key=lambda one: one.at, reverse=True)
    return Group(found[:SHOWN], len(found), len(found))


def next_appointment(record: Record) -> Appointment | None:
    query = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.in_agenda, Appointment.starts_at > clock.now(),
        Appointment.status == Status.CONFIRMED,
    )
    return db.session.scalars(query.order_by(Appointment.starts_at).limit(1)).first()


def arrived(record: Record, seen: datetime) -> list[str]:
    """What came since a page was made, in words: « 1 document », « 2 messages »."""
    asked = (
        sa.select(sa.func.count(Document.id)).where(
            shelf.on_shelf(record), Document.opened_at.is_(None), _findable() > seen),
        sa.select(sa.func.count(Message.id)).join(Conversation).where(
            Conversation.record_id == record.id, *_unread(seen)),
        sa.select(sa.func.count(Notification.id)).where(
            Notification.record_id == record.id, Notification.read_at.is_(None), Notification.at > seen),
    )
    counts = db.session.execute(sa.select(*(question.scalar_subquery() for question in asked))).one()
    return [several(n, word) for n, word in zip(counts, ("document", "message", "notification"), strict=True) if n]


def visit(record: Record) -> datetime | None:
    """The person comes to the first page: when were they there before?"""
    before, record.visited_at = record.visited_at, clock.now()
    return before


def is_another_visit(before: datetime | None) -> bool:
    """A page seen again within the hour is the same visit."""
    return before is None or clock.now() - before > SAME_VISIT


def resume(record: Record) -> None:
    """A new visit begins: questions of the profile that wait alone are asked again."""
    if record.postponed:
        prompts.resume(record, told(record))


def told(record: Record) -> prompts.Progress:
    """How far the profile is told."""
    return prompts.progress(record, profile.briefs(record))


def next_exercise(workshop_id: int, seat: int) -> Exercise | None:
    """The first exercise that this seat has not done."""
    return next((one for one in exercises.of_workshop(workshop_id) if not exercises.done([one], seat)[one.slug]), None)


def summary(groups: Iterable[tuple[Group, str, str]]) -> list[str]:
    """What came since the last visit, in words."""
    return [several(group.fresh, one, many) for group, one, many in groups if group.fresh]


def _findable() -> sa.ColumnElement[datetime]:
    """Since when the patient could find a document."""
    return sa.func.coalesce(Document.hidden_until, Document.deposited_at)


def _unread(since: datetime | None) -> list[sa.ColumnElement[bool]]:
    """A message to read; since then, when a moment is given."""
    wanted = [Message.conversation_id == Conversation.id, *inbox.waiting()]
    return [*wanted, Message.sent_at > since] if since else wanted


def _group(query: sa.Select[str, str, str, datetime], at: At, since: datetime | None) -> Group:
    """The newest few, and how many: one question."""
    fresh = sa.func.sum(sa.case((at > since, 1), else_=0)).over() if since else sa.func.count().over()
    found = db.session.execute(
        query.add_columns(sa.func.count().over(), fresh).order_by(at.desc()).limit(SHOWN)
    ).all()
    shown = [News(ref, words, who, at, since is None or at > since) for ref, words, who, at, *_ in found]
    return Group(shown, found[0][4] if found else 0, int(found[0][5]) if found else 0)


def _became(prescription: Prescription, since: datetime) -> News:
    """The last thing that happened to a prescription."""
    title = f"Ordonnance : {prescription.title}"
    if prescription.cancelled_at:
        at, who = prescription.cancelled_at, prescription.prescriber.name
        return News(prescription.ref, title, f"Annulée par {who}", at, at > since)
    done = [(delivery, line.name) for line in prescription.lines for delivery in line.kept]
    if not done:
        return News(prescription.ref, title, "Une erreur a été corrigée", since, False)
    last = max((delivery for delivery, _ in done), key=lambda delivery: delivery.at)
    together = [
        name for delivery, name in done
        if delivery.pharmacist_id == last.pharmacist_id and bool(delivery.refused) is bool(last.refused)
        and last.at - delivery.at < AT_ONCE
    ]
    verb = "délivré" if prescription.kind is Kind.PRODUCTS else "réalisé"
    told = f"Non {verb}" if last.refused else verb.capitalize()
    return News(prescription.ref, title, f"{told} par {last.pharmacist.name} : {', '.join(together)}", last.at, last.at > since)
