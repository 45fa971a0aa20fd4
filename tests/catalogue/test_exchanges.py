"""The narrow door of services: each call shows a key, and each thing that stands against it is a sentence and a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.access import To, may
from sandbox.account import life
from sandbox.account.service import institution
from sandbox.agenda import service as agenda
from sandbox.agenda.models import Appointment, Reminder
from sandbox.agenda.slots import free_slots
from sandbox.catalogue import exchanges, halting, pairing, service
from sandbox.catalogue.calls import Call, Denial, Denied, find
from sandbox.catalogue.models import Purpose, Status
from sandbox.db import db, writing
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.partners.models import Customer
from sandbox.profile.models import Measure
from sandbox.workshops import resets, spares
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.catalogue.calling import call, lines, written
from tests.partners.pairing import tied
from tests.room import Room


def key_of(room: Room, seat: int, slug: str, *purposes: Purpose) -> str:
    """The key of a service tied to a seat."""
    ref = tied(room, seat, slug, *purposes)
    with room.inside():
        return db.session.scalars(sa.select(Customer.passkey).where(Customer.ref == ref)).one()


def denied(room: Room, passkey: str, purpose: Purpose) -> Denial:
    """Why the call is refused; nothing was written."""
    with room.inside():
        before = written()
        with pytest.raises(Denied) as refusal:
            call(passkey, purpose)
        assert written() == before
        return refusal.value.denial


@pytest.mark.parametrize("purpose", Purpose)
def test_one_agreement_opens_one_door_and_shuts_the_five_others(room: Room, purpose: Purpose) -> None:
    asked = {Purpose.READ_AGENDA: "rdv-valbrune", Purpose.WRITE_AGENDA: "rdv-valbrune", Purpose.READ_DOCUMENTS: "pre-admission-valbrune"}
    passkey = key_of(room, 1, asked.get(purpose, "glyco-suivi"), purpose)
    with room.inside():
        call(passkey, purpose)
    assert {denied(room, passkey, other) for other in Purpose if other is not purpose} == {Denial.REFUSED}
    assert len(lines(room, "ServiceDenied")) == 5


def test_a_key_that_nobody_gave_opens_nothing_and_says_nothing(room: Room) -> None:
    for key in ("", "x", "' or 1=1", "é" * 80):
        assert denied(room, key, Purpose.WRITE_MEASURES) is Denial.UNKNOWN
    assert lines(room, "ServiceDenied") == []


def test_a_key_replayed_after_withdrawal_is_refused(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        record = room.record(1)
        tie = pairing.with_service(record, "glyco-suivi")
        assert tie is not None
        pairing.end(record.owner, tie, "Glyco Suivi")
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.WITHDRAWN


def test_agreeing_anew_gives_another_key_and_the_former_dies(room: Room) -> None:
    former, present = key_of(room, 1, "glyco-suivi"), key_of(room, 1, "glyco-suivi")
    assert denied(room, former, Purpose.WRITE_MEASURES) is Denial.UNKNOWN
    with room.inside():
        call(present, Purpose.WRITE_MEASURES)


def test_a_key_of_another_world_opens_nothing(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    room.renew()
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.UNKNOWN


def test_after_a_reset_of_the_room_the_keys_are_dead_and_its_undo_gives_them_back(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.app.app_context(), writing():
        spares.fill_one(room.workshop_id)
        resets.reset_workshop(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.UNKNOWN
    with room.app.app_context(), writing():
        resets.undo(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()
    with room.inside():
        call(passkey, Purpose.WRITE_MEASURES)


def test_a_key_writes_in_its_own_record_alone(room: Room) -> None:
    key_of(room, 1, "glyco-suivi")
    with_jean = key_of(room, 2, "glyco-suivi")
    with room.inside():
        call(with_jean, Purpose.WRITE_MEASURES)
        found = db.session.scalars(sa.select(Measure.record_id).where(Measure.service == "glyco-suivi")).all()
        assert found == [room.record(2).id]
        foreign = db.session.scalars(sa.select(Document).where(Document.record_id == room.record(1).id)).first()
        assert foreign is not None
        given = foreign.ref
    reads = key_of(room, 2, "pre-admission-valbrune")
    with room.inside(), pytest.raises(Refused, match="plus disponible"):
        exchanges.read_document(reads, given)


def test_the_key_of_a_service_is_no_key_for_another(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        asked = Call(find(passkey), Purpose.WRITE_MEASURES)
        assert may(service.agent("glyco-suivi"), To.EXCHANGE, asked)
        assert not may(service.agent("rappel-vaccins"), To.EXCHANGE, asked)
        assert not may(room.record(1).owner, To.EXCHANGE, asked)
        assert not may(room.user("dr-lemoine"), To.EXCHANGE, asked)


def test_a_service_writes_no_appointment_taken_elsewhere(room: Room) -> None:
    passkey = key_of(room, 1, "pre-admission-valbrune")
    with room.inside():
        record, doctor = room.record(1), room.user("dr-lemoine")
        booked = agenda.book(record.owner, record, doctor, free_slots(doctor, clock.today())[0], "Toux", service="rdv-valbrune")
        with pytest.raises(Refused, match="pris ailleurs"):
            exchanges.write_appointment(passkey, booked)
        assert not booked.in_agenda
        others = sa.select(Appointment).where(Appointment.record_id == room.record(2).id)
        with pytest.raises(Refused, match="pris ailleurs"):
            exchanges.write_appointment(passkey, db.session.scalars(others).all()[0])


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.OFFLINE, Status.DELISTED])
def test_a_service_that_is_stopped_gets_nothing(room: Room, status: Status) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        halting.halt(institution(), room.record(1), "glyco-suivi", status)
    assert denied(room, passkey, Purpose.READ_MEASURES) is Denial.HALTED


def test_a_year_later_the_agreements_are_over(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        room.world().shift_seconds += int(timedelta(days=365).total_seconds())
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.EXPIRED


def test_a_new_version_waits_for_a_new_agreement(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        halting.renew(institution(), room.record(1), "glyco-suivi", service.services()["glyco-suivi"].latest)
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.RENEWAL


def test_a_record_that_is_closed_is_shut_without_a_line(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        life.close(room.record(1).owner, room.record(1), erase=False)
    assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.SHUT
    assert lines(room, "ServiceDenied") == []


def test_the_same_refusal_within_a_minute_is_one_line(room: Room) -> None:
    passkey = key_of(room, 1, "glyco-suivi", Purpose.READ_MEASURES)
    for _ in range(3):
        assert denied(room, passkey, Purpose.WRITE_MEASURES) is Denial.REFUSED
    denied(room, passkey, Purpose.WRITE_DOCUMENTS)
    assert len(lines(room, "ServiceDenied")) == 2
    with room.inside():
        room.world().shift_seconds += 61
    denied(room, passkey, Purpose.WRITE_MEASURES)
    assert len(lines(room, "ServiceDenied")) == 3


def test_what_is_masked_or_not_announced_is_never_shown(room: Room) -> None:
    passkey = key_of(room, 1, "pre-admission-valbrune")
    with room.inside():
        record, doctor = room.record(1), room.user("dr-haddad")
        kept = documents.deposit_text(doctor, record, title="À annoncer", category="CPT_REND", text="Plus tard.", kept_back=True)
        masked = documents.deposit_text(doctor, record, title="Masqué", category="CPT_REND", text="Chut.", masked=True)
        shown = exchanges.shelf(passkey)
        assert shown
        assert not {kept.ref, masked.ref} & {one.ref for one in shown}
        assert not any(one.loose or one.is_masked or one.is_hidden for one in shown)
        for hidden in (kept, masked):
            with pytest.raises(Refused, match="plus disponible"):
                exchanges.read_document(passkey, hidden.ref)
    assert lines(room, "DocumentReadByService") == []


@pytest.mark.parametrize(("kind", "value", "days"), [
    ("sucre", "1.05", 0), ("glycemie", "1,05", 0), ("glycemie", "", 0), ("glycemie", "-1", 0), ("glycemie", "1.05/2", 0),
    ("tension", "132", 0), ("glycemie", "١٫٢", 0), ("glycemie", "1.05", 40), ("glycemie", "1.05", -1),
])
def test_a_measure_that_cannot_be_is_refused(room: Room, kind: str, value: str, days: int) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside():
        before = written()
        with pytest.raises(Refused) as refusal:
            exchanges.push_measure(passkey, kind, value, clock.now() - timedelta(days=days))
        assert not isinstance(refusal.value, Denied)
        assert written() == before


def test_what_a_service_tells_twice_stands_once(room: Room) -> None:
    meter, vaccines = key_of(room, 1, "glyco-suivi"), key_of(room, 1, "rappel-vaccins")
    with room.inside():
        at, day = clock.now(), clock.today() + timedelta(days=9)
        assert exchanges.push_measure(meter, "glycemie", "1.05", at) is exchanges.push_measure(meter, "glycemie", "1.05", at)
        assert exchanges.write_reminder(vaccines, "Grippe", day) is exchanges.write_reminder(vaccines, "Grippe", day)
    assert len(lines(room, "MeasureReceived")) == len(lines(room, "ReminderWritten")) == 1


def test_a_service_fills_no_day_and_writes_nothing_in_the_past(room: Room) -> None:
    passkey = key_of(room, 1, "rappel-vaccins")
    with room.inside():
        day = clock.today() + timedelta(days=9)
        for number in range(10):
            exchanges.write_reminder(passkey, f"Rappel {number}", day)
        with pytest.raises(Refused, match="dix rappels"):
            exchanges.write_reminder(passkey, "Un de trop", day)
        with pytest.raises(Refused, match="date passée"):
            exchanges.write_reminder(passkey, "Hier", clock.today() - timedelta(days=1))
        assert db.session.scalar(sa.select(sa.func.count(Reminder.id)).where(Reminder.service == "rappel-vaccins")) == 10


@pytest.mark.parametrize(("category", "text"), [("RIEN", "Tout va bien."), ("AUTR_DOC", "  ")])
def test_a_paper_that_cannot_be_is_refused(room: Room, category: str, text: str) -> None:
    passkey = key_of(room, 1, "glyco-suivi")
    with room.inside(), pytest.raises(Refused, match="vide, ou d’une catégorie"):
        exchanges.deposit(passkey, "Bilan", category, text)


def test_a_busy_hour_says_neither_with_whom_nor_why(room: Room) -> None:
    passkey = key_of(room, 1, "rdv-valbrune")
    with room.inside():
        first = clock.at(clock.today())
        hours = exchanges.busy(passkey, first, first + timedelta(days=60))
        assert hours
        assert all(len(one) == 2 and one[0] < one[1] for one in hours)
        assert exchanges.busy(passkey, first, first) == []


def test_every_act_leads_to_its_thing_under_synchronised_services(room: Room, marie: Browser) -> None:
    keys = [key_of(room, 1, slug) for slug in ("glyco-suivi", "rappel-vaccins", "pre-admission-valbrune")]
    with room.inside():
        call(keys[0], Purpose.WRITE_MEASURES)
        call(keys[1], Purpose.WRITE_AGENDA)
        call(keys[2], Purpose.WRITE_DOCUMENTS)
        exchanges.read_document(keys[2], exchanges.shelf(keys[2])[-1].ref)
    denied(room, keys[1], Purpose.WRITE_MEASURES)
    marie.go("/historique/?onglet=services")
    places = [str(a["href"]) for a in marie.page.select("main a[href]")]
    for start in ("/profil/mesures", "/agenda/rappels/", "/documents/", "/catalogue/rappel-vaccins"):
        assert any(place.startswith(start) for place in places), (start, places)
    assert marie.sees("Demande refusée à « Rappel Vaccins » : ajouter des mesures")
