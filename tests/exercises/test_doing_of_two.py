"""Somebody came late to the session on numeric prescriptions: what the counters would have done for them is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import tenancy
from sandbox.db import db
from sandbox.exercises import doing, service, standing
from sandbox.prescriptions.models import Delivery
from sandbox.workshops import packs, worlds
from tests.pro.people import told
from tests.room import Room

PACK = "ordonnance"
SLUGS = [one["slug"] for one in packs.load(PACK).exercises]


@pytest.fixture(autouse=True)
def inside(pairs: Room) -> Iterator[None]:
    with pairs.inside():
        yield
        db.session.rollback()


def does(room: Room, *slugs: str) -> set[str]:
    """What the seat has then done."""
    for slug in slugs:
        exercise = service.named(room.workshop_id, slug)
        assert exercise is not None
        doing.do(room.record(1), exercise)
    where = tenancy.bound()
    assert where is not None
    return {item.exercise.slug for item in standing.of_seat(where, 1).done}


@pytest.mark.parametrize("slug", SLUGS)
def test_each_can_be_done_for_somebody_and_for_nobody_else(pairs: Room, slug: str) -> None:
    jean = worlds.digest(pairs.world(), [2])
    assert slug in does(pairs, slug)
    assert worlds.digest(pairs.world(), [2]) == jean


def test_all_of_them_one_after_the_other_each_by_the_right_profession(pairs: Room) -> None:
    assert does(pairs, *SLUGS) == set(SLUGS)
    nurse: list[Delivery] = told("surveillance-tension").lines[0].deliveries
    assert [done.pharmacist.slug for done in nurse] == ["inf-morvan"]
