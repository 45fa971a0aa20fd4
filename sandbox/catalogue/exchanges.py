"""What a service does in a record: one narrow door, where its key, its time and its agreements are checked at every call.

Each verb takes the key first, raises `Denied`, and leaves its line in the history under « Services synchronisés »: the
refusals too, so whoever calls commits either way. A measure or a reminder told twice, word for word, stands once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from sandbox import clock, texts
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.acts import (
    AgendaReadByService,
    AppointmentRewritten,
    AppointmentWritten,
    DocumentReadByService,
    DocumentsListedToService,
    MeasureReceived,
    MeasuresReadByService,
    ReminderWritten,
    ServiceDenied,
    publish,
)
from sandbox.agenda import own, reminders
from sandbox.agenda import service as agenda
from sandbox.agenda.models import Appointment, Reminder, Status
from sandbox.catalogue import calls, pairing, service
from sandbox.catalogue.calls import Call, Denial, Denied
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.measures import KINDS
from sandbox.profile.models import Measure, Source
from sandbox.workshops.fixtures import common

NOT_YOURS = "Ce rendez-vous a été pris ailleurs : le service ne peut pas l’écrire dans cet agenda."
NO_SUCH_MEASURE = "« Mon espace santé » ne connaît pas cette mesure."
TOO_OLD = "Cette mesure est trop ancienne pour « Mon espace santé » : elle a plus d’un mois."
TO_COME = "Cette mesure porte une date à venir : « Mon espace santé » ne la prend pas."
PAST = "Ce rappel porte une date passée : « Mon espace santé » ne le prend pas."
NOTHING_TO_KEEP = "Ce document est vide, ou d’une catégorie que « Mon espace santé » ne connaît pas."
GONE = "Ce document n’est plus disponible. Choisissez-en un autre."
LATE = timedelta(days=31)
BRIEFLY = timedelta(minutes=1)  # the same refusal, repeated, leaves one line
NUMBER = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2})?")
Row = TypeVar("Row", Reminder, Measure)


@dataclass(frozen=True)
class Door:
    """A call that was let in: who acts, in whose record."""

    agent: User
    record: Record

    @property
    def about(self) -> dict[str, str]:
        return {"service": self.agent.slug, "name": self.agent.name}


def allows(passkey: str, purpose: Purpose) -> bool:
    """Whether the call would be let in; asking leaves no trace."""
    return denial_of(passkey, purpose) is None


def denial_of(passkey: str, purpose: Purpose) -> Denial | None:
    """Why the call would not be let in; asking leaves no trace."""
    return Call(calls.find(passkey), purpose).denial


def _enter(passkey: str, purpose: Purpose) -> Door:
    """Raises Denied, and then the history of the record says so."""
    call = Call(calls.find(passkey), purpose)
    if call.tie is None:
        raise Denied(Denial.UNKNOWN)
    agent = service.agent(call.tie.service)
    if may(agent, To.EXCHANGE, call):
        return Door(agent, call.tie.record)
    denial = call.denial or Denial.UNKNOWN
    if denial is not Denial.SHUT:
        asked = pairing.in_words([purpose])
        _tell_once(ServiceDenied(
            actor=agent, record=call.tie.record, service=agent.slug, name=agent.name, asked=asked, reason=denial.label,
        ))
    raise Denied(denial)


def _tell_once(act: ServiceDenied) -> None:
    """A service that insists does not drown the history: the same refusal within a minute is one line."""
    same = sa.select(Entry.id).where(
        Entry.record_id == act.record.id, Entry.act == type(act).__name__, Entry.subject_ref == act.service,
        Entry.phrase == str(act)[:300], Entry.at > clock.now() - BRIEFLY, Entry.at <= clock.now(),
    )
    if db.session.execute(same.limit(1)).first() is None:
        publish(act)


# --- the agenda --------------------------------------------------------------------------------------

def busy(passkey: str, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """The hours taken between two moments: neither with whom nor why."""
    door = _enter(passkey, Purpose.READ_AGENDA)
    query = sa.select(Appointment).where(
        Appointment.record_id == door.record.id, Appointment.in_agenda, Appointment.status == Status.CONFIRMED,
        Appointment.starts_at < last, Appointment.starts_at > first - timedelta(days=1),
    )
    publish(AgendaReadByService(actor=door.agent, record=door.record, **door.about))
    taken = db.session.scalars(query.order_by(Appointment.starts_at))
    return [(one.starts_at, one.ends_at) for one in taken if one.ends_at > first]


def write_appointment(passkey: str, appointment: Appointment) -> None:
    """The agenda knows what was booked at this service, as it is now. Raises Denied, Refused."""
    door = _enter(passkey, Purpose.WRITE_AGENDA)
    if appointment.service != door.agent.slug or appointment.record_id != door.record.id:
        raise Refused(NOT_YOURS)
    kind = AppointmentWritten if agenda.bring_in(appointment) else AppointmentRewritten
    publish(kind(actor=door.agent, record=door.record, appointment=appointment))


def write_reminder(passkey: str, title: str, due_on: date, note: str = "") -> Reminder:
    """A reminder of the service's: the person reads it and does not change it. Raises Denied, Refused."""
    door = _enter(passkey, Purpose.WRITE_AGENDA)
    if due_on < clock.today():
        raise Refused(PAST)
    said = {
        "title": texts.without_marks(title).strip()[:100], "note": texts.without_marks(note).strip()[:1000],
        "due_on": due_on, "service": door.agent.slug,
    }
    own.hold(door.record)
    if there := _there(Reminder, door.record, said):
        return there
    reminders.leave_room(door.record, due_on)
    reminder = Reminder(record=door.record, **said)
    db.session.add(reminder)
    publish(ReminderWritten(actor=door.agent, record=door.record, reminder=reminder))
    return reminder


# --- measures ----------------------------------------------------------------------------------------

def measures(passkey: str, kinds: Collection[str]) -> list[Measure]:
    """The measures of these kinds, newest first. Raises Denied."""
    door = _enter(passkey, Purpose.READ_MEASURES)
    query = sa.select(Measure).where(Measure.record_id == door.record.id, Measure.kind.in_(kinds))
    names = ", ".join(KINDS[kind].label.lower() for kind in KINDS if kind in kinds)
    publish(MeasuresReadByService(actor=door.agent, record=door.record, **door.about, kinds=names))
    return list(db.session.scalars(query.order_by(Measure.at.desc(), Measure.id.desc())))


def push_measure(passkey: str, kind: str, value: str, at: datetime | None = None) -> Measure:
    """A measure that a device took, « 1.05 » in the unit of its kind, now or within the last month. Raises Denied, Refused."""
    door = _enter(passkey, Purpose.WRITE_MEASURES)
    at = at or clock.now()
    _need_measure(kind, value, at)
    said = {"kind": kind, "value": value, "at": at, "source": Source.DEVICE, "service": door.agent.slug}
    own.hold(door.record)
    if there := _there(Measure, door.record, said):
        return there
    measure = Measure(record=door.record, **said)
    db.session.add(measure)
    publish(MeasureReceived(actor=door.agent, record=door.record, measure=measure, told=KINDS[kind].told(value)))
    return measure


def _need_measure(kind: str, value: str, at: datetime) -> None:
    """Raises Refused when it cannot be one: of no kind known, not the numbers of its kind, too old, or to come."""
    parts = value.split("/")
    if kind not in KINDS or len(parts) != len(KINDS[kind].parts) or len(value) > 12 or not all(map(NUMBER.fullmatch, parts)):
        raise Refused(NO_SUCH_MEASURE)
    if at > clock.now():
        raise Refused(TO_COME)
    if at < clock.now() - LATE:
        raise Refused(TOO_OLD)


# --- documents ---------------------------------------------------------------------------------------

def shelf(passkey: str, categories: Collection[str] = ()) -> list[Document]:
    """The documents that the service may be shown, newest first: never what is masked or not announced. Raises Denied."""
    door = _enter(passkey, Purpose.READ_DOCUMENTS)
    query = sa.select(Document).where(Document.record_id == door.record.id, ~Document.loose)
    if categories:
        query = query.where(Document.category.in_(categories))
    publish(DocumentsListedToService(actor=door.agent, record=door.record, **door.about))
    found = db.session.scalars(query.order_by(Document.dated.desc(), Document.id.desc()))
    return [one for one in found if may(door.agent, To.GIVE_TO_SERVICE, one)]


def read_document(passkey: str, ref: str) -> Document:
    """One document that the person chose. Raises Denied, and Refused when it is not there."""
    door = _enter(passkey, Purpose.READ_DOCUMENTS)
    query = sa.select(Document).where(Document.ref == ref, Document.record_id == door.record.id)
    document = db.session.scalars(query).first()
    if document is None or not may(door.agent, To.GIVE_TO_SERVICE, document):
        raise Refused(GONE)
    publish(DocumentReadByService(actor=door.agent, record=door.record, document=document))
    return document


def deposit(passkey: str, title: str, category: str, text: str) -> Document:
    """A text that the service puts among the documents: the person is told, as of any deposit. Raises Denied, Refused."""
    door = _enter(passkey, Purpose.WRITE_DOCUMENTS)
    if not text.strip() or category not in {one["code"] for one in common("categories")["category"]}:
        raise Refused(NOTHING_TO_KEEP)
    return documents.deposit_text(door.agent, door.record, title=title, category=category, text=text)


def _there(kind: type[Row], record: Record, said: dict[str, Any]) -> Row | None:
    """What the service wrote already, word for word: it is not written twice."""
    query = sa.select(kind).where(kind.record_id == record.id).filter_by(**said)
    return db.session.scalars(query.limit(1)).first()
