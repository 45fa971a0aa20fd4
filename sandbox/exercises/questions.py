"""The vocabulary of exercises: each question is one query whose answer is the seats for which it is true.

What counts is what the learner did during the workshop: lines of the history written by a pack, by somebody
else or on somebody else's record never do. `prescription_delivered` alone asks about what a pharmacist did.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from sandbox import acts
from sandbox.account.models import Record, User
from sandbox.agenda.models import Appointment
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.messaging.models import Conversation
from sandbox.prescriptions.models import Delivery, Line, Prescription
from sandbox.workshops.fixtures import BrokenPack

Seats = sa.Select[Any]  # of seat numbers
Subject = type[Document] | type[Conversation] | type[Prescription] | type[Appointment]
QUESTIONS: dict[str, Callable[..., Seats]] = {}


def question(function: Callable[..., Seats]) -> Callable[..., Seats]:
    """Add a question to the vocabulary under its own name."""
    QUESTIONS[function.__name__] = function
    return function


def query(name: str, params: Mapping[str, Any]) -> Seats:
    """The query of an exercise. Raises BrokenPack when no such question can be asked."""
    if name not in QUESTIONS:
        raise BrokenPack([f"exercises.toml : la question « {name} » n’existe pas. Questions : {', '.join(QUESTIONS)}."])
    try:
        inspect.signature(QUESTIONS[name]).bind(**params)
    except TypeError:
        wanted = ", ".join(inspect.signature(QUESTIONS[name]).parameters) or "aucun"
        raise BrokenPack([f"exercises.toml : la question « {name} » attend comme params : {wanted}."]) from None
    return QUESTIONS[name](**params)


def seats_where(name: str, params: Mapping[str, Any], seat: int | None = None) -> set[int]:
    """The seats for which it is true; of one seat only when one is named. Raises BrokenPack."""
    asked = query(name, params)
    return set(db.session.scalars(asked.where(Entry.seat == seat) if seat is not None else asked))


def moved_by(name: str, params: Mapping[str, Any]) -> frozenset[str]:
    """The names of the acts that may make it true: there is no need to look after any other. Raises BrokenPack."""
    acts_asked: frozenset[str] = query(name, params).get_execution_options()["acts"]
    return acts_asked


# --- what a question is made of ----------------------------------------------------------------------

def _happened(*which: type[acts.Act]) -> Seats:
    names = [act.__name__ for act in which]
    asked = sa.select(Entry.seat).where(Entry.act.in_(names), ~Entry.from_pack, ~Entry.redone)
    return asked.execution_options(acts=frozenset(names))


def _did(act: type[acts.Act]) -> Seats:
    """The learner did it on their own record."""
    return _happened(act).join(Record, sa.and_(Record.id == Entry.record_id, Record.owner_id == Entry.actor_id))


def _about(asked: Seats, subject: Subject, slug: str) -> Seats:
    """It was about that thing, by the pack's name for it."""
    return _joined(asked, subject).where(subject.slug == slug)


def _joined(asked: Seats, subject: Subject | type[Mail]) -> Seats:
    world: InstrumentedAttribute[int] = subject.world_id  # ref is unique in a world: the join is one look at its index
    return asked.join(subject, sa.and_(world == Entry.world_id, subject.ref == Entry.subject_ref))


# --- the vocabulary ----------------------------------------------------------------------------------

@question
def document_opened(document: str) -> Seats:
    return _about(_did(acts.DocumentOpened), Document, document)


@question
def document_added() -> Seats:
    return _did(acts.DocumentAdded)


@question
def document_masked(document: str) -> Seats:
    return _about(_did(acts.DocumentMasked), Document, document)


@question
def document_deleted() -> Seats:
    return _did(acts.DocumentDeleted)


@question
def document_downloaded() -> Seats:
    return _did(acts.DocumentDownloaded)


@question
def notification_opened() -> Seats:
    return _did(acts.NotificationOpened)


@question
def message_read(conversation: str) -> Seats:
    return _about(_did(acts.MessageRead), Conversation, conversation)


@question
def message_replied(conversation: str) -> Seats:
    return _about(_did(acts.MessageReplied), Conversation, conversation)


@question
def appointment_booked(professional: str = "") -> Seats:
    booked = _did(acts.AppointmentBooked)
    if not professional:
        return booked
    with_whom = _joined(booked, Appointment).join(User, User.id == Appointment.professional_id)
    return with_whom.where(User.slug == professional)


@question
def appointment_cancelled() -> Seats:
    return _did(acts.AppointmentCancelled)


@question
def service_viewed(service: str = "") -> Seats:
    viewed = _did(acts.ServiceViewed)
    return viewed.where(Entry.subject_ref == service) if service else viewed


@question
def service_searched() -> Seats:
    return _did(acts.ServicesSearched)


@question
def prescription_shown(prescription: str) -> Seats:
    return _about(_did(acts.PrescriptionShown), Prescription, prescription)


@question
def prescription_delivered(prescription: str) -> Seats:
    return _about(_happened(acts.LineDelivered, acts.LinePerformed), Prescription, prescription)


@question
def prescription_renewed(prescription: str) -> Seats:
    """Of one line at least, more was handed over than the first time allows: some of it in the workshop."""
    told = aliased(Entry)
    by_pack = sa.and_(told.world_id == Entry.world_id, told.subject_ref == Entry.subject_ref, told.from_pack, told.at == Delivery.at)
    renewed = sa.and_(
        Line.prescription_id == Prescription.id, Line.delivered > Line.quantity, Delivery.line_id == Line.id,
        Delivery.quantity > 0, Delivery.cancelled_at.is_(None),
    )
    return prescription_delivered(prescription).where(sa.exists().where(renewed, ~sa.exists().where(by_pack)))


@question
def refusal_seen(prescription: str) -> Seats:
    """The learner looked at the prescription once one of its lines was refused, with a reason."""
    refused = aliased(Entry)
    before = sa.and_(
        refused.world_id == Entry.world_id, refused.subject_ref == Entry.subject_ref, refused.id < Entry.id,
        refused.act.in_([acts.LineRefused.__name__, acts.CareRefused.__name__]), ~refused.from_pack,
    )
    return prescription_shown(prescription).where(sa.exists().where(before))


@question
def prescription_sent(prescription: str) -> Seats:
    """To a pharmacy, by secure messaging."""
    return _about(_did(acts.PrescriptionSent), Prescription, prescription)


@question
def reading_objected(prescription: str) -> Seats:
    """Its prescriber was asked not to read any more what is delivered."""
    return _about(_did(acts.ReadingObjected), Prescription, prescription)


@question
def section_opened(section: str) -> Seats:
    return _did(acts.SectionOpened).where(Entry.subject_ref == section)


@question
def stranger_refused() -> Seats:
    return _did(acts.StrangerRefused)


@question
def space_activated() -> Seats:
    return _did(acts.SpaceActivated)


@question
def lure_reported(lure: str = "") -> Seats:
    reported = _did(acts.LureReported)
    return _joined(reported, Mail).where(Mail.lure == lure) if lure else reported


@question
def situation_answered(situation: str) -> Seats:
    """A right answer was given, and the explanation read with it."""
    return _did(acts.SituationAnswered).where(Entry.subject_ref.startswith(f"{situation}#", autoescape=True))
