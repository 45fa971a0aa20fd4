"""The agenda as iCalendar, read back by a strict parser that knows nothing of the library that wrote it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from sandbox import clock
from sandbox.agenda import ical, managing, own, service
from sandbox.agenda.models import Appointment, Reminder, Status
from sandbox.agenda.own import Details
from sandbox.db import db
from sandbox.texts import without_marks
from tests.pro.practice import booked
from tests.room import Room
from tests.trying import tried

PARIS = ZoneInfo("Europe/Paris")
TRAINING = "Entraînement — données fictives"
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the clocks change in the night before


def parsed(content: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(content.decode())


def lines(room: Room, seat: int = 1) -> str:
    with room.inside():
        return ical.written(room.record(seat)).decode()


def read(room: Room, seat: int = 1) -> dict[str, Event]:
    """The events by the ref of what they are."""
    return {str(event.uid).partition("@")[0]: event for event in parsed(lines(room, seat).encode()).events}


def noted(room: Room, moment: datetime, title: str = "Ostéopathe", minutes: int = 30) -> str:
    with room.inside():
        record = room.record(1)
        return own.add(record.owner, record, Details(title, moment, minutes=minutes)).ref


def one(ref: str) -> Appointment:
    """Only inside."""
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()


# --- all of it ----------------------------------------------------------------------------------------

def test_everything_that_stands_in_the_agenda_comes_back(room: Room) -> None:
    events = read(room)
    with room.inside():
        record = room.record(1)
        mine = db.session.scalars(sa.select(Appointment).where(Appointment.record_id == record.id)).all()
        shown = {each.ref: each for each in mine if each.in_agenda and each.status is not Status.ERROR}
        reminders = db.session.scalars(sa.select(Reminder).where(Reminder.record_id == record.id)).all()
        assert set(events) == set(shown) | {each.ref for each in reminders}
        assert len(mine) > len(shown) > 3
        for ref, each in shown.items():
            check(events[ref], each)
        for each in reminders:
            assert (events[each.ref].dtstart, events[each.ref].summary) == (each.due_on, each.title)
            assert each.note in str(events[each.ref].description)


def check(event: Event, told: Appointment) -> None:
    assert str(event.summary) == (f"Annulé\u00a0: {told.title}" if told.status is Status.CANCELLED else told.title)
    assert event.dtstart == told.starts_at
    assert event.computed_duration == timedelta(minutes=told.minutes)
    assert (event.location or "") == told.place
    for words in (told.note, told.with_name, told.status.label.lower(), TRAINING):
        assert words in str(event.description)
    assert event.status == ("CANCELLED" if told.status is Status.CANCELLED else "CONFIRMED")


def test_what_came_of_it_is_said_and_what_was_an_error_is_left_out(room: Room) -> None:
    refs = {state: noted(room, clock.at(clock.today() + timedelta(days=30 + n), 9)) for n, state in enumerate(Status)}
    with room.inside():
        for state, ref in refs.items():
            one(ref).status = state
    events = read(room)
    assert refs[Status.ERROR] not in events
    assert "État\u00a0: honoré" in str(events[refs[Status.HONOURED]].description)
    assert "État\u00a0: non honoré" in str(events[refs[Status.MISSED]].description)
    assert [events[refs[state]].status for state in (Status.CONFIRMED, Status.HONOURED, Status.MISSED, Status.CANCELLED)] == [
        "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED",
    ]


def test_a_title_that_is_missing_is_said_by_whom_one_sees(room: Room) -> None:
    nobody, somebody = (noted(room, clock.at(clock.today() + timedelta(days=days), 9)) for days in (30, 31))
    with room.inside():
        one(nobody).title = one(somebody).title = ""
        one(somebody).with_name = "Mme Petit"
    events = read(room)
    assert (events[nobody].summary, events[somebody].summary) == ("Rendez-vous", "Mme Petit")


def test_it_says_what_it_is_and_how_often_to_read_it_again(room: Room) -> None:
    text = lines(room)
    unfolded = text.replace("\r\n ", "")
    for line in ("VERSION:2.0", "METHOD:PUBLISH", "CALSCALE:GREGORIAN", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"):
        assert f"{line}\r\n" in unfolded
    with room.inside():
        assert f"X-WR-CALNAME:Agenda de {room.record(1).name} ({TRAINING})\r\n" in unfolded
    assert unfolded.count(TRAINING) >= 4 + unfolded.count("BEGIN:VEVENT")
    assert parsed(text.encode()).refresh_interval == timedelta(hours=1)


def test_no_line_is_longer_than_calendars_take_and_each_ends_as_they_expect(room: Room) -> None:
    noted(room, clock.at(clock.today() + timedelta(days=30), 9), "É" * 100)
    text = lines(room)
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert {event.summary for event in parsed(text.encode()).events} >= {"É" * 100}


def test_another_profile_holds_none_of_it(room: Room) -> None:
    assert not set(read(room, 1)) & set(read(room, 2))


# --- the hours ----------------------------------------------------------------------------------------

def test_half_past_two_stays_half_past_two_on_both_sides_of_the_change(room: Room) -> None:
    days = [change + timedelta(days=n) for change in (SPRING, AUTUMN) for n in (-1, 0, 1)]
    refs = {noted(room, clock.at(day, 14, 30)): day for day in days}
    text, events = lines(room), read(room)
    for ref, day in refs.items():
        assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T143000" in text
        assert events[ref].dtstart == datetime(day.year, day.month, day.day, 14, 30, tzinfo=PARIS)
    offsets = [events[ref].dtstart.utcoffset() for ref in refs]
    assert [offset.total_seconds() / 3600 for offset in offsets] == [1, 2, 2, 2, 1, 1]


@pytest.mark.parametrize(("begins", "minutes"), [
    (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), 20),  # 2:30 for the first time
    (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), 20),  # 2:30 again
    (datetime(2027, 10, 31, 0, 50, tzinfo=UTC), 30),  # from the first 2:50 to the second 2:20
    (datetime(2027, 10, 31, 1, 50, tzinfo=UTC), 30),  # from the second 2:50 to 3:20
    (datetime(2027, 3, 28, 0, 50, tzinfo=UTC), 30),  # from 1:50 to 3:20, half an hour later
])
def test_no_minute_is_lost_in_the_night_of_the_change(room: Room, begins: datetime, minutes: int) -> None:
    ref = noted(room, begins.astimezone(PARIS), minutes=minutes)
    event = read(room)[ref]
    start, end = event.dtstart.astimezone(UTC), event.end.astimezone(UTC)
    assert (start, end - start) == (begins, timedelta(minutes=minutes))


def test_the_zone_is_told_by_its_rule_and_has_no_end(room: Room) -> None:
    [zone] = parsed(lines(room).encode()).timezones
    [summer], [winter] = zone.daylight, zone.standard
    assert zone.tz_id == "Europe/Paris"
    assert (summer.tz_offset_to.offset, winter.tz_offset_to.offset) == (timedelta(hours=2), timedelta(hours=1))
    for year in (2026, 2027, 2040):
        for rule, hour in ((summer, 2), (winter, 3)):
            [change] = [
                moment for moment in rule.rrule.as_rrule(rule.dtstart).between(datetime(year, 1, 1), datetime(year, 12, 31))
            ]
            before, after = (datetime(year, change.month, change.day, tzinfo=PARIS) + timedelta(hours=h) for h in (0, 5))
            assert before.utcoffset() != after.utcoffset()
            assert change.hour == hour


# --- the same thing, later ----------------------------------------------------------------------------

def test_a_change_keeps_the_name_and_counts(room: Room) -> None:
    ref = noted(room, clock.at(clock.today() + timedelta(days=30), 9))
    before = read(room)[ref]
    with room.inside():
        later = Details("Ostéopathe", one(ref).starts_at + timedelta(hours=2), note="Escalier B")
        own.change(room.record(1).owner, one(ref), later)
    after = read(room)[ref]
    assert (after.uid, after.dtstart - before.dtstart) == (before.uid, timedelta(hours=2))
    assert after.sequence > before.sequence
    assert after.last_modified >= before.last_modified
    assert after.dtstamp >= before.dtstamp


def test_what_the_professional_notes_is_a_change_too(room: Room) -> None:
    ref = booked(room)
    before = read(room)[ref]
    with room.inside():
        managing.settle(room.user("dr-lemoine"), one(ref), managing.Verb.CALL_OFF, "Absente")
    after = read(room)[ref]
    assert (after.sequence - before.sequence, after.status) == (1, "CANCELLED")
    assert "Absente" in str(after.description)


def test_the_copy_of_what_changed_elsewhere_goes_on_under_the_same_name(room: Room) -> None:
    ref = booked(room)
    known = read(room)[ref]
    with room.inside():
        service.leave_behind(one(ref))
        one(ref).starts_at += timedelta(days=1)
    assert read(room)[ref] == known
    with room.inside():
        service.bring_in(one(ref))
    assert read(room)[ref].dtstart == known.dtstart.replace(tzinfo=None).replace(tzinfo=PARIS) + timedelta(days=1)


def test_what_does_not_change_is_written_the_same_to_the_letter(room: Room) -> None:
    before = lines(room)
    with room.inside():
        room.world().shift_seconds += 5 * 24 * 3600
    assert lines(room) == before


# --- any words ----------------------------------------------------------------------------------------

HARD = ["« Kiné », salle ; 2\\n : \\, \"x\"", "BEGIN:VEVENT\nEND:VCALENDAR", "é" * 80, "a\r\nb\rc\u2028d", "\\", ";;,,", "🩺" * 30, "fin\\"]
WORDS = st.one_of(st.sampled_from(HARD), st.text(max_size=90))


def as_shown(text: str) -> str:
    """What a calendar can hold of a text: the words, its line breaks all of one kind."""
    return re.sub("[\ufeff\ufffe\uffff]", "", re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text))


@tried(80)
@given(title=WORDS, place=WORDS, note=WORDS)
def test_whatever_is_typed_comes_back_as_it_was_typed(room: Room, title: str, place: str, note: str) -> None:
    title, place, note = (as_shown(without_marks(words)).strip() for words in (title, place, note))
    event = ical.Event("a@b", title or "x", datetime(2027, 3, 1, 9, tzinfo=PARIS), 20, place, f"{note}\n\nFin", False, 0,
                       datetime(2027, 1, 1, tzinfo=UTC))
    [back] = parsed(ical._drawn("Marie", (event,))).events
    assert (back.summary, back.location or "", back.description) == (title or "x", place, f"{note}\n\nFin")
