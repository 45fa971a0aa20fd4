"""Whatever the order of deliveries, corrections, refusals, cancellations, renewals and days: nothing too much, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sandbox import clock
from sandbox.access import To, may
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.prescriptions import delivering, service
from sandbox.prescriptions.models import Delivery, Line, Prescription, PrescriptionState
from sandbox.prescriptions.service import NewLine
from tests.room import Room
from tests.trying import tried

LINES = (
    NewLine(drug="paracétamol 1 g, comprimé", posology="1 si douleur", duration_days=5, quantity=2, renewals=2),
    NewLine(drug="lévothyroxine 75 µg, comprimé", posology="1 le matin", duration_days=30, substitution=False, reason="Marge étroite"),
)
PHARMACIES = st.sampled_from(["pharm-garnier", "pharm-nguyen"])
AT, QUANTITY = st.integers(0, len(LINES) - 1), st.integers(-1, 7)


class Counters(RuleBasedStateMachine):
    """Two pharmacies and the prescriber at one prescription, while the trainer moves the clock."""

    room: Room

    def __init__(self) -> None:
        super().__init__()
        self.days = 0
        clock.shift(timedelta())
        self.signed: Prescription = service.prescribe(self.room.user("dr-lemoine"), self.room.record(1), LINES)
        self.told: dict[str, int] = {}  # what the domain said yes to

    def teardown(self) -> None:
        clock.shift(timedelta())

    def try_to(self, act: str, verb: Callable[[], list[Delivery]]) -> list[Delivery]:
        """Refused, it has changed nothing; accepted, the prescription was open before."""
        before, state = self.figures(), self.signed.state
        try:
            made = verb()
        except Refused:
            assert self.figures() == before
            return []
        assert act == "DeliveryCancelled" or state in {PrescriptionState.VALID, PrescriptionState.PARTLY}
        self.told[act] = self.told.get(act, 0) + len(made)
        return made

    def figures(self) -> list[tuple[int, int, int]]:
        return [(line.delivered, len(line.deliveries), len(line.kept)) for line in self.signed.lines]

    @rule(who=PHARMACIES, at=AT, quantity=QUANTITY)
    def deliver(self, who: str, at: int, quantity: int) -> None:
        line = self.signed.lines[at]
        most = opened(line) - sum(one.quantity for one in line.deliveries if not one.cancelled_at)
        if self.try_to("LineDelivered", lambda: [delivering.deliver(self.room.user(who), line, quantity)]):
            assert 1 <= quantity <= most, "plus que ce qui était ouvert ce jour-là"

    @rule(who=PHARMACIES)
    def deliver_all(self, who: str) -> None:
        open_before = [line.available for line in self.signed.lines]
        made = self.try_to("LineDelivered", lambda: delivering.deliver_all(self.room.user(who), self.signed))
        assert not made or [one.quantity for one in made] == [n for n in open_before if n]

    @rule(who=PHARMACIES, at=AT)
    def refuse(self, who: str, at: int) -> None:
        self.try_to("LineRefused", lambda: [delivering.refuse(self.room.user(who), self.signed.lines[at], "Rupture de stock")])

    @precondition(lambda self: any(line.deliveries for line in self.signed.lines))
    @rule(who=PHARMACIES, which=st.integers(0, 50))
    def undo(self, who: str, which: int) -> None:
        every = [one for line in self.signed.lines for one in line.deliveries]
        done, user = every[which % len(every)], self.room.user(who)
        if may(user, To.UNDO_DELIVERY, done):
            assert done.day == clock.today()
            assert self.try_to("DeliveryCancelled", lambda: [delivering.undo(user, done) or done])
        elif done.cancelled_at or done.day != clock.today():
            assert not self.try_to("DeliveryCancelled", lambda: [delivering.undo(user, done) or done])

    @rule()
    def cancel(self) -> None:
        begun = any(line.delivered for line in self.signed.lines)
        if self.try_to("PrescriptionCancelled", lambda: [service.cancel(self.signed.prescriber, self.signed) or Delivery()]):
            assert not begun
            assert self.signed.state is PrescriptionState.CANCELLED

    @rule(days=st.sampled_from([1, 4, 5, 6, 30, 92, 366]))
    def days_go_by(self, days: int) -> None:
        self.days += days
        clock.shift(timedelta(days=self.days))

    @rule()
    def the_trainer_puts_the_clock_back(self) -> None:
        self.days = max(0, self.days - 3)
        clock.shift(timedelta(days=self.days))

    @invariant()
    def never_too_much(self) -> None:
        for line in self.signed.lines:
            assert 0 <= line.delivered <= line.total
            assert 0 <= line.available <= line.remaining

    @invariant()
    def every_quantity_is_in_the_history(self) -> None:
        db.session.flush()
        for line in self.signed.lines:
            kept = sa.select(sa.func.coalesce(sa.func.sum(Delivery.quantity), 0)).where(Delivery.line == line, Delivery.cancelled_at.is_(None))
            assert db.session.scalar(kept) == line.delivered
            assert all(bool(one.refused) is not bool(one.quantity) for one in line.deliveries)

    @invariant()
    def each_has_its_act(self) -> None:
        written = sa.select(Entry.act, sa.func.count()).where(Entry.subject_ref == self.signed.ref, Entry.act != "PrescriptionSigned")
        assert {act: n for act, n in db.session.execute(written.group_by(Entry.act)).all()} == {a: n for a, n in self.told.items() if n}

    @invariant()
    def the_state_is_what_its_lines_say(self) -> None:
        begun = any(line.delivered for line in self.signed.lines)
        over = clock.today() > (self.signed.ends_on if begun else self.signed.valid_until)
        expected = (
            PrescriptionState.CANCELLED if self.signed.cancelled_at
            else PrescriptionState.EXHAUSTED if all(line.delivered == line.total for line in self.signed.lines)
            else PrescriptionState.EXPIRED if over
            else PrescriptionState.PARTLY if begun else PrescriptionState.VALID
        )
        assert self.signed.state is expected


def opened(line: Line) -> int:
    """How much could be delivered in all up to today, counted without the model's help."""
    days = [one.day for one in line.deliveries if one.quantity and not one.cancelled_at]
    treatments = (clock.today() - min(days)).days // line.duration_days if days else 0
    return line.quantity * (1 + max(0, min(line.renewals, treatments)))


def test_whatever_the_order_nothing_is_too_much_and_nothing_is_lost(room: Room) -> None:
    counters = type("CountersOfTheRoom", (Counters,), {"room": room})
    with room.inside():
        run_state_machine_as_test(counters, settings=tried(50, stateful_step_count=20))
