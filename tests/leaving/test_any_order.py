"""In whatever order people object, activate, close and come back: the states stay legal, and nothing is lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sandbox.account import life
from sandbox.account.models import Life, Record
from sandbox.clock import now
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.leaving import erasure
from sandbox.workshops import due
from sandbox.workshops.starts import STATES, Start
from tests.leaving.people import holdings, lost
from tests.room import Room
from tests.trying import tried

VERBS: dict[str, Callable[[Record], None]] = {
    "activate": lambda record: life.activate(record.owner, record),
    "oppose": lambda record: life.oppose(record.owner, record),
    "withdraw": lambda record: life.withdraw_opposition(record.owner, record),
    "close": lambda record: life.close(record.owner, record, erase=False),
    "close for good": lambda record: life.close(record.owner, record, erase=True),
    "reopen": lambda record: life.reopen(record.owner, record),
}
LEGAL = {
    "activate": (Life.CREATED, Life.ACTIVE), "oppose": (Life.CREATED, Life.OPPOSED), "withdraw": (Life.OPPOSED, Life.CREATED),
    "close": (Life.ACTIVE, Life.CLOSED), "close for good": (Life.ACTIVE, Life.CLOSED), "reopen": (Life.CLOSED, Life.ACTIVE),
}
DEEDS = st.one_of(
    st.sampled_from(sorted(VERBS)), st.sampled_from(list(Start)), st.integers(1, 120).map(lambda days: timedelta(days=days))
)


def do(room: Room, deed: str | Start | timedelta) -> None:
    """One deed; what the domain refuses changes nothing, and what it accepts is legal."""
    if isinstance(deed, timedelta):
        with room.inside():
            room.world().shift_seconds += int(deed.total_seconds())
        return
    with room.inside():
        record = room.record(1)
        if isinstance(deed, Start):
            life.put(record, deed)
            assert record.life == STATES[deed].life
            return
        told = record.life, record.life_at, record.invited_at, record.erase_asked
        try:
            with db.session.begin_nested():
                VERBS[deed](record)
        except Refused:
            db.session.refresh(record)
            assert (record.life, record.life_at, record.invited_at, record.erase_asked) == told
        else:
            assert (told[0], record.life) == LEGAL[deed]


def settle(room: Room) -> None:
    """What has fallen due is done, as before any request."""
    with room.inside():
        world = room.world()
        due.settle(world.id, world.due_at)


def check(room: Room) -> tuple[bool, int]:
    """Whether the content may be gone, and how many times it was erased; the columns agree with the state."""
    with room.inside():
        record = room.record(1)
        assert record.is_shut == (record.life_at is not None)
        assert not record.erase_asked or record.life is Life.CLOSED
        assert not (record.erased_by and record.erased_by <= now()), "what was due was not done"
        return erasure.erased_at(record) is not None, int(record.erase_asked)


@tried(25)
@given(deeds=st.lists(DEEDS, min_size=1, max_size=10))
def test_any_order_is_legal_and_loses_nothing_before_an_erasure(room: Room, deeds: list[str | Start | timedelta]) -> None:
    room.renew()
    before, erased = holdings(room), False
    for deed in deeds:
        with room.inside():
            asked = room.record(1).erased_by
        do(room, deed)
        settle(room)
        gone, _ = check(room)
        assert not gone or erased or (isinstance(deed, timedelta) and asked is not None), deed
        erased = erased or gone
        if not erased:
            assert not lost(before, holdings(room))
