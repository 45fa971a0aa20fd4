"""Whoever follows what learners do is told when a seat or the room is put back, and when an undo gives it back."""

from __future__ import annotations

import pytest

from sandbox.console import states
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import resets, spares
from sandbox.workshops.models import Step, StepKind, Workshop
from sandbox.workshops.starts import Start
from tests.room import Room

Heard = list[tuple[str, int, int, StepKind]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    found: Heard = []

    def hear(word: str) -> resets.Listener:
        def listener(workshop: Workshop, seat: int, step: Step) -> None:
            assert step.id is not None
            found.append((word, workshop.id, seat, step.kind))

        return listener

    monkeypatch.setattr(resets, "_put_back", [])
    monkeypatch.setattr(resets, "_given_back", [])
    resets.when_put_back(hear("put back"))
    resets.when_given_back(hear("given back"))
    return found


def test_the_room_and_each_seat_are_told_when_put_back_and_when_given_back(room: Room, heard: Heard) -> None:
    here = room.workshop_id
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, here)
        spares.fill_one(here)
        resets.reset_workshop(workshop)
        resets.reset_seats(workshop, [2, 3])
        resets.undo(workshop)
        resets.undo(workshop)
        db.session.commit()
        db.session.remove()
    assert heard == [
        ("put back", here, 0, StepKind.WORKSHOP), ("put back", here, 2, StepKind.SEAT), ("put back", here, 3, StepKind.SEAT),
        ("given back", here, 2, StepKind.SEAT), ("given back", here, 3, StepKind.SEAT), ("given back", here, 0, StepKind.WORKSHOP),
    ]


def test_a_change_of_state_and_what_is_refused_are_told_to_nobody(room: Room, heard: Heard) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        states.put(workshop, [1], Start.CREATED)
        resets.undo(workshop)
        with pytest.raises(Refused):
            resets.reset_seat(workshop, 9)
        db.session.rollback()
        db.session.remove()
    assert heard == []
