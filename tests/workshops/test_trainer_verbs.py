"""Whatever the trainer does, in whatever order: every seat is always exactly as one expects, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sandbox import clock
from sandbox.console import catching_up, states
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import points, resets, returning, spares, worlds
from sandbox.workshops.models import Snapshot, StepKind, Workshop
from sandbox.workshops.starts import Start
from tests.room import Room
from tests.trying import tried
from tests.workshops.test_any_sequence import perform, trainer_does

ALL = (0, 1, 2, 3, 4)
SOME = st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True)
Digests = dict[int, str]


@dataclass
class Here:
    """A world, as it should be."""

    digests: Digests
    shift: int = 0


@dataclass
class Point:
    number: int
    here: Here
    removed: bool = False


@dataclass
class Done:
    """A step: in which world, and what its undo gives back."""

    world: Here
    seats: Digests = field(default_factory=dict)
    leaves: bool = False
    start: Point | None = None
    frozen: Point | None = None


def digests(room: Room) -> Digests:
    with room.app.app_context():
        world = room.world()
        found = {seat: worlds.digest(world, [seat]) for seat in ALL}
        db.session.remove()
        return found


class TrainerVerbs(RuleBasedStateMachine):
    def __init__(self, room: Room) -> None:
        super().__init__()
        room.renew()
        self.room, self.here, self.steps = room, Here(digests(room)), list[Done]()
        first = Point(self._present_start(), Here(dict(self.here.digests)))
        self.points, self.start = [first], first
        self.restarts = dict[int, tuple[Here, str]]()  # what a person's own undo would give back, in which world

    def _present_start(self) -> int:
        with self.room.app.app_context():
            found = db.session.get_one(Workshop, self.room.workshop_id).start_id
            db.session.remove()
            assert found is not None
            return found

    @rule(deed=st.sampled_from(["mask", "deposit", "write", "file", "block"]), seat=st.integers(1, 4), number=st.integers(0, 20))
    def somebody_works(self, deed: str, seat: int, number: int) -> None:
        perform(self.room, [(deed, seat, number)])
        self.here.digests = digests(self.room)

    @rule(hours=st.integers(1, 2000))
    def the_clock_moves(self, hours: int) -> None:
        with self.room.inside():
            self.room.world().shift_seconds += hours * 3600
        self.here.shift += hours * 3600

    @rule()
    def reset_all(self) -> None:
        trainer_does(self.room, resets.back_to_start)
        self._leave_for(self.start)

    @rule(seats=SOME)
    def reset_seats(self, seats: list[int]) -> None:
        self._keep(seats)
        trainer_does(self.room, resets.reset_seats, seats)
        self.here.digests |= {seat: self.start.here.digests[seat] for seat in seats}

    @rule(seats=SOME, start=st.sampled_from(Start))
    def change_the_state(self, seats: list[int], start: Start) -> None:
        self._keep(seats)
        trainer_does(self.room, states.put, seats, start)
        now = digests(self.room)
        self.here.digests |= {seat: now[seat] for seat in seats}

    @rule(seats=SOME, upto=st.integers(1, 14))
    def catch_up(self, seats: list[int], upto: int) -> None:
        """What cannot be done for one of them is done for none."""
        try:
            trainer_does(self.room, catching_up.bring, seats, upto)
        except Refused:
            return  # and the invariant sees that nothing moved
        self._keep(seats)
        now = digests(self.room)
        self.here.digests |= {seat: now[seat] for seat in seats}

    @rule(seat=st.integers(1, 4))
    def somebody_starts_again(self, seat: int) -> None:
        trainer_does(self.room, partial(resets.reset_seat, kind=StepKind.STARTED_AGAIN), seat)
        self.restarts[seat] = self.here, self.here.digests[seat]
        self.here.digests[seat] = self.start.here.digests[seat]

    @rule(seat=st.integers(1, 4))
    def somebody_takes_it_back(self, seat: int) -> None:
        world, former = self.restarts.get(seat, (None, ""))
        if world is not self.here:
            with pytest.raises(Refused, match="plus rien à annuler"):
                trainer_does(self.room, resets.take_back_restart, seat)
            return
        trainer_does(self.room, resets.take_back_restart, seat)
        del self.restarts[seat]
        self.here.digests[seat] = former

    @rule()
    def the_hour_comes(self) -> None:
        """It is done once, whoever asks again."""
        with self.room.inside():
            db.session.get_one(Workshop, self.room.workshop_id).returns_at = clock.real_now()
        for _ in range(2):
            with self.room.app.app_context():
                returning.settle(self.room.workshop_id)
                db.session.remove()
        self._leave_for(self.start)

    @rule()
    def freeze(self) -> None:
        with self.room.app.app_context():
            view = points.look(self.room.workshop_id)
            db.session.remove()
        trainer_does(self.room, points.freeze, view, f"Point {len(self.points)}", None, {})
        frozen = Point(self._present_start(), Here(dict(self.here.digests), self.here.shift))
        self.steps.append(Done(self.here, start=self.start, frozen=frozen))
        self.points.append(frozen)
        self.start = frozen

    @rule(which=st.integers(0, 20))
    def restore(self, which: int) -> None:
        offered = [point for point in self.points if not point.removed]
        point = offered[which % len(offered)]
        trainer_does(self.room, self._restore, point.number)
        former, self.start = self.start, point
        self._leave_for(point, former)

    @staticmethod
    def _restore(workshop: Workshop, number: int) -> None:
        points.restore(workshop, db.session.get_one(Snapshot, number))

    @precondition(lambda self: len(self.points) > 1)
    @rule(which=st.integers(0, 20))
    def remove(self, which: int) -> None:
        offered = [point for point in self.points if not point.removed]
        point = offered[which % len(offered)]
        if point is self.start or point is self.points[0]:
            with pytest.raises(Refused):
                trainer_does(self.room, self._remove, point.number)
            return
        trainer_does(self.room, self._remove, point.number)
        point.removed = True

    @staticmethod
    def _remove(workshop: Workshop, number: int) -> None:
        points.remove(workshop, db.session.get_one(Snapshot, number))

    @rule()
    def undo(self) -> None:
        if not self.steps:
            with pytest.raises(Refused, match="plus rien à annuler"):
                trainer_does(self.room, resets.undo)
            return
        trainer_does(self.room, resets.undo)
        step = self.steps.pop()
        if step.leaves:
            self.here = step.world
        self.here.digests |= step.seats
        self._forget(step.seats)
        if step.frozen:
            step.frozen.removed = True
        if step.start:
            self.start, step.start.removed = step.start, False

    @rule()
    def sweep(self) -> None:
        """What only three undos could reach goes away; so do removed points that nothing needs."""
        with self.room.app.app_context(), writing():
            spares.keep_ready(self.room.workshop_id)
            db.session.remove()
        last = [step.world for step in self.steps if step.leaves][-3:]
        self.steps = [step for step in self.steps if any(step.world is kept for kept in [*last, self.here])]

    def _keep(self, seats: list[int]) -> None:
        self.steps.append(Done(self.here, {seat: self.here.digests[seat] for seat in seats}))
        self._forget(seats)

    def _forget(self, seats: Iterable[int]) -> None:
        for seat in seats:
            self.restarts.pop(seat, None)

    def _leave_for(self, point: Point, former: Point | None = None) -> None:
        self.steps.append(Done(self.here, leaves=True, start=former))
        self.here = Here(dict(point.here.digests), point.here.shift)

    @invariant()
    def everything_is_as_expected(self) -> None:
        assert digests(self.room) == self.here.digests
        with self.room.app.app_context():
            workshop = db.session.get_one(Workshop, self.room.workshop_id)
            assert self.room.world().shift_seconds == self.here.shift
            assert workshop.start_id == self.start.number
            assert [point.id for point in points.of_workshop(workshop)] == [p.number for p in self.points if not p.removed]
            assert len(resets.done_lately(workshop, 50)) == len(self.steps)
            db.session.remove()


def test_trainer_verbs_in_any_order(room: Room) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: TrainerVerbs(room),
        settings=tried(10, stateful_step_count=16),
    )
