"""A workshop in its file."""

from __future__ import annotations

import pytest

from sandbox.db import db
from sandbox.workshops import luggage
from sandbox.workshops.models import Workshop
from tests.room import Room


@pytest.fixture
def suitcase(room: Room) -> bytes:
    with room.app.app_context():
        packed = luggage.packed(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
        return packed
