"""Prescribing and cancelling: what is signed, once; what is refused; until when it is good."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.prescriptions import delivering, formulary, service
from sandbox.prescriptions.models import Kind, Prescription, PrescriptionState
from sandbox.prescriptions.service import NewLine
from sandbox.tenancy import new_ref
from tests.pro.people import notified
from tests.room import Room

ACHE = NewLine(drug="paracétamol 1 g, comprimé", posology="1 comprimé si douleur", duration_days=5, quantity=2, renewals=1)
EXACT = NewLine(
    drug="lévothyroxine 75 µg, comprimé", posology="1 le matin", duration_days=30, substitution=False, reason="Marge étroite"
)


@pytest.fixture
def inside(room: Room) -> Iterator[Room]:
    with room.inside():
        yield room


def written(room: Room, *lines: NewLine, kind: Kind = Kind.PRODUCTS) -> Prescription:
    return service.prescribe(room.user("dr-lemoine"), room.record(1), lines or (ACHE,), kind=kind)


def test_prescribing_deposits_a_readable_copy_and_notifies_once(inside: Room) -> None:
    before = notified("AJOUT_DOC")
    signed = written(inside, ACHE, EXACT)
    assert notified("AJOUT_DOC") == before + 1
    assert signed.document is not None
    assert (signed.document.category, signed.document.kind) == ("ORD_SOIN", "57833-6")
    assert service.of_document(signed.document) is signed
    assert signed.state is PrescriptionState.VALID
    assert [line.total for line in signed.lines] == [4, 1]
    assert service.find_by_number(signed.number) is signed
    acts = db.session.scalars(sa.select(Entry.act).where(Entry.seat == 1, ~Entry.from_pack))
    assert sorted(acts) == ["DocumentDeposited", "PrescriptionSigned"]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_a_document_of_its_own_type(inside: Room, kind: Kind) -> None:
    signed = written(inside, kind=kind)
    assert signed.document is not None
    assert (signed.kind, signed.document.kind) == (kind, kind.code)


def test_what_a_prescriber_types_cannot_pass_for_a_variable(inside: Room) -> None:
    signed = written(inside, NewLine(drug="{{ patient.nom }}", posology="\ue000j5\ue001 un", duration_days=1))
    assert signed.lines[0].posology == "j5 un"
    assert db.session.get_one(Document, signed.document_id).media_type == "text/markdown"


def test_an_empty_prescription_is_refused(inside: Room) -> None:
    with pytest.raises(Refused, match="au moins une ligne"):
        service.prescribe(inside.user("dr-lemoine"), inside.record(1), [])


@pytest.mark.parametrize(
    ("days", "renewals", "cure"),
    [(30, 12, "11 renouvellements au plus"), (200, 1, "aucun renouvellement"), (90, 4, "3 renouvellements au plus")],
)
def test_a_treatment_of_more_than_twelve_months_is_refused_with_the_most_there_may_be(
    inside: Room, days: int, renewals: int, cure: str
) -> None:
    with pytest.raises(Refused) as refused:
        written(inside, NewLine(drug="metformine", posology="1 le soir", duration_days=days, renewals=renewals))
    assert cure in refused.value.phrase.replace("\u00a0", " ")
    service.refuse_too_long(28, 12)


def test_a_sheet_sent_twice_is_signed_once(room: Room) -> None:
    ref = new_ref()

    def sign(_: int) -> tuple[str, bool]:
        with room.inside():
            signed, now = service.prescribe_once(room.user("dr-lemoine"), room.record(1), [ACHE], Kind.PRODUCTS, ref)
            return signed.number, now

    with ThreadPoolExecutor(2) as fingers:
        told = list(fingers.map(sign, range(2)))
    assert len({number for number, _ in told}) == 1
    assert sorted(now for _, now in told) == [False, True]


def test_the_ref_of_somebody_else_s_prescription_is_not_taken(inside: Room) -> None:
    theirs = written(inside)
    signed, now = service.prescribe_once(inside.user("dr-haddad"), inside.record(1), [EXACT], Kind.PRODUCTS, theirs.ref)
    assert now
    assert signed.ref != theirs.ref
    assert signed.prescriber is inside.user("dr-haddad")


def test_cancelled_before_any_delivery_never_after(inside: Room) -> None:
    doctor, pharmacist = inside.user("dr-lemoine"), inside.user("pharm-garnier")
    cancelled, begun = written(inside), written(inside)
    service.cancel(doctor, cancelled)
    assert cancelled.state is PrescriptionState.CANCELLED
    assert notified("ORDONNANCE_ANNULEE") == 1
    with pytest.raises(Refused, match="annulé"):
        service.cancel(doctor, cancelled)
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


def test_the_pack_tells_one_prescription_of_each_state(inside: Room) -> None:
    told = {p.slug: p.state for p in service.of_record(inside.record(1))}
    assert set(told.values()) == set(PrescriptionState)
    assert told["vitamine-d"] is PrescriptionState.EXPIRED


def test_a_number_of_nobody_is_refused(inside: Room) -> None:
    with pytest.raises(Refused, match="Aucune ordonnance de cet atelier"):
        service.find_by_number("TEST")


@pytest.mark.parametrize(("kind", "most"), [(Kind.PRODUCTS, 100), (Kind.NURSING, 12), (Kind.PHYSIOTHERAPY, 12), (Kind.BIOLOGY, 30)])
def test_the_shipped_lists_are_long_enough_and_fit_the_store(kind: Kind, most: int) -> None:
    items = formulary.items(kind).values()
    assert len(items) >= most
    assert len({item.code for item in items}) == len(items)
    assert all(len(item.name) <= 120 and len(item.code) <= 12 and len(item.unit) <= 20 and item.per_unit for item in items)


def test_a_name_is_found_without_its_accents() -> None:
    found = formulary.named(Kind.PRODUCTS, " Paracetamol 1 g  comprime")
    assert found is not None
    assert found.name == "paracétamol 1 g, comprimé"
    assert formulary.named(Kind.PRODUCTS, "paracétamol 1 000 mg, comprimé") is found
    assert formulary.like(Kind.PRODUCTS, "parac")[0] is found
    assert [item.name for item in formulary.like(Kind.BIOLOGY, "glyquee")] == ["hémoglobine glyquée (HbA1c)"]
    assert formulary.like(Kind.PRODUCTS, " ") == formulary.like(Kind.PRODUCTS, "zzz") == []
