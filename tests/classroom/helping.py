"""Between a seat and the trainer: what is up, what was said, as the tests look at it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.classroom import hands, words
from sandbox.classroom.hands import Hand
from sandbox.classroom.words import Said, Word
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.exercises.service import Exercise
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.room import Room


@pytest.fixture
def silent(room: Room) -> Room:
    """Nobody asks for help, nothing was said."""
    with room.inside():
        for kind in (Hand, Word):
            db.session.execute(sa.delete(kind))
    return room


def exercise(room: Room, number: int = 0) -> Exercise:
    """One that has hints."""
    with room.inside():
        return [one for one in exercises.of_workshop(room.workshop_id) if one.hints and not one.is_situation][number]


def up(room: Room) -> list[tuple[int, str]]:
    """The seats that ask for help, in order, and how they were answered."""
    with room.inside():
        return [(hand.seat, hand.answer.value if hand.answer else "") for hand in hands.of_workshop(room.workshop_id)]


def say(room: Room, text: str = "", seats: tuple[int, ...] = (1,), landmark: str = "") -> None:
    with room.inside():
        words.send(db.session.get_one(Workshop, room.workshop_id), seats, Said(text, landmark))


def shown(person: Browser) -> str:
    """What is said on top of the page, and nothing else."""
    part = person.page.find(class_="words")
    return " ".join(part.get_text(" ").split()) if part else ""
