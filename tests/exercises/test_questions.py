"""Each question is true for the learner who did it, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from sandbox import acts
from sandbox.account.models import Record, User
from sandbox.agenda.models import Appointment
from sandbox.clock import now
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.exercises.questions import QUESTIONS, query, seats_where
from sandbox.mailbox.models import Channel, Mail
from sandbox.mailbox.service import send
from sandbox.messaging.models import Conversation
from sandbox.notifications.models import Notification
from sandbox.prescriptions.models import Prescription
from sandbox.workshops import packs
from sandbox.workshops.fixtures import BrokenPack
from tests.room import Room


@pytest.fixture(autouse=True)
def inside(room: Room) -> Iterator[None]:
    with room.inside():
        yield


def of_pack(kind: type[Any], record: Record, slug: str) -> Any:
    return db.session.scalars(sa.select(kind).where(kind.record_id == record.id, kind.slug == slug)).one()


def booking(record: Record, who: User) -> Appointment:
    made = Appointment(record=record, professional=who, title="Consultation", starts_at=now())
    db.session.add(made)
    db.session.flush()
    return made


def false_message(record: Record) -> Mail:
    mail = send(record.owner, Channel.SMS, "Payez vite.", lure="colis")
    db.session.flush()
    return mail


def subject(act: type[acts.Act], room: Room, seat: int) -> dict[str, Any]:
    """What this act is about, at that seat."""
    record = room.record(seat)
    if issubclass(act, acts.LineDelivered):
        signed = of_pack(Prescription, record, "traitement-de-fond")
        return {"prescription": signed, "line": signed.lines[0]}
    if issubclass(act, acts.AppointmentAct):
        return {"appointment": booking(record, room.user("dr-lemoine"))}
    if issubclass(act, acts.PrescriptionSent):
        return {"prescription": of_pack(Prescription, record, "traitement-de-fond"), "pharmacist": room.user("pharm-garnier")}
    news = sa.select(Notification).where(Notification.record_id == record.id)
    return {
        acts.DocumentAct: lambda: {"document": of_pack(Document, record, "bilan-lipidique")},
        acts.ConversationAct: lambda: {"conversation": of_pack(Conversation, record, "preparation-irm")},
        acts.PrescriptionAct: lambda: {"prescription": of_pack(Prescription, record, "traitement-de-fond")},
        acts.NotificationOpened: lambda: {"notification": db.session.scalars(news).first()},
        acts.ServiceViewed: lambda: {"service": "carnet", "name": "Carnet"},
        acts.MailAct: lambda: {"mail": false_message(record)},
        acts.SectionOpened: lambda: {"section": "historique", "label": "Historique"},
        acts.SituationAct: lambda: {"situation": "mot-de-passe", "answer": 2},
    }.get(next((kind for kind in act.__mro__ if kind in SUBJECTS), acts.Act), dict)()


SUBJECTS = (
    acts.DocumentAct, acts.ConversationAct, acts.PrescriptionAct, acts.NotificationOpened, acts.ServiceViewed,
    acts.SectionOpened, acts.MailAct, acts.SituationAct,
)
BILAN, IRM, FOND = {"document": "bilan-lipidique"}, {"conversation": "preparation-irm"}, {"prescription": "traitement-de-fond"}
CASES: list[tuple[str, dict[str, str], type[acts.Act], dict[str, str] | None]] = [
    ("document_opened", BILAN, acts.DocumentOpened, {"document": "compte-rendu-sommeil"}),
    ("document_added", {}, acts.DocumentAdded, None),
    ("document_masked", BILAN, acts.DocumentMasked, {"document": "compte-rendu-sommeil"}),
    ("document_deleted", {}, acts.DocumentDeleted, None),
    ("document_downloaded", {}, acts.DocumentDownloaded, None),
    ("notification_opened", {}, acts.NotificationOpened, None),
    ("message_read", IRM, acts.MessageRead, {"conversation": "suivi-tension"}),
    ("message_replied", IRM, acts.MessageReplied, {"conversation": "suivi-tension"}),
    ("appointment_booked", {"professional": "dr-lemoine"}, acts.AppointmentBooked, {"professional": "dr-haddad"}),
    ("appointment_booked", {}, acts.AppointmentBooked, None),
    ("appointment_cancelled", {}, acts.AppointmentCancelled, None),
    ("service_viewed", {"service": "carnet"}, acts.ServiceViewed, {"service": "autre"}),
    ("service_viewed", {}, acts.ServiceViewed, None),
    ("service_searched", {}, acts.ServicesSearched, None),
    ("prescription_shown", FOND, acts.PrescriptionShown, {"prescription": "autre"}),
    ("prescription_delivered", FOND, acts.LineDelivered, {"prescription": "autre"}),
    ("prescription_sent", FOND, acts.PrescriptionSent, {"prescription": "autre"}),
    ("reading_objected", FOND, acts.ReadingObjected, {"prescription": "autre"}),
    ("section_opened", {"section": "historique"}, acts.SectionOpened, {"section": "agenda"}),
    ("stranger_refused", {}, acts.StrangerRefused, None),
    ("space_activated", {}, acts.SpaceActivated, None),
    ("lure_reported", {"lure": "colis"}, acts.LureReported, {"lure": "vaccination"}),
    ("lure_reported", {}, acts.LureReported, None),
    ("situation_answered", {"situation": "mot-de-passe"}, acts.SituationAnswered, {"situation": "mot"}),
]
OF_TWO = {"prescription_renewed", "refusal_seen"}  # one act is not enough: test_questions_of_two.py
ASKED = pytest.mark.parametrize(("name", "params", "act", "other"), CASES)


def act_at(seat: int, act: type[acts.Act], room: Room, by: User | None = None) -> None:
    record = room.record(seat)
    who = by or (room.user("pharm-garnier") if act is acts.LineDelivered else record.owner)
    acts.publish(act(actor=who, record=record, **subject(act, room, seat)))


def test_nothing_that_the_pack_tells_counts_as_done() -> None:
    assert {name: seats_where(name, params) for name, params, *_ in CASES} == dict.fromkeys(QUESTIONS.keys() - OF_TWO, set())


@ASKED
def test_it_is_true_of_who_did_it_and_of_them_alone(
    room: Room, name: str, params: dict[str, str], act: type[acts.Act], other: Any
) -> None:
    act_at(2, act, room)
    assert seats_where(name, params) == {2}
    assert seats_where(name, params, 2) == {2}
    assert seats_where(name, params, 1) == set()
    if other is not None:
        assert seats_where(name, other) == set()


@ASKED
def test_it_is_not_true_when_a_professional_did_it(
    room: Room, name: str, params: dict[str, str], act: type[acts.Act], other: Any
) -> None:
    if act is acts.LineDelivered:
        act = acts.LineRefused  # the pharmacist's own question: refusing is not delivering
        acts.publish(act(actor=room.user("pharm-garnier"), record=room.record(1), **subject(acts.LineDelivered, room, 1)))
    else:
        act_at(1, act, room, by=room.user("dr-lemoine"))
    assert seats_where(name, params) == set()


def test_an_answer_to_revise_is_not_a_situation_understood(room: Room) -> None:
    act_at(1, acts.SituationTried, room)
    assert seats_where("situation_answered", {"situation": "mot-de-passe"}) == set()


def test_the_vocabulary_is_tested_whole() -> None:
    assert {name for name, *_ in CASES} | OF_TWO == set(QUESTIONS)


@pytest.mark.parametrize(("name", "params"), [("never_heard", {}), ("document_opened", {}), ("document_added", {"a": 1})])
def test_a_question_that_cannot_be_asked_says_so(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(BrokenPack, match=r"^exercises\.toml.* la question"):
        query(name, params)


def test_every_installed_pack_asks_questions_that_exist() -> None:
    for slug in packs.packs():
        for exercise in packs.load(slug).exercises:
            query(exercise["question"], exercise["params"])
