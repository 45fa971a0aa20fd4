"""« Refaire cet exercice »: what was done for it no longer counts, and what it needs is put back. Nothing else changes.

The history keeps its lines: they are true. They are marked, so that the question looks past them, in snapshots too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from sandbox import clock, live
from sandbox.account.models import Record, User
from sandbox.acts import SituationTried
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Status
from sandbox.agenda.service import refresh
from sandbox.clock import now
from sandbox.db import db
from sandbox.documents.models import Confidentiality, Document
from sandbox.exercises import attempts, own_papers, questions
from sandbox.exercises.models import Attempt
from sandbox.exercises.service import Exercise
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.messaging.models import Conversation, Message
from sandbox.notifications.models import Notification
from sandbox.prescriptions import objecting
from sandbox.prescriptions.models import Prescription
from sandbox.tenancy import Bound

Params = Mapping[str, Any]
Lines = list[Entry]
PUT_BACK: dict[str, Callable[[Record, Params, Lines], None]] = {}
TOLD = {  # what the person is told beforehand; nothing: there is nothing to put back
    "document_masked": "Le document redevient visible des professionnels.",
    "document_opened": "Le document redevient « Nouveau ».",
    "document_deleted": "Un document à vous revient, s’il n’en reste aucun.",
    "notification_opened": "La notification redevient non lue.",
    "message_read": "Le message redevient non lu.",
    "appointment_cancelled": "Le rendez-vous annulé revient, si son heure est encore libre.",
    "prescription_delivered": "Ce que la pharmacie a remis est repris : l’ordonnance redevient entière.",
    "prescription_renewed": "Ce que la pharmacie a remis est repris : le renouvellement est de nouveau à retirer.",
    "reading_objected": "Votre opposition est levée : le médecin voit de nouveau ce que vous retirez.",
    "lure_reported": "Le message étrange redevient un message que personne n’a signalé.",
}


def again(where: Bound, user: User, exercise: Exercise) -> Attempt:
    """A new go at this exercise, for this person alone; returns it."""
    record = user.record
    assert record is not None  # noqa: S101 — a learner's seat has one
    asked = questions.query(exercise.question, exercise.params).with_only_columns(Entry.id).where(Entry.seat == user.seat)
    lines = list(db.session.scalars(sa.select(Entry).where(Entry.id.in_(asked))))
    if put_back := PUT_BACK.get(exercise.question):
        put_back(record, exercise.params, lines)
    for line in lines:
        line.redone = True
    attempts.leave(where.world_id, user.seat, clock.real_now(), [exercise.slug])
    db.session.flush()
    for topic in ("exercises", "documents", "notifications", "messages", "agenda", "prescriptions"):
        live.tell(live.audience_of_seat(where.workshop_id, user.seat), topic)
    return attempts.begin(where, user.seat, exercise)


def _puts_back(function: Callable[[Record, Params, Lines], None]) -> Callable[[Record, Params, Lines], None]:
    PUT_BACK[function.__name__.removeprefix("_")] = function
    return function


def _of_pack(kind: Any, record: Record, slug: str) -> Any:
    return db.session.scalars(sa.select(kind).where(kind.record_id == record.id, kind.slug == slug)).first()


@_puts_back
def _document_opened(record: Record, params: Params, lines: Lines) -> None:
    if document := _of_pack(Document, record, params["document"]):
        document.opened_at = None


@_puts_back
def _document_masked(record: Record, params: Params, lines: Lines) -> None:
    if document := _of_pack(Document, record, params["document"]):
        document.confidentiality = Confidentiality.NORMAL


@_puts_back
def _document_deleted(record: Record, params: Params, lines: Lines) -> None:
    """There must be something of one's own to delete."""
    own_papers.bring_back(record)


@_puts_back
def _notification_opened(record: Record, params: Params, lines: Lines) -> None:
    refs = [line.subject_ref for line in lines]
    query = sa.select(Notification).where(Notification.record_id == record.id, Notification.ref.in_(refs))
    for notification in db.session.scalars(query):
        notification.read_at = None


@_puts_back
def _message_read(record: Record, params: Params, lines: Lines) -> None:
    talk = _of_pack(Conversation, record, params["conversation"])
    query = sa.select(Message).where(Message.conversation_id == talk.id, Message.sender_id != record.owner_id)
    for message in db.session.scalars(query):
        message.read_at = None


@_puts_back
def _appointment_cancelled(record: Record, params: Params, lines: Lines) -> None:
    """The latest that was cancelled and could still be kept, when its hour is still free."""
    refs = [line.subject_ref for line in lines]
    query = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.ref.in_(refs), Appointment.status == Status.CANCELLED,
        Appointment.starts_at > now(), Appointment.professional_id.is_not(None),
    )
    for appointment in db.session.scalars(query.order_by(Appointment.id.desc())):
        refresh(appointment)
        if appointment.professional and appointment.starts_at in _free(appointment):
            appointment.status, appointment.held = Status.CONFIRMED, True
            return


def _free(appointment: Appointment) -> list[Any]:
    professional = appointment.professional
    assert professional is not None  # noqa: S101 — asked by the query
    slots.reserve(professional)
    return slots.free_slots(professional, appointment.day)


@_puts_back
def _prescription_delivered(record: Record, params: Params, lines: Lines) -> None:
    """What was handed over in the workshop; what the story tells stays."""
    signed = _of_pack(Prescription, record, params["prescription"])
    if signed is None:
        return
    told = set(db.session.scalars(sa.select(Entry.at).where(Entry.subject_ref == signed.ref, Entry.from_pack)))
    for line in signed.lines:
        for delivery in [one for one in line.deliveries if one.at not in told]:
            line.deliveries.remove(delivery)
            db.session.delete(delivery)
        line.delivered = sum(one.quantity for one in line.deliveries if one.cancelled_at is None)


PUT_BACK["prescription_renewed"] = _prescription_delivered


@_puts_back
def _reading_objected(record: Record, params: Params, lines: Lines) -> None:
    if signed := _of_pack(Prescription, record, params["prescription"]):
        objecting.allow(record.owner, signed)


@_puts_back
def _situation_answered(record: Record, params: Params, lines: Lines) -> None:
    """Nobody has said anything yet."""
    tried = Entry.subject_ref.startswith(f"{params['situation']}#", autoescape=True), Entry.act == SituationTried.__name__
    for line in db.session.scalars(sa.select(Entry).where(Entry.actor_id == record.owner_id, *tried)):
        line.redone = True


@_puts_back
def _lure_reported(record: Record, params: Params, lines: Lines) -> None:
    refs = [line.subject_ref for line in lines]
    for mail in db.session.scalars(sa.select(Mail).where(Mail.user_id == record.owner_id, Mail.ref.in_(refs))):
        mail.reported_at = mail.opened_at = mail.read_at = None
