"""Two presses at once on one decision end as one."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.privacy import service as privacy
from sandbox.privacy.models import Standing, State
from tests.room import Room


def test_a_decision_that_another_request_has_just_written_is_found_again(room: Room) -> None:
    with room.inside():
        record, perrin = room.record(1), room.user("dr-perrin")
        assert privacy.standing_of(record, perrin) is None
        db.session.execute(
            sa.insert(Standing).values(
                world_id=record.world_id, seat=1, ref="twice", record_id=record.id, professional_id=perrin.id,
                state=State.NEITHER, since=clock.now(),
            )
        )
        privacy.block(record.owner, record, perrin)
    with room.inside():
        known = db.session.scalars(sa.select(Standing).where(Standing.professional_id == room.user("dr-perrin").id)).all()
        assert [standing.state for standing in known] == [State.BLOCKED]
