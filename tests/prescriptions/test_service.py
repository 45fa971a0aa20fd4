"""Delivering: whatever the counters do, never more than was prescribed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account.models import User
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.notifications.models import Notification
from sandbox.prescriptions import delivering, service
from sandbox.prescriptions.models import Line, LineState, Prescription, PrescriptionState
from sandbox.prescriptions.service import NewLine
from tests.room import Room

ACHE = NewLine(drug="paracétamol 1 g, comprimé", posology="1 comprimé si douleur", duration_days=5, quantity=2, renewals=1)
EXACT = NewLine(
    drug="lévothyroxine 75 µg, comprimé", posology="1 le matin", duration_days=30, substitution=False, reason="Marge étroite"
)


@pytest.fixture
def inside(room: Room) -> Iterator[Room]:
    with room.inside():
        yield room


def of_pack(slug: str, seat: int = 1) -> Prescription:
    found = db.session.scalars(sa.select(Prescription).where(Prescription.slug == slug, Prescription.seat == seat)).one()
    return service.find_by_number(found.number)


def written(room: Room, *lines: NewLine) -> Prescription:
    return service.prescribe(room.user("dr-lemoine"), room.record(1), lines or (ACHE,))


@pytest.mark.practises("P05")
def test_prescribing_deposits_a_readable_copy_and_notifies_once(inside: Room) -> None:
    before = db.session.scalar(sa.select(sa.func.count(Notification.id)).where(Notification.seat == 1))
    signed = written(inside, ACHE, EXACT)
    after = db.session.scalar(sa.select(sa.func.count(Notification.id)).where(Notification.seat == 1))
    assert after == before + 1
    assert signed.document is not None
    assert (signed.document.category, signed.document.kind) == ("ORD_SOIN", "57833-6")
    assert service.of_document(signed.document) is signed
    assert signed.state is PrescriptionState.VALID
    assert [line.total for line in signed.lines] == [4, 1]
    assert service.find_by_number(signed.number) is signed
    acts = db.session.scalars(sa.select(Entry.act).where(Entry.seat == 1, ~Entry.from_pack))
    assert sorted(acts) == ["DocumentDeposited", "PrescriptionSigned"]


def test_what_a_prescriber_types_cannot_pass_for_a_variable(inside: Room) -> None:
    signed = written(inside, NewLine(drug="{{ patient.nom }}", posology="\ue000j5\ue001 un", duration_days=1))
    assert signed.lines[0].posology == "j5 un"
    document = db.session.get_one(Document, signed.document_id)
    assert document.media_type == "text/markdown"


def test_an_empty_prescription_is_refused(inside: Room) -> None:
    with pytest.raises(Refused, match="au moins une ligne"):
        service.prescribe(inside.user("dr-lemoine"), inside.record(1), [])


@pytest.mark.practises("K05")
def test_two_pharmacies_share_the_renewals_of_one_number(inside: Room) -> None:
    line = written(inside).lines[0]
    delivering.deliver(inside.user("pharm-garnier"), line, 2)
    assert (line.state, line.remaining, line.prescription.state) == (LineState.PARTLY, 2, PrescriptionState.PARTLY)
    delivering.deliver(inside.user("pharm-nguyen"), line, 2, substituted="paracétamol, autre générique")
    assert (line.state, line.prescription.state) == (LineState.SUBSTITUTED, PrescriptionState.EXHAUSTED)
    with pytest.raises(Refused, match="Tout a déjà été délivré"):
        delivering.deliver(inside.user("pharm-garnier"), line, 1)


def test_more_than_what_remains_is_refused_and_nothing_is_written(inside: Room) -> None:
    line = written(inside).lines[0]
    for quantity in (0, -1, 5):
        with pytest.raises(Refused, match="Délivrez entre 1 et 4"):
            delivering.deliver(inside.user("pharm-garnier"), line, quantity)
    assert (line.delivered, line.deliveries) == (0, [])


def test_what_must_not_be_replaced_is_not(inside: Room) -> None:
    line = written(inside, EXACT).lines[0]
    with pytest.raises(Refused, match="Marge étroite"):
        delivering.deliver(inside.user("pharm-garnier"), line, 1, substituted="autre chose")
    assert line.delivered == 0


def test_a_refused_line_says_why_and_can_be_delivered_later(inside: Room) -> None:
    line = written(inside).lines[0]
    with pytest.raises(Refused, match="Dites pourquoi"):
        delivering.refuse(inside.user("pharm-garnier"), line, "  ")
    delivering.refuse(inside.user("pharm-garnier"), line, "Rupture de stock")
    assert (line.state, line.remaining) == (LineState.REFUSED, 4)
    delivering.deliver(inside.user("pharm-nguyen"), line, 4)
    assert line.state is LineState.DELIVERED


@pytest.mark.practises("P05")
def test_cancelled_before_any_delivery_never_after(inside: Room) -> None:
    doctor, pharmacist = inside.user("dr-lemoine"), inside.user("pharm-garnier")
    cancelled, begun = written(inside), written(inside)
    service.cancel(doctor, cancelled)
    with pytest.raises(Refused, match="annulé"):
        delivering.deliver(pharmacist, cancelled.lines[0], 1)
    with pytest.raises(Refused, match="annulé"):
        delivering.refuse(pharmacist, cancelled.lines[0], "Rupture")
    delivering.deliver(pharmacist, begun.lines[0], 1)
    with pytest.raises(Refused, match="déjà été délivrée"):
        service.cancel(doctor, begun)


def test_three_months_to_present_it_the_last_day_included(inside: Room) -> None:
    late, begun = written(inside), written(inside)
    delivering.deliver(inside.user("pharm-garnier"), begun.lines[0], 1)
    days = (late.valid_until - clock.today()).days
    with clock.shifted(timedelta(days=days)):
        assert late.state is PrescriptionState.VALID
    with clock.shifted(timedelta(days=days + 1)):
        assert (late.state, begun.state) == (PrescriptionState.EXPIRED, PrescriptionState.PARTLY)
        with pytest.raises(Refused, match="trois mois"):
            delivering.deliver(inside.user("pharm-garnier"), late.lines[0], 1)


def test_the_pack_tells_one_prescription_of_each_state(inside: Room) -> None:
    told = {p.slug: p.state for p in service.of_record(inside.record(1))}
    assert set(told.values()) == set(PrescriptionState)
    assert told["vitamine-d"] is PrescriptionState.EXPIRED


def test_a_number_of_nobody_is_refused(inside: Room) -> None:
    with pytest.raises(Refused, match="Aucune ordonnance de cet atelier"):
        service.find_by_number("TEST")


@pytest.mark.practises("P06")
def test_of_two_counters_after_the_last_box_one_succeeds(room: Room) -> None:
    start = Barrier(2)

    def take(slug: str) -> str:
        with room.inside():
            line = of_pack("traitement-de-fond").lines[1]
            if db.engine.dialect.name == "postgresql":  # SQLite already lets one in at a time
                start.wait(10)
            try:
                delivering.deliver(room.user(slug), line, 3)
            except Refused as refused:
                return refused.phrase
            return "delivered"

    with ThreadPoolExecutor(2) as counters:
        told = sorted(counters.map(take, ["pharm-garnier", "pharm-nguyen"]))
    assert told[1] == "delivered"
    assert told[0].startswith("Cette ligne vient d’être entièrement délivrée")
    with room.inside():
        assert of_pack("traitement-de-fond").lines[1].delivered == 3


steps = st.lists(
    st.tuples(st.sampled_from(["pharm-garnier", "pharm-nguyen"]), st.sampled_from(["deliver", "refuse"]),
              st.integers(0, 1), st.integers(-1, 5)),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_delivered_is_the_sum_of_the_deliveries_and_never_more_than_prescribed(
    inside: Room, steps: list[tuple[str, str, int, int]]
) -> None:
    signed = written(inside, ACHE, EXACT)
    for slug, verb, at, quantity in steps:
        _try(inside.user(slug), signed.lines[at], verb, quantity)
        for line in signed.lines:
            handed = db.session.scalars(
                sa.select(sa.func.coalesce(sa.func.sum(service.Delivery.quantity), 0)).where(service.Delivery.line == line)
            ).one()
            assert 0 <= line.delivered <= line.total
            assert line.delivered == handed
    assert (signed.state is PrescriptionState.EXHAUSTED) == all(line.is_settled for line in signed.lines)


def _try(pharmacist: User, line: Line, verb: str, quantity: int) -> None:
    settled, before = line.is_settled, line.delivered
    try:
        if verb == "refuse":
            delivering.refuse(pharmacist, line, "Rupture")
        else:
            delivering.deliver(pharmacist, line, quantity)
    except Refused:
        assert line.delivered == before
    else:
        assert not settled
