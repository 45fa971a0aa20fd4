"""« Refaire cet exercice »: to do once more, and nothing else has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import acts, clock, tenancy
from sandbox.account.models import Record
from sandbox.agenda import service as agenda
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Status
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.exercises import again, attempts, service, standing
from sandbox.exercises.again import PUT_BACK, TOLD
from sandbox.exercises.questions import QUESTIONS
from sandbox.journal.models import Entry
from sandbox.mailbox import service as mailbox
from sandbox.mailbox.models import Mail
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.notifications import service as notifications
from sandbox.notifications.models import Notification
from sandbox.prescriptions import delivering
from sandbox.prescriptions.models import Prescription
from sandbox.workshops import worlds
from tests.browser import Browser
from tests.exercises.test_attempts import opens_the_history
from tests.room import Room


def of_pack(kind: Any, record: Record, slug: str) -> Any:
    return db.session.scalars(sa.select(kind).where(kind.record_id == record.id, kind.slug == slug)).one()


def redo(room: Room, slug: str, seat: int = 1) -> None:
    where, exercise = tenancy.bound(), service.named(room.workshop_id, slug)
    again.again(where, room.record(seat).owner, exercise)
    db.session.flush()
    db.session.expire_all()


def is_done(room: Room, slug: str, seat: int = 1) -> bool:
    return standing.of_seat(tenancy.bound(), seat).item(slug).is_done


def masks(room: Room, record: Record) -> None:
    documents.mask(record.owner, of_pack(Document, record, "compte-rendu-sommeil"))


def deletes(room: Room, record: Record) -> None:
    documents.delete(record.owner, own(record)[0])


def own(record: Record) -> list[Document]:
    mine = sa.select(Document).where(Document.record_id == record.id, Document.author_id == record.owner_id, ~Document.loose)
    return list(db.session.scalars(mine))


def opens_news(room: Room, record: Record) -> None:
    unread = sa.select(Notification).where(Notification.record_id == record.id, Notification.read_at.is_(None))
    notifications.open_one(record.owner, db.session.scalars(unread).first())


def replies(room: Room, record: Record) -> None:
    messaging.reply(record.owner, of_pack(Conversation, record, "preparation-irm"), "Non, merci.")


def books(room: Room, record: Record) -> None:
    doctor = room.user("dr-lemoine")
    slot = slots.free_slots(doctor, clock.today() + timedelta(days=1))[0]
    agenda.book(record.owner, record, doctor, slot, "Contrôle", service="rdv-valbrune")


def cancels(room: Room, record: Record) -> None:
    books(room, record)
    agenda.cancel(record.owner, booked(record)[-1])


def booked(record: Record) -> list[Appointment]:
    return list(db.session.scalars(sa.select(Appointment).where(Appointment.record_id == record.id, Appointment.service != "")))


def receives(room: Room, record: Record) -> None:
    delivering.deliver_all(room.user("pharm-garnier"), of_pack(Prescription, record, "traitement-de-fond"))


def reports(room: Room, record: Record) -> None:
    acts.publish(acts.LureArrived(actor=room.user("portail"), record=record, lure="colis"))
    lures = sa.select(Mail).where(Mail.user_id == record.owner_id, Mail.lure == "colis")
    mailbox.report(record.owner, db.session.scalars(lures).first())


DONE: list[tuple[str, Callable[[Room, Record], None]]] = [
    ("lire-un-document", lambda room, record: documents.read(record.owner, of_pack(Document, record, "bilan-lipidique"))),
    ("masquer-un-document", masks),
    ("supprimer-un-document", deletes),
    ("ouvrir-une-notification", opens_news),
    ("voir-qui-a-consulte", lambda room, record: opens_the_history(room, record.seat)),
    ("repondre-au-secretariat", replies),
    ("prendre-un-rendez-vous", books),
    ("annuler-un-rendez-vous", cancels),
    ("faire-delivrer-une-ordonnance", receives),
    ("reconnaitre-un-faux-message", reports),
]


@pytest.mark.parametrize(("slug", "does"), DONE, ids=[slug for slug, _ in DONE])
def test_it_can_be_done_again_as_often_as_wished(room: Room, slug: str, does: Callable[[Room, Record], None]) -> None:
    with room.inside():
        for _ in range(3):
            does(room, room.record(1))
            assert is_done(room, slug)
            redo(room, slug)
            assert not is_done(room, slug)


@pytest.mark.parametrize(("slug", "does"), DONE, ids=[slug for slug, _ in DONE])
def test_nothing_else_changes(room: Room, slug: str, does: Callable[[Room, Record], None]) -> None:
    """Every other exercise that was done stays done, and the other seats are as they were."""
    with room.inside():
        for other, do in DONE:
            if other != slug:
                do(room, room.record(1))
        does(room, room.record(1))
        done = {item.exercise.slug for item in standing.of_seat(tenancy.bound(), 1).done}
        jean = worlds.digest(room.world(), [2])
        redo(room, slug)
        left = {item.exercise.slug for item in standing.of_seat(tenancy.bound(), 1).done}
        assert done - left == {slug}
        assert worlds.digest(room.world(), [2]) == jean


def test_what_it_needs_is_put_back(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        masks(room, record)
        redo(room, "masquer-un-document")
        assert not of_pack(Document, room.record(1), "compte-rendu-sommeil").is_masked
        receives(room, room.record(1))
        redo(room, "faire-delivrer-une-ordonnance")
        signed = of_pack(Prescription, room.record(1), "traitement-de-fond")
        assert [(line.delivered, list(line.deliveries)) for line in signed.lines] == [(0, [])] * 3
        assert delivering.deliver_all(room.user("pharm-garnier"), signed)


def test_a_paper_of_ones_own_comes_back_only_when_none_is_left(room: Room) -> None:
    with room.inside():
        papers = len(own(room.record(1)))
        deletes(room, room.record(1))
        redo(room, "supprimer-un-document")
        assert len(own(room.record(1))) == max(papers - 1, 1)
        while own(room.record(1)):
            deletes(room, room.record(1))
        redo(room, "supprimer-un-document")
        assert [paper.title for paper in own(room.record(1))]


def test_a_cancelled_hour_that_somebody_took_is_not_taken_back(room: Room) -> None:
    with room.inside():
        cancels(room, room.record(1))
        freed = booked(room.record(1))[-1]
        hour, doctor = freed.starts_at, room.user("dr-lemoine")
        agenda.book(room.record(2).owner, room.record(2), doctor, hour, "", service="rdv-valbrune")
        redo(room, "annuler-un-rendez-vous")
        assert booked(room.record(1))[-1].status is Status.CANCELLED
        assert booked(room.record(2))[-1].held


def test_the_history_keeps_what_was_true(room: Room) -> None:
    with room.inside():
        masks(room, room.record(1))
        before = db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.seat == 1))
        redo(room, "masquer-un-document")
        assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.seat == 1)) == before


def test_the_new_go_begins_and_the_former_is_kept(room: Room) -> None:
    with room.inside():
        masks(room, room.record(1))
        former = attempts.present(tenancy.bound(), 1)["masquer-un-document"].id
        redo(room, "masquer-un-document")
        anew = attempts.present(tenancy.bound(), 1)["masquer-un-document"]
        assert anew.id != former
        assert anew.begun_at is not None
        assert anew.done_at is None


@pytest.mark.practises("L08")
def test_from_the_page_of_the_exercise(marie: Browser, jean: Browser) -> None:
    for person in (marie, jean):
        person.go("/historique/")
    assert marie.go("/exercises/voir-qui-a-consulte").sees("C’est fait")
    for _ in range(2):
        assert marie.submit("Oui, refaire cet exercice").sees("C’est reparti")
        assert not marie.sees("C’est fait")
        marie.go("/historique/")
        assert marie.go("/exercises/voir-qui-a-consulte").sees("C’est fait")
    assert jean.go("/exercises/voir-qui-a-consulte").sees("C’est fait")


def test_what_is_told_beforehand_is_of_a_question_that_puts_something_back() -> None:
    assert set(TOLD) <= set(PUT_BACK)
    assert set(PUT_BACK) <= set(QUESTIONS)
