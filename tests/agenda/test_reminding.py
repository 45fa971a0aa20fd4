"""What stands in the agenda is reminded of by the room's clock: once, in time, and never afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account.models import Life
from sandbox.agenda import own, reminders, reminding, service
from sandbox.agenda.models import Appointment, Reminder, Status
from sandbox.agenda.own import Details
from sandbox.agenda.reminders import Wish
from sandbox.db import db
from sandbox.mailbox.models import Mail
from sandbox.notifications.models import Code, Notification
from sandbox.workshops import due
from tests.asking import asked
from tests.browser import Browser
from tests.pro.practice import booked
from tests.pro.practice import given as was_given
from tests.room import Room
from tests.trying import tried

CODES = (Code.RAPPEL_RDV_USAGER, Code.RAPPEL_AGENDA)
PARIS = ZoneInfo("Europe/Paris")
REMINDED = "Un rappel vous attend dans votre espace"


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def at(days: int, hour: int = 14, minute: int = 0) -> datetime:
    return clock.at(day(days), hour, minute)


def noted(room: Room, moment: datetime, title: str = "Ostéopathe") -> str:
    with room.inside():
        record = room.record(1)
        return own.add(record.owner, record, Details(title, moment, minutes=15)).ref


def wished(room: Room, on: date, *, eve: bool = True, title: str = "Vaccin du chat") -> str:
    with room.inside():
        record = room.record(1)
        return reminders.add(record.owner, record, Wish(title, on, eve=eve)).ref


def go_to(room: Room, moment: datetime) -> None:
    """The room's clock is put there, and somebody opens a page."""
    with room.inside():
        room.world().shift_seconds += int((moment - clock.now()).total_seconds()) + 1
    assert room.learner(2).go("/aide/").status == 200


def told(room: Room, ref: str) -> list[str]:
    with room.inside():
        query = sa.select(Notification.label).where(Notification.object_ref == ref, Notification.code.in_(CODES))
        return [" ".join(label.split()) for label in db.session.scalars(query.order_by(Notification.id))]


def appointment(ref: str) -> Appointment:
    """Only inside."""
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()


# --- in time, once ------------------------------------------------------------------------------------

def test_marie_is_told_the_day_before_at_nine_and_once(room: Room, marie: Browser) -> None:
    ref = noted(room, at(5, 14))
    go_to(room, at(4, 8, 58))
    assert told(room, ref) == []
    go_to(room, at(4, 9, 0))
    assert told(room, ref) == ["Rappel : Ostéopathe, demain à 14 h"]
    for moment in (at(4, 20), at(5, 8), at(5, 14), at(6, 9)):
        go_to(room, moment)
    assert len(told(room, ref)) == 1
    marie.go("/notifications/").click("Rappel : Ostéopathe, demain à 14 h")
    assert marie.path == f"/agenda/{ref}"


def test_the_mail_says_nothing_of_what_it_is_about(room: Room) -> None:
    noted(room, at(5, 14))
    go_to(room, at(4, 9, 0))
    with room.inside():
        mails = db.session.scalars(sa.select(Mail).where(Mail.user_id == room.record(1).owner.id)).all()
        assert REMINDED in [mail.subject for mail in mails]
        assert not any("stéopathe" in mail.body + mail.subject for mail in mails)


@pytest.mark.parametrize(("eve", "early", "due_at", "word"), [
    (True, at(4, 8, 58), at(4, 9, 0), "demain"), (False, at(5, 7, 58), at(5, 8, 0), "aujourd’hui"),
])
def test_a_reminder_comes_the_day_before_or_the_day_itself(room: Room, eve: bool, early: datetime, due_at: datetime, word: str) -> None:
    ref = wished(room, day(5), eve=eve)
    go_to(room, early)
    assert told(room, ref) == []
    go_to(room, due_at)
    go_to(room, due_at + timedelta(hours=2))
    assert told(room, ref) == [f"Rappel : Vaccin du chat, {word}"]


def test_a_jump_over_several_days_tells_only_what_is_still_to_come(room: Room) -> None:
    over, near, far = (noted(room, at(days, 15), f"Rendez-vous {days}") for days in (3, 8, 11))
    gone, today, tomorrow = (wished(room, day(days)) for days in (5, 8, 9))
    go_to(room, at(8, 10))
    assert told(room, near) == ["Rappel : Rendez-vous 8, aujourd’hui à 15 h"]
    assert told(room, today) == ["Rappel : Vaccin du chat, aujourd’hui"]
    assert told(room, tomorrow) == ["Rappel : Vaccin du chat, demain"]
    assert told(room, over) == told(room, gone) == told(room, far) == []
    go_to(room, at(10, 9, 0))
    assert [len(told(room, ref)) for ref in (over, gone, near, far)] == [0, 0, 1, 1]


def test_what_is_noted_after_its_moment_is_not_told(room: Room) -> None:
    go_to(room, at(2, 10))
    soon, tomorrow, today = noted(room, at(3, 9)), wished(room, day(3)), wished(room, day(2), eve=False)
    go_to(room, at(2, 18))
    go_to(room, at(3, 8, 30))
    assert told(room, soon) == told(room, tomorrow) == told(room, today) == []


def test_a_moved_appointment_is_told_of_anew(room: Room) -> None:
    ref = noted(room, at(5, 14))
    go_to(room, at(4, 9, 0))
    later = at(9, 16, 30)
    with room.inside():
        own.change(room.record(1).owner, appointment(ref), Details("Ostéopathe", later, minutes=15))
    go_to(room, at(8, 9, 0))
    assert told(room, ref) == ["Rappel : Ostéopathe, demain à 14 h", "Rappel : Ostéopathe, demain à 16 h 30"]


def test_one_whose_words_alone_change_is_not_told_twice(room: Room) -> None:
    ref = noted(room, at(5, 14))
    go_to(room, at(4, 9, 0))
    same = at(5, 14)
    with room.inside():
        own.change(room.record(1).owner, appointment(ref), Details("Ostéopathe, étage 2", same, minutes=15))
    go_to(room, at(4, 12, 0))
    assert len(told(room, ref)) == 1


def test_across_the_change_of_hour_nine_o_clock_stays_nine_o_clock() -> None:
    for change in (date(2027, 3, 28), date(2027, 10, 31)):
        monday = clock.at(change + timedelta(days=1), 14, 30)
        moment = reminding.moment_of(Appointment(starts_at=monday))
        assert (moment.date(), moment.hour, moment.minute) == (change, 9, 0)
        first = reminding.moment_of(Reminder(due_on=change, eve=False))
        assert first.astimezone(ZoneInfo("UTC")).hour == (6 if change.month == 3 else 7)


# --- whose, and whose not -----------------------------------------------------------------------------

def test_a_given_appointment_is_told_and_so_is_a_booked_one_once_the_agenda_knows_it(room: Room) -> None:
    doctors, mine = was_given(room, at(20, 11, 10)), booked(room)
    with room.inside():
        moment = appointment(mine).starts_at
        appointment(mine).told_at = None
    go_to(room, max(clock.now(), moment - timedelta(minutes=10)))
    assert len(told(room, mine)) == 1
    go_to(room, at(19, 9, 0))
    assert told(room, doctors) == ["Rappel : Contrôle, demain à 11 h 10"]


def test_of_what_the_agenda_does_not_know_or_is_off_nobody_is_told(room: Room) -> None:
    refs = [noted(room, at(5, hour)) for hour in (10, 11, 12, 13)]
    with room.inside():
        unknown, cancelled, void, stale = map(appointment, refs)
        unknown.in_agenda, stale.stale_of = False, "zzzzzzzz"
        cancelled.status, void.status = Status.CANCELLED, Status.ERROR
    go_to(room, at(4, 10))
    assert [told(room, ref) for ref in refs] == [[], [], [], []]


def test_a_removed_appointment_is_forgotten(room: Room) -> None:
    ref = noted(room, at(5, 14))
    with room.inside():
        own.remove(room.record(1).owner, appointment(ref))
    go_to(room, at(4, 10))
    assert told(room, ref) == []


@pytest.mark.parametrize("life", [Life.CLOSED, Life.OPPOSED])
def test_a_space_that_is_shut_is_not_written_to(room: Room, life: Life) -> None:
    ref, wish = noted(room, at(5, 14)), wished(room, day(5))
    with room.inside():
        room.record(1).life = life
    go_to(room, at(4, 10))
    assert told(room, ref) == told(room, wish) == []
    with room.inside():
        assert appointment(ref).told_at is None


def test_whoever_does_not_want_reminders_gets_none(room: Room) -> None:
    ref = noted(room, at(5, 14))
    with room.inside():
        room.record(1).muted = "rendez-vous:centre rendez-vous:email"
    go_to(room, at(4, 10))
    assert told(room, ref) == []
    with room.inside():
        mine = Mail.user_id == room.record(1).owner.id
        assert REMINDED not in list(db.session.scalars(sa.select(Mail.subject).where(mine)))
        assert appointment(ref).told_at is not None


def test_a_new_world_begins_without_a_flood(room: Room) -> None:
    assert room.learner(1).go("/aide/").status == 200
    with room.inside():
        now = clock.now() - timedelta(hours=1)
        fresh = sa.select(Notification.label).where(Notification.code.in_(CODES), Notification.at > now)
        assert db.session.scalars(fresh).all() == []


def test_nothing_is_told_of_the_former_world_after_a_reset(room: Room) -> None:
    ref = noted(room, at(5, 14))
    room.renew()
    go_to(room, at(4, 10))
    assert told(room, ref) == []


def test_the_duty_asks_two_questions_while_nothing_is_due(room: Room) -> None:
    with room.inside(), asked(room.app) as questions:
        following = reminding.on_time()
        assert following is None or following > clock.now()
    assert len(questions) == 2


# --- in any order -------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Expected:
    """A thing as it was last placed: when it is to be told, and until when that makes sense."""

    kind: str
    moment: datetime
    over: datetime
    settled: bool  # told already, or placed too late to be


DEEDS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 80)), st.tuples(st.just("appointment"), st.integers(1, 150)),
    st.tuples(st.just("eve"), st.integers(0, 6)), st.tuples(st.just("day"), st.integers(0, 6)),
    st.tuples(st.just("move"), st.integers(1, 150)),
)


def placed(kind: str, starts_at: datetime | date) -> Expected:
    on = starts_at.date() if isinstance(starts_at, datetime) else starts_at
    moment = datetime(on.year, on.month, on.day, 8, tzinfo=PARIS)
    if kind != "day":
        moment = moment.replace(hour=9) - timedelta(days=1)
    over = starts_at if isinstance(starts_at, datetime) else datetime(on.year, on.month, on.day, tzinfo=PARIS) + timedelta(days=1)
    return Expected(kind, moment, over, moment <= clock.now())


def do(room: Room, known: dict[str, Expected], deed: str, amount: int) -> None:
    """Only inside."""
    record, soon = room.record(3), clock.now().replace(microsecond=0) + timedelta(hours=amount)
    if deed == "wait":
        room.world().shift_seconds += amount * 3600
    elif deed == "appointment":
        row: Appointment | Reminder = Appointment(record=record, title="A", starts_at=soon)
        db.session.add(row)
        db.session.flush()
        reminding.expect(row)
        known[row.ref] = placed("appointment", soon)
    elif deed == "move":
        for ref in [ref for ref, one in known.items() if one.kind == "appointment"][:1]:
            one = appointment(ref)
            one.starts_at, one.told_at = soon, None
            reminding.expect(one)
            known[ref] = placed("appointment", soon)
    else:
        on = day(amount)
        row = reminders.add(record.owner, record, Wish("R", on, eve=deed == "eve"))
        known[row.ref] = placed(deed, on)


def look(room: Room, known: dict[str, Expected], before: Counter[str]) -> Counter[str]:
    """What was told since, and whether it is what had to be. Only inside, and in a new visit, at the clock of then."""
    now = clock.now()
    due.look(room.world().id)
    query = sa.select(Notification.object_ref).where(Notification.code.in_(CODES), Notification.object_ref.in_(known))
    counted = Counter(db.session.scalars(query))
    wanted = {ref for ref, one in known.items() if not one.settled and one.moment <= now < one.over}
    assert counted - before == Counter(wanted)
    for ref in wanted:
        known[ref] = replace(known[ref], settled=True)
    return counted


@tried(25)
@given(deeds=st.lists(DEEDS, min_size=3, max_size=14))
def test_whatever_happens_each_is_told_once_in_time_and_never_in_the_past(room: Room, deeds: list[tuple[str, int]]) -> None:
    room.renew()
    known: dict[str, Expected] = {}
    counted: Counter[str] = Counter()
    for deed, amount in deeds:
        with room.inside():
            do(room, known, deed, amount)
        with room.inside():
            counted = look(room, known, counted)


def test_booking_elsewhere_tells_nothing_until_the_agenda_knows(room: Room) -> None:
    ref = booked(room)
    with room.inside():
        service.leave_behind(appointment(ref))
        moment = appointment(ref).starts_at
        appointment(ref).told_at = None
    go_to(room, moment - timedelta(minutes=10))
    assert told(room, ref) == []
