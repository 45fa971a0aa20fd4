"""Carrying a prescription out, line by line: what may be done today, by whom it is told, what is refused and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.access import To, may
from sandbox.db import begin_writing, db
from sandbox.errors import Refused
from sandbox.prescriptions import delivering, service
from sandbox.prescriptions.models import Delivery, Kind, Line, LineState, Prescription, PrescriptionState
from sandbox.prescriptions.service import NewLine
from sandbox.tenancy import world
from tests.pro.people import done, notified, told
from tests.room import Room

ACHE = NewLine(drug="paracétamol 1 g, comprimé", posology="1 comprimé si douleur", duration_days=5, quantity=2, renewals=1)
EXACT = NewLine(
    drug="lévothyroxine 75 µg, comprimé", posology="1 le matin", duration_days=30, substitution=False, reason="Marge étroite"
)
WALK = NewLine(drug="rééducation du genou", posology="2 séances par semaine", duration_days=60, quantity=10, unit="séance")


@pytest.fixture
def inside(room: Room) -> Iterator[Room]:
    with room.inside():
        yield room


def written(room: Room, *lines: NewLine, kind: Kind = Kind.PRODUCTS) -> Prescription:
    return service.prescribe(room.user("dr-lemoine"), room.record(1), lines or (ACHE,), kind=kind)


def deliver(room: Room, line: Line, quantity: int, pharmacist: str = "pharm-garnier", **about: object) -> Delivery:
    return delivering.deliver(room.user(pharmacist), line, quantity, **about)  # type: ignore[arg-type]


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """What is done inside is refused, and the sentence has these words in this order."""
    with pytest.raises(Refused) as told:
        yield
    assert re.search(".*".join(map(re.escape, words)), " ".join(told.value.phrase.split())), told.value.phrase


def test_delivered_in_part_then_the_rest_then_no_more_before_the_renewal_opens(inside: Room) -> None:
    line = written(inside).lines[0]
    deliver(inside, line, 1)
    assert (line.state, line.available, line.prescription.state) == (LineState.PARTLY, 1, PrescriptionState.PARTLY)
    deliver(inside, line, 1, "pharm-nguyen")
    opens = clock.today() + timedelta(days=5)
    with refused("Paul Nguyen", "a délivré paracétamol (1 boîte) aujourd’hui", "Renouvellement possible à partir du"):
        deliver(inside, line, 1)
    assert (line.renews_on, line.remaining) == (opens, 2)
    with clock.shifted(timedelta(days=4)), refused("Renouvellement possible à partir du"):
        deliver(inside, line, 1)
    with clock.shifted(timedelta(days=5)):
        deliver(inside, line, 2)
        assert line.prescription.state is PrescriptionState.EXHAUSTED
        with refused("Hélène Garnier", "Tout a déjà été délivré"):
            deliver(inside, line, 1)


def test_more_than_what_is_open_is_refused_and_nothing_is_written(inside: Room) -> None:
    line = written(inside).lines[0]
    for quantity in (0, -1, 3, 4, 5):
        with refused("Écrivez un nombre entre 1 et 2"):
            deliver(inside, line, quantity)
    assert (line.delivered, line.deliveries, done("LineDelivered")) == (0, [], 0)


def test_the_store_itself_holds_no_more_than_what_was_prescribed(inside: Room) -> None:
    line = written(inside).lines[0]
    line.delivered = line.total + 1
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_must_not_be_replaced_is_not(inside: Room) -> None:
    line = written(inside, EXACT).lines[0]
    with refused("« non substituable » : Marge étroite"):
        deliver(inside, line, 1, substituted="autre chose")
    assert line.delivered == 0


def test_a_replacement_says_by_what_and_why(inside: Room) -> None:
    line = written(inside).lines[0]
    replaced = deliver(inside, line, 2, substituted=" paracétamol, autre marque ", why="Rupture de stock", note="Le soir.")
    assert (replaced.substituted, replaced.why, replaced.note) == ("paracétamol, autre marque", "Rupture de stock", "Le soir.")
    assert line.state is LineState.SUBSTITUTED


@pytest.mark.parametrize(
    ("days", "posology", "words"),
    [(None, "1 matin et soir", "Écrivez la date de l’accord"), (1, "1 matin et soir", "dans le passé"),
     (-1, "1 matin et soir", "L’accord suit l’ordonnance"), (0, " ", "Écrivez la nouvelle posologie")],
)
def test_a_posology_changes_only_with_an_agreement_of_after_the_signature(
    inside: Room, days: int | None, posology: str, words: str
) -> None:
    line = written(inside).lines[0]
    agreed_on = None if days is None else clock.today() + timedelta(days=days)
    with refused(words):
        deliver(inside, line, 1, posology=posology, agreed_on=agreed_on)
    assert line.delivered == 0
    changed = deliver(inside, line, 1, posology="1 matin et soir", agreed_on=clock.today())
    assert (changed.posology, changed.agreed_on) == ("1 matin et soir", clock.today())


def test_a_refused_line_says_why_and_can_be_delivered_later(inside: Room) -> None:
    line = written(inside).lines[0]
    with refused("Dites pourquoi"):
        delivering.refuse(inside.user("pharm-garnier"), line, "  ")
    delivering.refuse(inside.user("pharm-garnier"), line, "Rupture de stock")
    assert (line.state, line.remaining, done("LineRefused")) == (LineState.REFUSED, 4, 1)
    deliver(inside, line, 2, "pharm-nguyen")
    assert line.state is LineState.PARTLY


def test_what_is_entirely_delivered_is_not_refused_afterwards(inside: Room) -> None:
    first, second = written(inside, EXACT, ACHE).lines
    deliver(inside, first, 1)
    with refused("Il ne reste rien à délivrer pour lévothyroxine"):
        delivering.refuse(inside.user("pharm-nguyen"), first, "Rupture de stock")
    with refused("Il ne reste rien à délivrer pour lévothyroxine"):
        deliver(inside, first, 1)
    assert second.available == 2


def test_all_that_is_open_in_one_press_then_nothing_until_the_day_told(inside: Room) -> None:
    signed, garnier, before = written(inside, ACHE, EXACT), inside.user("pharm-garnier"), notified("DELIVRANCE")
    deliver(inside, signed.lines[0], 1)
    assert [one.quantity for one in delivering.deliver_all(garnier, signed)] == [1, 1]
    with refused("Rien n’est à délivrer aujourd’hui", "Renouvellement possible à partir du", "pour paracétamol"):
        delivering.deliver_all(garnier, signed)
    assert (done("LineDelivered"), notified("DELIVRANCE")) == (3, before + 3)


def test_care_is_performed_a_session_at_a_time(inside: Room) -> None:
    signed, kermarrec = written(inside, WALK, kind=Kind.PHYSIOTHERAPY), inside.user("kine-kermarrec")
    before = notified("DELIVRANCE")
    assert [one.quantity for one in delivering.deliver_all(kermarrec, signed)] == [1]
    delivering.refuse(kermarrec, signed.lines[0], "Patient absent")
    assert (done("LinePerformed"), done("CareRefused"), done("LineDelivered"), notified("DELIVRANCE")) == (1, 1, 0, before + 2)
    with clock.shifted(timedelta(days=400)), refused("plus rien ne peut être réalisé"):
        deliver(inside, signed.lines[0], 1, "kine-kermarrec")


@pytest.mark.parametrize(
    ("kind", "who"),
    [(Kind.PRODUCTS, "pharm-garnier"), (Kind.NURSING, "inf-morvan"), (Kind.PHYSIOTHERAPY, "kine-kermarrec"), (Kind.BIOLOGY, "labo-horizon")],
)
def test_each_profession_carries_out_its_own_kind_and_no_other(inside: Room, kind: Kind, who: str) -> None:
    signed = written(inside, EXACT, kind=kind)
    everybody = ("pharm-garnier", "pharm-nguyen", "inf-morvan", "kine-kermarrec", "labo-horizon", "dr-lemoine", "sec-roux")
    allowed = {slug for slug in everybody if may(inside.user(slug), To.EXECUTE, signed)}
    assert allowed == ({"pharm-garnier", "pharm-nguyen"} if kind is Kind.PRODUCTS else {who})


def test_a_mistake_is_corrected_the_same_day_once_and_by_who_made_it(inside: Room) -> None:
    line = written(inside).lines[0]
    garnier, nguyen = inside.user("pharm-garnier"), inside.user("pharm-nguyen")
    wrong = deliver(inside, line, 2)
    assert may(garnier, To.UNDO_DELIVERY, wrong)
    assert not may(nguyen, To.UNDO_DELIVERY, wrong)
    delivering.undo(garnier, wrong)
    assert (line.delivered, line.available, line.kept, line.deliveries) == (0, 2, [], [wrong])
    assert (line.prescription.state, done("DeliveryCancelled")) == (PrescriptionState.VALID, 1)
    assert not may(garnier, To.UNDO_DELIVERY, wrong)
    with refused("se corrige une fois, le jour même"):
        delivering.undo(garnier, wrong)
    kept = deliver(inside, line, 2)
    with clock.shifted(timedelta(days=1)), refused("le jour même"):
        delivering.undo(garnier, kept)
    assert line.delivered == 2


def test_what_was_exhausted_by_mistake_is_open_again(inside: Room) -> None:
    signed = written(inside, EXACT)
    only = deliver(inside, signed.lines[0], 1)
    assert signed.state is PrescriptionState.EXHAUSTED
    delivering.undo(inside.user("pharm-garnier"), only)
    assert signed.state is PrescriptionState.VALID
    deliver(inside, signed.lines[0], 1, "pharm-nguyen")


def test_what_was_cancelled_or_not_presented_in_time_is_not_delivered(inside: Room) -> None:
    cancelled, late = written(inside), written(inside)
    service.cancel(inside.user("dr-lemoine"), cancelled)
    verbs: list[Callable[[], object]] = [
        lambda: deliver(inside, cancelled.lines[0], 1), lambda: delivering.deliver_all(inside.user("pharm-garnier"), cancelled),
        lambda: delivering.refuse(inside.user("pharm-garnier"), cancelled.lines[0], "Rupture"),
    ]
    for verb in verbs:
        with refused("annulé"):
            verb()
    with clock.shifted(late.valid_until - clock.today()):
        assert late.lines[0].available == 2
    with clock.shifted(late.valid_until - clock.today() + timedelta(days=1)), refused("trois mois"):
        deliver(inside, late.lines[0], 1)


def test_of_two_counters_that_saw_the_last_box_one_has_it(room: Room) -> None:
    """Each has read the line before the other writes: two connections, and the lock decides."""
    both_have_looked = Barrier(2)

    def take(slug: str) -> str:
        with room.app.app_context(), world(room.world().bound):
            line, pharmacist = told("traitement-de-fond").lines[1], room.user(slug)
            assert line.available == 1
            both_have_looked.wait(10)
            begin_writing()
            try:
                delivering.deliver(pharmacist, line, 1)
            except Refused as refused:
                db.session.rollback()
                return refused.phrase
            db.session.commit()
            return "delivered"

    with ThreadPoolExecutor(2) as counters:
        answers = sorted(counters.map(take, ["pharm-garnier", "pharm-nguyen"]), key=len)
    assert answers[0] == "delivered"
    assert re.search("a délivré amlodipine.*Renouvellement possible à partir du", answers[1])
    with room.inside():
        line = told("traitement-de-fond").lines[1]
        assert (line.delivered, len(line.deliveries), done("LineDelivered")) == (1, 1, 1)
