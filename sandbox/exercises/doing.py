"""Doing an exercise for somebody who came late: the same verbs as their own pages, so that everything follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from sandbox import clock
from sandbox.account import service as account
from sandbox.account.models import Professional, Record, Role, User
from sandbox.acts import LureArrived, StrangerRefused, publish
from sandbox.agenda import service as agenda
from sandbox.agenda import slots
from sandbox.agenda.models import Appointment, Status
from sandbox.catalogue import service as catalogue
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.documents.rendering import MARKDOWN
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.exercises import answering, own_papers, questions
from sandbox.exercises.service import Exercise
from sandbox.mailbox import service as mailbox
from sandbox.mailbox.models import Mail
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.notifications import service as notifications
from sandbox.prescriptions import delivering, objecting, sending
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Prescription

Params = Mapping[str, Any]
BOOKING = "rdv-valbrune"  # the firm of the catalogue where appointments are taken
PAPER = "# Mon papier de santé\n\nCe document a été ajouté pour vous, pendant l’atelier."
ANSWER = "Bonjour, c’est bien noté. Merci."
MISSING = "Il manque de quoi faire cet exercice à cette place : remettez-la d’abord à zéro."
LURE = "colis"
REFUSAL = "Le patient en a encore"
SECTIONS = {"historique": "Historique d’activité"}  # the trace of a section, in the words of its page
DO: dict[str, Callable[[Record, Params], None]] = {}


def do(record: Record, exercise: Exercise) -> None:
    """Do it for this person, unless it is done. Raises Refused when it can only be done by them."""
    if _is_done(record, exercise):
        return
    if exercise.is_situation:
        right = next(one.number for one in answering.answers(exercise) if one.right)
        answering.give(record.owner, exercise, right)
    elif exercise.question in DO:
        DO[exercise.question](record, exercise.params)
    db.session.flush()
    if not _is_done(record, exercise):
        raise Refused(f"L’exercice « {exercise.title} » ne peut pas être rattrapé : il faut le faire soi-même.")


def _is_done(record: Record, exercise: Exercise) -> bool:
    return bool(questions.seats_where(exercise.question, exercise.params, record.seat))


def _does(function: Callable[[Record, Params], None]) -> Callable[[Record, Params], None]:
    DO[function.__name__.removeprefix("_")] = function
    return function


def _named(kind: Any, record: Record, slug: str) -> Any:
    """A thing of the pack, by its name there. Raises Refused when it is no longer there."""
    found = db.session.scalars(sa.select(kind).where(kind.record_id == record.id, kind.slug == slug)).first()
    if found is None:
        raise Refused(f"« {slug} » n’est plus dans le dossier de la place {record.seat} : remettez d’abord cette place à zéro.")
    return found


def _first(query: Any) -> Any:
    """The first found. Raises Refused when there is none."""
    found = db.session.scalars(query.limit(1)).first()
    if found is None:
        raise Refused(MISSING)
    return found


@_does
def _document_opened(record: Record, params: Params) -> None:
    documents.read(record.owner, _named(Document, record, params["document"]))


@_does
def _document_added(record: Record, params: Params) -> None:
    sheet = File("Mon papier de santé", MARKDOWN, PAPER.encode())
    documents.add(record.owner, record, sheet, title=sheet.title, category="AUTR_DOC", dated=clock.today(), masked=False)


@_does
def _document_masked(record: Record, params: Params) -> None:
    document = _named(Document, record, params["document"])
    documents.unmask(record.owner, document)
    documents.mask(record.owner, document)


@_does
def _document_deleted(record: Record, params: Params) -> None:
    own_papers.bring_back(record)
    db.session.flush()
    mine = sa.select(Document).where(Document.record_id == record.id, Document.author_id == record.owner_id, ~Document.loose)
    documents.delete(record.owner, _first(mine.order_by(Document.id)))


@_does
def _document_downloaded(record: Record, params: Params) -> None:
    documents.download(record.owner, documents.of_record(record)[0])


@_does
def _notification_opened(record: Record, params: Params) -> None:
    if news := notifications.newest(record, 1):
        notifications.open_one(record.owner, news[0])


@_does
def _message_read(record: Record, params: Params) -> None:
    messaging.read(record.owner, _named(Conversation, record, params["conversation"]))


@_does
def _message_replied(record: Record, params: Params) -> None:
    messaging.reply(record.owner, _named(Conversation, record, params["conversation"]), ANSWER)


@_does
def _appointment_booked(record: Record, params: Params) -> None:
    wanted = params.get("professional") or slots.bookable()[0].slug
    doctor = _first(sa.select(User).where(User.slug == wanted, User.role == Role.PROFESSIONAL))
    free = slots.free_slots(doctor, clock.today() + timedelta(days=7))
    if not free:
        raise Refused(f"{doctor.name} n’a plus d’heure libre : rien ne peut être réservé.")
    agenda.book(record.owner, record, doctor, free[0], "Contrôle", service=BOOKING)


@_does
def _appointment_cancelled(record: Record, params: Params) -> None:
    mine = sa.select(Appointment).where(
        Appointment.record_id == record.id, Appointment.service == BOOKING, Appointment.status == Status.CONFIRMED,
        Appointment.starts_at > clock.now(),
    )
    if db.session.scalars(mine).first() is None:
        _appointment_booked(record, {})
    agenda.cancel(record.owner, _first(mine.order_by(Appointment.id.desc())))


@_does
def _service_viewed(record: Record, params: Params) -> None:
    every = catalogue.every(record)
    catalogue.view(record.owner, record, every[params.get("service") or min(every)])


@_does
def _service_searched(record: Record, params: Params) -> None:
    catalogue.searched(record.owner, record)


@_does
def _prescription_shown(record: Record, params: Params) -> None:
    prescriptions.show(record.owner, _named(Prescription, record, params["prescription"]))


@_does
def _prescription_delivered(record: Record, params: Params) -> None:
    signed = _named(Prescription, record, params["prescription"])
    delivering.deliver_all(_counter(signed), signed)


@_does
def _prescription_renewed(record: Record, params: Params) -> None:
    """Whatever may be handed over again today."""
    signed = _named(Prescription, record, params["prescription"])
    for line in signed.lines:
        if line.delivered >= line.quantity and line.available:
            delivering.deliver(_counter(signed), line, delivering.usual(line))


@_does
def _refusal_seen(record: Record, params: Params) -> None:
    """The last line, that the person still has enough of."""
    signed = _named(Prescription, record, params["prescription"])
    delivering.refuse(_counter(signed), signed.lines[-1], REFUSAL)
    prescriptions.show(record.owner, signed)


@_does
def _prescription_sent(record: Record, params: Params) -> None:
    signed = _named(Prescription, record, params["prescription"])
    pharmacy = next((one for one in sending.pharmacies(signed) if one.is_compatible), None)
    if pharmacy is None:
        raise Refused(MISSING)
    sending.send(record.owner, signed, pharmacy, sending.text_for(signed, record.owner))


@_does
def _reading_objected(record: Record, params: Params) -> None:
    signed = _named(Prescription, record, params["prescription"])
    objecting.allow(record.owner, signed)
    objecting.oppose(record.owner, signed)


def _counter(signed: Prescription) -> User:
    """Somebody of the profession that carries it out."""
    query = sa.select(User).join(User.professional).where(Professional.profession == signed.kind.profession)
    found: User = _first(query.order_by(User.id))
    return found


@_does
def _section_opened(record: Record, params: Params) -> None:
    section = params["section"]
    account.opened(record.owner, record, section, SECTIONS.get(section, section.capitalize()))


@_does
def _stranger_refused(record: Record, params: Params) -> None:
    publish(StrangerRefused(actor=record.owner, record=record))


@_does
def _lure_reported(record: Record, params: Params) -> None:
    publish(LureArrived(actor=account.institution(), record=record, lure=params.get("lure") or LURE))
    db.session.flush()
    lures = sa.select(Mail).where(Mail.user_id == record.owner_id, Mail.lure != "", Mail.reported_at.is_(None))
    mailbox.report(record.owner, _first(lures.order_by(Mail.id.desc())))

