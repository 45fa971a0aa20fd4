"""An agenda as other calendars read it: iCalendar (RFC 5545, with the names and the rhythm of RFC 7986)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox import clock, tenancy
from sandbox.account.models import Record
from sandbox.agenda.models import Appointment, Reminder, Status
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.late import Late

_library = Late("icalendar")
TRAINING = "Entraînement — données fictives"
DOMAIN = "agenda.sandbox.invalid"
EVERY = timedelta(hours=1)  # how often a calendar should read it again
REVISED = (  # what writes or changes something in the agenda
    "AppointmentAdded", "AppointmentChanged", "AppointmentMoved", "AppointmentCancelled", "AppointmentWritten",
    "AppointmentRewritten", "AppointmentGiven", "AppointmentConfirmed", "AppointmentCalledOff", "AppointmentHonoured",
    "AppointmentMissed", "ReminderAdded", "ReminderChanged", "ReminderWritten",
)
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")  # RFC 5545 lets no text hold them
BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Event:
    """One thing of the agenda; of a whole day when it begins at no hour."""

    uid: str
    title: str
    begins: datetime | date
    minutes: int
    place: str
    note: str
    cancelled: bool
    revisions: int
    revised_at: datetime


def written(record: Record) -> bytes:
    """The whole agenda of a record, as it is now; the same bytes as long as nothing changes."""
    return _drawn(record.name, tuple(_events(record)))


def _events(record: Record) -> Iterator[Event]:
    """What was entered by mistake is nowhere: a calendar that had it forgets it."""
    revised = _revised(record)
    appointments = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.in_agenda, Appointment.status != Status.ERROR
    ).order_by(Appointment.starts_at, Appointment.id)
    for one in db.session.scalars(appointments):
        name = one.stale_of or one.ref  # of the same one, whatever the agenda was told of it since
        yield Event(f"{name}@{DOMAIN}", _title(one), one.starts_at, one.minutes, one.place, _note(one),
                    one.status is Status.CANCELLED, *revised(name))
    reminders = sa.select(Reminder).where(Reminder.record_id == record.id).order_by(Reminder.due_on, Reminder.id)
    for each in db.session.scalars(reminders):
        yield Event(f"{each.ref}@{DOMAIN}", each.title, each.due_on, 0, "", f"{each.note}\n\n{TRAINING}".strip(), False, *revised(each.ref))


def _revised(record: Record) -> Any:
    """How often each thing was written or changed, and when the last time; never: as the world's day began."""
    query = sa.select(Entry.subject_ref, sa.func.count(Entry.id), sa.func.max(Entry.at)).where(
        Entry.record_id == record.id, Entry.act.in_(REVISED), ~Entry.elsewhere
    ).group_by(Entry.subject_ref)
    known = {ref: (count, at) for ref, count, at in db.session.execute(query)}
    as_told = 0, clock.at(tenancy.world_day())
    return lambda ref: known.get(ref, as_told)


def _title(one: Appointment) -> str:
    """Many calendars show what is cancelled like anything else: the title says it too."""
    title = one.title or one.with_name or "Rendez-vous"
    return f"Annulé : {title}" if one.status is Status.CANCELLED else title


def _note(one: Appointment) -> str:
    known = [f"Avec {one.with_name}" if one.with_name else "", f"État : {one.status.label.lower()}", one.note, TRAINING]
    return "\n\n".join(line for line in known if line)


# --- as the library writes it ------------------------------------------------------------------------

@lru_cache(maxsize=32)
def _drawn(name: str, events: tuple[Event, ...]) -> bytes:
    """Calendars ask often, and agendas change rarely: what was drawn once is given again."""
    calendar, title = _library.Calendar(), f"Agenda de {name} ({TRAINING})"
    told = {
        "prodid": "-//Espace sante sandbox//Agenda//FR", "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH",
        "name": title, "x-wr-calname": title, "description": f"{TRAINING}.", "x-wr-caldesc": f"{TRAINING}.",
        "x-wr-timezone": "Europe/Paris",
    }
    for property_name, value in told.items():
        calendar.add(property_name, value)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", EVERY)
    calendar.add_component(_library.Timezone.from_ical(PARIS))
    for event in events:
        calendar.add_component(_component(event))
    content: bytes = calendar.to_ical()
    return content


def _component(event: Event) -> Any:
    drawn = _library.Event()
    begins, ends = _hours(event.begins, event.minutes)
    told = {
        "uid": event.uid, "dtstamp": event.revised_at.astimezone(UTC), "last-modified": event.revised_at.astimezone(UTC),
        "sequence": event.revisions, "dtstart": begins, "dtend": ends, "summary": _plain(event.title),
        "location": _plain(event.place), "description": _plain(event.note), "class": "PRIVATE",
        "status": "CANCELLED" if event.cancelled else "CONFIRMED",
        "transp": "OPAQUE" if isinstance(begins, datetime) and not event.cancelled else "TRANSPARENT",
    }
    for name, value in told.items():
        if value != "":
            drawn.add(name, value)
    return drawn


def _hours(begins: datetime | date, minutes: int) -> tuple[datetime | date, datetime | date]:
    """By the clocks of Paris; in the hour that comes twice, the second time has no name there: by the universal clock."""
    if not isinstance(begins, datetime):
        return begins, begins + timedelta(days=1)
    exact = begins.astimezone(UTC), begins.astimezone(UTC) + timedelta(minutes=minutes)
    local = exact[0].astimezone(clock.PARIS), exact[1].astimezone(clock.PARIS)
    return exact if any(moment.fold for moment in local) else local


def _plain(text: str) -> str:
    """Line breaks of one kind, and no sign that a calendar may not hold."""
    return UNWRITABLE.sub("", BREAKS.sub("\n", text))
