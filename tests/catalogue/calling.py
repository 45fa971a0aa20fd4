"""What the stories of the narrow door share: a call for each purpose, and what services have written in a record."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Role, User
from sandbox.agenda.models import Reminder
from sandbox.catalogue import exchanges
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.profile.models import Measure, Source
from tests.room import Room

NUMBERS = count(1)
WRITES = {Purpose.WRITE_AGENDA: Reminder, Purpose.WRITE_MEASURES: Measure, Purpose.WRITE_DOCUMENTS: Document}


def call(passkey: str, purpose: Purpose) -> object:
    """Only inside: ask for that, each time something new."""
    number, today = next(NUMBERS), clock.today()
    verbs = {
        Purpose.READ_AGENDA: lambda: exchanges.busy(passkey, clock.at(today), clock.at(today + timedelta(days=1))),
        Purpose.WRITE_AGENDA: lambda: exchanges.write_reminder(passkey, f"Rappel {number}", today + timedelta(days=number)),
        Purpose.READ_MEASURES: lambda: exchanges.measures(passkey, ["poids"]),
        Purpose.WRITE_MEASURES: lambda: exchanges.push_measure(passkey, "glycemie", "1.05"),
        Purpose.READ_DOCUMENTS: lambda: exchanges.shelf(passkey),
        Purpose.WRITE_DOCUMENTS: lambda: exchanges.deposit(passkey, f"Bilan {number}", "AUTR_DOC", "Tout va bien."),
    }
    return verbs[purpose]()


def written() -> dict[type, int]:
    """Only inside: how many things of each kind the services of the room have written, in every record."""
    agents = sa.select(User.id).where(User.role == Role.SERVICE)
    theirs = {
        Reminder: Reminder.service != "", Measure: sa.and_(Measure.service != "", Measure.source == Source.DEVICE),
        Document: Document.author_id.in_(agents),
    }
    return {kind: db.session.scalar(sa.select(sa.func.count(kind.id)).where(which)) or 0 for kind, which in theirs.items()}


def lines(room: Room, act: str, seat: int = 1) -> list[str]:
    """What the history of a seat says of that act during the workshop, oldest first."""
    with room.inside():
        query = sa.select(Entry.phrase).where(Entry.act == act, Entry.record_id == room.record(seat).id, ~Entry.from_pack)
        return [" ".join(phrase.split()) for phrase in db.session.scalars(query.order_by(Entry.id))]
