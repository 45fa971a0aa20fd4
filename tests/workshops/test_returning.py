"""The hours at which a workshop goes back by itself: the next one, on every day of the year; once, whoever comes first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account import place
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import points, resets, returning, spares, worlds
from sandbox.workshops.models import Step, StepKind, Workshop
from sandbox.workshops.returning import ReturnHour, next_of
from tests.room import Room
from tests.workshops.test_any_sequence import perform, trainer_does

HOURS = st.builds(
    ReturnHour, weekdays=st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days))),
    minute=st.integers(0, 1439), is_on=st.just(True),
)
NIGHTS = st.one_of(  # the clocks change, or not
    st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30)), st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26)),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),
).map(lambda moment: moment.replace(tzinfo=UTC).astimezone(clock.PARIS))


def paris(*told: int, fold: int = 0) -> datetime:
    return datetime(*told, tzinfo=clock.PARIS, fold=fold)  # type: ignore[arg-type, misc]


@given(hours=st.lists(HOURS, min_size=1, max_size=4), now=NIGHTS)
def test_the_next_moment_is_to_come_within_a_week_and_none_is_skipped(hours: list[ReturnHour], now: datetime) -> None:
    found = next_of(hours, now)
    assert found is not None
    assert now.timestamp() < found.timestamp() <= now.timestamp() + timedelta(days=8).total_seconds()
    again = next_of(hours, found)
    assert again is not None
    assert again.timestamp() > found.timestamp()
    sooner = next_of(hours, datetime.fromtimestamp(found.timestamp() - 0.001, clock.PARIS))
    assert sooner is not None
    assert sooner.timestamp() == found.timestamp()


@pytest.mark.parametrize(("now", "told"), [
    (paris(2026, 3, 29, 1, 0), paris(2026, 3, 29, 3, 30)),  # half past two does not exist that night
    (paris(2026, 10, 25, 1, 0), paris(2026, 10, 25, 2, 30)),
    (paris(2026, 10, 25, 2, 10, fold=1), paris(2026, 10, 26, 2, 30)),  # it comes twice, and counts once
    (paris(2026, 12, 31, 23, 59), paris(2027, 1, 1, 2, 30)),
])
def test_over_a_change_of_the_clocks_and_midnight(now: datetime, told: datetime) -> None:
    found = next_of([ReturnHour(weekdays="1234567", minute=150, is_on=True)], now)
    assert found is not None
    assert found.timestamp() == told.timestamp()


def test_what_is_stopped_does_not_count() -> None:
    assert next_of([ReturnHour(weekdays="1", minute=480, is_on=False)], clock.real_now()) is None
    assert next_of([], clock.real_now()) is None


def comes(room: Room) -> None:
    """The hour of the workshop has just come."""
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        returning.add(workshop, range(1, 8), 0)
        workshop.returns_at = clock.real_now() - timedelta(seconds=1)
        db.session.commit()
        db.session.remove()


def scheduled(room: Room) -> list[StepKind]:
    with room.app.app_context():
        found = list(db.session.scalars(sa.select(Step.kind).where(Step.workshop_id == room.workshop_id)))
        db.session.remove()
        return found


def test_of_many_who_come_at_the_same_second_one_puts_the_room_back(room: Room) -> None:
    start = room.digest()
    perform(room, [("mask", 1, 3), ("deposit", 2, 5)])
    before = room.digest()
    comes(room)
    together, seen = Barrier(6), list[int]()

    def enters() -> None:
        with room.app.app_context():
            together.wait()
            found = place.find_place(room.workshop_id)
            assert found is not None
            seen.append(found.world_id)
            db.session.remove()

    people = [Thread(target=enters) for _ in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(seen) == 6
    assert len(set(seen)) == 1  # nobody saw the former records, nor a second reset
    assert scheduled(room) == [StepKind.SCHEDULED]
    assert room.digest() == start
    trainer_does(room, resets.undo)
    assert room.digest() == before


def freeze(workshop: Workshop) -> None:
    """Refused when somebody puts all back at that very moment."""
    with suppress(Refused):
        points.freeze(workshop, points.look(workshop.id), "Ensemble", None, {})


def at_once(room: Room, verb: Callable[[Workshop], object], together: Barrier, failures: list[Exception]) -> Thread:
    def run() -> None:
        together.wait()
        try:
            trainer_does(room, verb)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    return Thread(target=run)


def test_trainers_at_the_same_second_while_a_learner_writes(room: Room) -> None:
    """One freezes, one puts seats back, one puts all back: each is whole, and what was frozen can be filled again."""
    perform(room, [("mask", 1, 3), ("deposit", 2, 5)])
    before, together, failures = of_others(room, 3), Barrier(4), list[Exception]()
    verbs: list[Callable[[Workshop], object]] = [freeze, lambda workshop: resets.reset_seats(workshop, [1, 2]), resets.back_to_start]
    crowd = [at_once(room, verb, together, failures) for verb in verbs]
    for one in crowd:
        one.start()
    together.wait()
    perform(room, [("deposit", 3, 7)])
    for one in crowd:
        one.join()
    assert failures == []
    with room.app.app_context():
        spares.fill_one(room.workshop_id)
        done = len(resets.done_lately(db.session.get_one(Workshop, room.workshop_id), 9))
        db.session.remove()
    assert done in {2, 3}
    for _ in range(done):
        trainer_does(room, resets.undo)
    assert of_others(room, 3) == before


def of_others(room: Room, seat: int) -> list[str]:
    """The digest of every seat but that one."""
    with room.app.app_context():
        found = [worlds.digest(room.world(), [one]) for one in range(5) if one != seat]
        db.session.remove()
        return found


def test_what_breaks_keeps_nobody_out_and_is_tried_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("no room left")

    comes(room)
    with monkeypatch.context() as broken:
        broken.setattr(spares, "make_ready", breaks)
        assert room.learner(1).go("/documents/").status == 200
    with room.app.app_context():
        at = db.session.get_one(Workshop, room.workshop_id).returns_at
        db.session.remove()
    assert at is not None
    assert clock.real_now() < at <= clock.real_now() + returning.AGAIN
    assert scheduled(room) == []


def test_a_closed_workshop_stays_as_it_was(room: Room) -> None:
    comes(room)
    with room.app.app_context(), writing():
        db.session.get_one(Workshop, room.workshop_id).closed_at = clock.real_now()
        db.session.commit()
        returning.settle(room.workshop_id)
        db.session.remove()
    assert scheduled(room) == []


def test_ten_hours_are_enough(room: Room) -> None:
    for minute in range(returning.MOST):
        trainer_does(room, returning.add, [1], minute)
    with pytest.raises(Refused, match="10 heures"):
        trainer_does(room, returning.add, [1], 50)
