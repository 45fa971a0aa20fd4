"""Questions about what a counter did for a learner, and what the learner then saw: of the right seat, in the right order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import acts
from sandbox.db import db
from sandbox.exercises.questions import seats_where
from sandbox.prescriptions import delivering, service
from sandbox.prescriptions.models import Line, Prescription
from tests.exercises.test_questions import FOND, OF_TWO, of_pack
from tests.room import Room

BEGUN = {"prescription": "genou-et-tension"}  # delivered once before the workshop, one line refused then


@pytest.fixture(autouse=True)
def inside(room: Room) -> Iterator[None]:
    with room.inside():
        yield


def signed(room: Room, seat: int, told: dict[str, str]) -> Prescription:
    found: Prescription = of_pack(Prescription, room.record(seat), told["prescription"])
    return found


def line(room: Room, seat: int, told: dict[str, str], drug: str) -> Line:
    return next(one for one in signed(room, seat, told).lines if drug in one.drug)


def looks(room: Room, seat: int, told: dict[str, str]) -> None:
    service.show(room.record(seat).owner, signed(room, seat, told))
    db.session.flush()


def test_nothing_that_the_pack_tells_counts(room: Room) -> None:
    assert not [name for name in OF_TWO for told in (BEGUN, FOND, {"prescription": "traitement-trimestre"}) if seats_where(name, told)]


def test_a_renewal_handed_over_in_the_workshop_is_one(room: Room) -> None:
    delivering.deliver(room.user("pharm-nguyen"), line(room, 2, BEGUN, "paracétamol"), 1)
    assert seats_where("prescription_renewed", BEGUN) == {2}
    assert seats_where("prescription_renewed", BEGUN, 1) == set()
    assert seats_where("prescription_renewed", FOND) == set()


def test_a_first_delivery_is_no_renewal(room: Room) -> None:
    delivering.deliver_all(room.user("pharm-garnier"), signed(room, 1, FOND))
    delivering.deliver(room.user("pharm-garnier"), line(room, 1, BEGUN, "genouillère"), 1)
    assert seats_where("prescription_delivered", BEGUN) == {1}
    assert seats_where("prescription_renewed", BEGUN) == set()
    assert seats_where("prescription_renewed", FOND) == set()


def test_a_renewal_noted_by_mistake_no_longer_counts(room: Room) -> None:
    nguyen = room.user("pharm-nguyen")
    delivering.undo(nguyen, delivering.deliver(nguyen, line(room, 1, BEGUN, "paracétamol"), 2))
    db.session.flush()
    assert seats_where("prescription_renewed", BEGUN) == set()


def test_a_refusal_is_seen_by_who_looks_after_it(room: Room) -> None:
    looks(room, 1, FOND)
    delivering.refuse(room.user("pharm-garnier"), line(room, 1, FOND, "atorvastatine"), "Le patient en a encore")
    assert seats_where("refusal_seen", FOND) == set()
    looks(room, 2, FOND)
    looks(room, 1, BEGUN)
    assert seats_where("refusal_seen", FOND) == set()
    assert seats_where("refusal_seen", BEGUN) == set()
    looks(room, 1, FOND)
    assert seats_where("refusal_seen", FOND) == {1}


def test_a_professional_who_looks_is_not_the_learner(room: Room) -> None:
    delivering.refuse(room.user("pharm-garnier"), line(room, 1, FOND, "atorvastatine"), "Rupture de stock")
    acts.publish(acts.PrescriptionShown(actor=room.user("dr-lemoine"), record=room.record(1), prescription=signed(room, 1, FOND)))
    assert seats_where("refusal_seen", FOND) == set()
