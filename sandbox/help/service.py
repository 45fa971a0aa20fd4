"""Writing to the simulated support and reporting: a ticket, kept a year, which answers by itself a little later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import blobs, clock
from sandbox.account.models import Record, User
from sandbox.account.service import institution
from sandbox.acts import TicketAnswered, TicketSent, publish
from sandbox.db import db
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.help.models import Kind, Ticket, TicketFile
from sandbox.help.reports import REPORTS, answer_to
from sandbox.journal.models import Entry
from sandbox.privacy.service import standing_of
from sandbox.workshops import due

KEPT = timedelta(days=365)
ANSWERS_AFTER = timedelta(minutes=2)
MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
TOO_MANY = f"Vous avez choisi plus de {MOST_FILES} fichiers. Choisissez les plus utiles, {MOST_FILES} au plus."
TOO_HEAVY = "Ces fichiers dépassent 10 Mo à eux tous. Envoyez-en moins, ou des photos moins grandes."


def check_weight(contents: Sequence[bytes]) -> None:
    """Raises Refused when there are too many files, or when they weigh too much together."""
    if len(contents) > MOST_FILES:
        raise Refused(TOO_MANY)
    if sum(map(len, contents)) > MOST_BYTES:
        raise Refused(TOO_HEAVY)


def write(user: User, record: Record, *, subject: str, text: str, files: Sequence[File] = ()) -> Ticket:
    """The person writes to the support. The files have been through `uploads`."""
    ticket = _opened(user, record, Kind.QUESTION, subject=subject, text=text)
    names = blobs.keep(*(file.content for file in files))
    db.session.add_all(
        TicketFile(ticket=ticket, name=file.title, media_type=file.media_type, blob_hash=name, size=len(file.content))
        for file, name in zip(files, names, strict=True)
    )
    _send(user, ticket)
    return ticket


def report(user: User, record: Record, kind: Kind, *, subject: str, object_ref: str, reason: str, text: str) -> Ticket:
    """The person reports a document, an access or a service. `reason` is a word of `REPORTS`."""
    told = f"{REPORTS[kind].reasons[reason]}." + (f"\n\n{text}" if text else "")
    ticket = _opened(user, record, kind, subject=subject, text=told, object_ref=object_ref)
    _send(user, ticket)
    return ticket


def _opened(user: User, record: Record, kind: Kind, *, subject: str, text: str, object_ref: str = "") -> Ticket:
    now = clock.now()
    ticket = Ticket(
        record=record, author=user, kind=kind, subject=subject[:160], text=text[:3000], object_ref=object_ref,
        sent_at=now, answer_at=now + ANSWERS_AFTER,
    )
    db.session.add(ticket)
    return ticket


def _send(user: User, ticket: Ticket) -> None:
    publish(TicketSent(actor=user, record=ticket.record, ticket=ticket))
    if ticket.answer_at:
        due.expect(ticket.answer_at)


def of_record(record: Record) -> list[Ticket]:
    """The tickets of a profile, newest first."""
    query = sa.select(Ticket).where(Ticket.record_id == record.id).order_by(Ticket.sent_at.desc(), Ticket.id.desc())
    return list(db.session.scalars(query))


def find(ref: str) -> Ticket | None:
    """The ticket of that name, with all that its page shows."""
    query = sa.select(Ticket).where(Ticket.ref == ref).options(joinedload(Ticket.author), selectinload(Ticket.files))
    return db.session.scalars(query).first()


def knows(record: Record, professional: User) -> bool:
    """Whether this professional has to do with the record: did something in it, or has a standing."""
    done = sa.select(Entry.id).where(Entry.record_id == record.id, Entry.actor_id == professional.id).limit(1)
    return standing_of(record, professional) is not None or db.session.scalar(done) is not None


def line_at(record: Record, professional: User, moment: datetime) -> str | None:
    """What the history says this professional did in that second."""
    query = sa.select(Entry.phrase).where(
        Entry.record_id == record.id, Entry.actor_id == professional.id, ~Entry.elsewhere, Entry.at >= moment,
        Entry.at < moment + timedelta(seconds=1),
    )
    return db.session.scalar(query.order_by(Entry.id).limit(1))


@due.on_time
def answer_tickets() -> datetime | None:
    """The support answers what has waited long enough, and forgets what is a year old."""
    now = clock.now()
    waiting = sa.select(Ticket).where(Ticket.answer == "", Ticket.answer_at.is_not(None)).order_by(Ticket.answer_at, Ticket.id)
    for ticket in db.session.scalars(waiting.where(Ticket.answer_at <= now)).all():
        ticket.answer = answer_to(ticket.kind)
        publish(TicketAnswered(actor=institution(), record=ticket.record, ticket=ticket))
    db.session.execute(sa.delete(Ticket).where(Ticket.sent_at <= now - KEPT))
    oldest = db.session.scalar(sa.select(sa.func.min(Ticket.sent_at)))
    following = db.session.scalar(sa.select(sa.func.min(Ticket.answer_at)).where(Ticket.answer == ""))
    return min((moment for moment in (following, oldest + KEPT if oldest else None) if moment), default=None)
