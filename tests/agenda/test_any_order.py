"""In whatever order hours are published, slots booked, moved, given, honoured, seats reset: none held twice, none lost.

And the agenda never says of a booking what nobody allowed the service to tell it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account.models import Record, Role, User
from sandbox.agenda import managing, openings, slots
from sandbox.agenda.managing import Gift, Verb
from sandbox.agenda.models import Appointment, Status
from sandbox.agenda.openings import Hours
from sandbox.catalogue import pairing
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.partners import telling
from sandbox.partners.models import Customer
from sandbox.workshops import resets, spares
from sandbox.workshops.models import Workshop
from tests.partners.pairing import tied
from tests.room import Room
from tests.trying import tried

HOURS = st.builds(
    lambda day, begins, length, minutes: Hours(day, f"{begins:02d}:00", f"{min(begins + length, 23):02d}:30", minutes),
    st.integers(1, 7), st.integers(8, 19), st.integers(0, 4), st.sampled_from([10, 20, 30, 45]),
)
NUMBER, SEAT = st.integers(0, 40), st.integers(1, 2)
BOOKING = st.tuples(SEAT, NUMBER)
BEFORE: list[tuple[str, object]] = [("allow", 1), ("book", (1, 0)), ("book", (1, 3)), ("book", (2, 1))]
DEEDS = st.one_of(
    st.tuples(st.just("publish"), HOURS),
    st.tuples(st.just("change"), st.tuples(NUMBER, HOURS)),
    st.tuples(st.just("remove"), NUMBER),
    *(st.tuples(st.just("book"), BOOKING) for _ in range(3)),
    *(st.tuples(st.just("move"), st.tuples(SEAT, NUMBER, NUMBER)) for _ in range(2)),
    *(st.tuples(st.just("give"), st.tuples(SEAT, NUMBER, st.sampled_from([0, 5, 10, 15]))) for _ in range(3)),
    *(st.tuples(st.just("cancel"), BOOKING) for _ in range(2)),
    *(st.tuples(st.just("settle"), st.tuples(SEAT, NUMBER, st.just(verb))) for verb in Verb),
    st.tuples(st.just("wait"), st.integers(1, 72)),
    *(st.tuples(st.just(verb), SEAT) for verb in ("allow", "withdraw", "withdraw", "push", "reset", "reset")),
    *(st.tuples(st.just(verb), st.none()) for verb in ("reset all", "undo", "undo")),
)


def ours(seat: int) -> list[Appointment]:
    """Only inside: what this seat took at the booking service."""
    return telling.of(customer(seat))


def customer(seat: int) -> Customer:
    """Only inside: the account at the firm, opened at the first visit."""
    found = db.session.scalars(sa.select(Customer).where(Customer.seat == seat)).first()
    if found is None:
        own = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.LEARNER)
        record = db.session.scalars(own).one()
        found = Customer(record=record, user=record.owner, service=telling.SLUG)
        db.session.add(found)
        db.session.flush()
    return found


def publish(room: Room, hours: Hours) -> None:
    openings.add(room.user("dr-lemoine"), hours)


def change(room: Room, told: tuple[int, Hours]) -> None:
    if found := openings.of(room.user("dr-lemoine")):
        openings.change(room.user("dr-lemoine"), found[told[0] % len(found)], told[1])


def remove(room: Room, number: int) -> None:
    if found := openings.of(room.user("dr-lemoine")):
        openings.remove(room.user("dr-lemoine"), found[number % len(found)])


def book(room: Room, told: tuple[int, int]) -> None:
    """A slot of the list: the service itself never refuses what it offers."""
    doctor, whose = room.user("dr-lemoine"), customer(told[0])
    if free := slots.free_slots(doctor, clock.today()):
        try:
            taken = telling.take(whose, doctor, free[told[1] % len(free)], "")
        except Refused as refused:
            raise AssertionError("a slot that was offered is refused") from refused
        assert taken.in_agenda == telling.may_tell(whose)


def move(room: Room, told: tuple[int, int, int]) -> None:
    free = slots.free_slots(room.user("dr-lemoine"), clock.today())
    if (found := ours(told[0])) and free:
        one, former = found[told[1] % len(found)], found[told[1] % len(found)].starts_at
        telling.move(customer(told[0]), one, free[told[2] % len(free)])
        assert one.starts_at != former
        assert one.held


def give(room: Room, told: tuple[int, int, int]) -> None:
    day = clock.today() + timedelta(days=1 + told[1] % 4)
    at = clock.at(day, 8 + told[1] % 11, told[2])
    managing.give(room.user("dr-lemoine"), room.record(told[0]), Gift("Contrôle", at))


def cancel(room: Room, told: tuple[int, int]) -> None:
    if found := ours(told[0]):
        telling.cancel(customer(told[0]), found[told[1] % len(found)])


def settle(room: Room, told: tuple[int, int, Verb]) -> None:
    if found := ours(told[0]):
        one = found[told[1] % len(found)]
        was = one.status
        managing.settle(room.user("dr-lemoine"), one, told[2], is_told=telling.follows(one))
        assert was not in {Status.CANCELLED, Status.ERROR}, "what is gone came back"


def withdraw(room: Room, seat: int) -> None:
    if tie := pairing.with_service(room.record(seat), telling.SLUG):
        pairing.end(room.record(seat).owner, tie, "Rendez-vous Valbrune")


def push(room: Room, seat: int) -> None:
    if telling.push_waiting(customer(seat)):
        assert telling.waiting(customer(seat)) == []


def wait(room: Room, hours: int) -> None:
    room.world().shift_seconds += hours * 3600


VERBS: dict[str, Callable[..., None]] = {
    "publish": publish, "change": change, "remove": remove, "book": book, "move": move, "give": give, "cancel": cancel,
    "settle": settle, "wait": wait, "withdraw": withdraw, "push": push,
}


def trainer_does(room: Room, deed: str, seat: int | None) -> None:
    with room.app.app_context(), writing():
        if deed == "reset all":
            spares.fill_one(room.workshop_id)
        workshop = db.session.get_one(Workshop, room.workshop_id)
        try:
            {
                "reset": lambda: resets.reset_seat(workshop, seat or 0), "undo": lambda: resets.undo(workshop),
                "reset all": lambda: resets.reset_workshop(workshop),
            }[deed]()
            db.session.commit()
        except Refused:
            db.session.rollback()
        db.session.remove()


def do(room: Room, deed: str, told: object) -> None:
    """One deed; what the domain refuses changes nothing."""
    if deed in {"reset", "reset all", "undo"}:
        return trainer_does(room, deed, told)  # type: ignore[arg-type]
    if deed == "allow":
        assert tied(room, told, telling.SLUG)  # type: ignore[arg-type]
        return None
    with room.inside():
        before, views = state(), {seat: (may_change(seat), view(seat)) for seat in (1, 2)}
        try:
            with db.session.begin_nested():
                VERBS[deed](room, told)
        except Refused:
            db.session.expire_all()
            assert before == state()
        for seat, (told_, known) in views.items():
            assert told_ or view(seat) == known, "the agenda was told without an agreement"
    return None


def state() -> set[tuple[object, ...]]:
    return {(one.id, one.held, one.status, one.starts_at, one.in_agenda) for one in db.session.scalars(sa.select(Appointment))}


def may_change(seat: int) -> bool:
    return telling.may_tell(customer(seat))


def view(seat: int) -> dict[str, tuple[object, ...]]:
    """Only inside: what the agenda of this seat says of what was booked at the service."""
    query = sa.select(Appointment).where(Appointment.seat == seat, Appointment.service == telling.SLUG, Appointment.in_agenda)
    return {one.stale_of or one.ref: (one.starts_at, one.status, one.note) for one in db.session.scalars(query)}


def check(room: Room) -> None:
    """No two held appointments meet; each slot published is free, or something held stands there; cancelled holds nothing."""
    with room.inside():
        doctor = room.user("dr-lemoine")
        query = sa.select(Appointment).where(Appointment.held).order_by(Appointment.starts_at)
        standing = list(db.session.scalars(query))
        assert all(one.ends_at <= other.starts_at for one, other in zip(standing, standing[1:], strict=False))
        assert all(one.status in {Status.CONFIRMED, Status.HONOURED, Status.MISSED} for one in standing)
        free = set(slots.free_slots(doctor, clock.today()))
        for _, starts_at, _, minutes in slots.offered([doctor], clock.today(), slots.AHEAD):
            ends_at = starts_at + timedelta(minutes=minutes)
            taken = any(one.starts_at < ends_at and starts_at < one.ends_at for one in standing)
            assert (starts_at in free) != taken, starts_at
        published = openings.of(doctor)
        assert all(
            one.closes <= other.opens for one, other in zip(published, published[1:], strict=False) if one.weekday == other.weekday
        )


def check_agendas(room: Room) -> None:
    """The agenda knows a booking as it is, or keeps one copy of what it knew, which holds nothing, or knows nothing."""
    with room.inside():
        booked = list(db.session.scalars(sa.select(Appointment).where(Appointment.service != "")))
        copies = [one for one in booked if one.stale_of]
        known = {one.ref: one for one in booked if not one.stale_of}
        assert len({one.stale_of for one in copies}) == len(copies)
        for copy in copies:
            assert not known[copy.stale_of].in_agenda
            assert (copy.held, copy.professional_id, copy.in_agenda) == (False, None, True)
        assert all(one.held for one in known.values() if one.status is Status.CONFIRMED)


@tried(30)
@given(deeds=st.lists(DEEDS, min_size=3, max_size=14))
def test_no_slot_is_held_twice_and_none_is_lost(room: Room, deeds: list[tuple[str, object]]) -> None:
    room.renew()
    for deed, told in [*BEFORE, *deeds]:
        do(room, deed, told)
        check(room)
        check_agendas(room)


ONE = st.just(1)
CHANGES = st.one_of(
    st.tuples(st.just("move"), st.tuples(ONE, NUMBER, NUMBER)), st.tuples(st.just("cancel"), st.tuples(ONE, NUMBER)),
    st.tuples(st.just("settle"), st.tuples(ONE, NUMBER, st.sampled_from([Verb.CONFIRM, Verb.CALL_OFF]))),
)
TOLD_OR_NOT = st.one_of(
    CHANGES.map(lambda deed: [deed]), NUMBER.map(lambda number: [("book", (1, number))]),
    st.sampled_from(["allow", "withdraw", "push", "reset", "undo"]).map(lambda verb: [(verb, 1)]),
    CHANGES.map(lambda deed: [("withdraw", 1), deed]), CHANGES.map(lambda deed: [("withdraw", 1), deed, ("allow", 1), ("push", 1)]),
)


@tried(20)
@given(deeds=st.lists(TOLD_OR_NOT, min_size=3, max_size=8))
def test_the_agenda_is_told_exactly_what_it_may_be(room: Room, deeds: list[list[tuple[str, object]]]) -> None:
    room.renew()
    for deed, told in [*BEFORE, *(one for several in deeds for one in several)]:
        do(room, deed, told)
        check_agendas(room)
