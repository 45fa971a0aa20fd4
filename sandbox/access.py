"""« May I? » is answered here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from flask import abort
from flask_login import current_user

from sandbox.account.models import Record, Role, User

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment
    from sandbox.documents.models import Document
    from sandbox.messaging.models import Conversation
    from sandbox.prescriptions.models import Prescription
    from sandbox.workshops.models import Trainer, Workshop


class To(Enum):
    """What one may ask to do."""

    OPEN_RECORD = auto()  # Record
    DEPOSIT = auto()  # Record
    READ = auto()  # Document
    MASK = auto()  # Document
    DELETE = auto()  # Document
    SEE_CONVERSATION = auto()  # Conversation
    REPLY = auto()  # Conversation
    END = auto()  # Conversation
    OPEN_CONVERSATION = auto()  # Record
    SEE_APPOINTMENT = auto()  # Appointment
    CHANGE_APPOINTMENT = auto()  # Appointment
    CANCEL_APPOINTMENT = auto()  # Appointment
    SEE_PRESCRIPTION = auto()  # Prescription
    CANCEL_PRESCRIPTION = auto()  # Prescription
    PRESCRIBE = auto()  # Record
    DISPENSE = auto()  # None
    SEE_NOTIFICATION = auto()  # Notification


def actor() -> User:
    """Who acts in this request."""
    user: User = current_user._get_current_object()
    return user


def opened_record() -> Record:
    """Whose record is open: the learner's own. 404 for whoever has none."""
    return actor().record or abort(404)


def runs(trainer: Trainer, workshop: Workshop) -> bool:
    """Whether this trainer may open, reset and close it: their own, or one made from the command line."""
    return workshop.trainer_id is None or workshop.trainer_id == trainer.id


def owns(user: User, record_id: int) -> bool:
    return user.record is not None and user.record.id == record_id


def _treats(user: User) -> bool:
    return user.role is Role.PROFESSIONAL and user.professional is not None


def _reads(user: User) -> bool:
    """An establishment deposits without reading (reference: establishment accounts)."""
    return _treats(user) and user.professional is not None and not user.professional.is_establishment


def _read(user: User, document: Document) -> bool:
    if owns(user, document.record_id) or document.is_own(user):
        return True
    return _reads(user) and not document.is_masked


def _reply(user: User, talk: Conversation) -> bool:
    return _see_conversation(user, talk) and (user.id == talk.professional_id or not talk.is_ended)


def _see_conversation(user: User, talk: Conversation) -> bool:
    return owns(user, talk.record_id) or user.id == talk.professional_id


def _cancel_appointment(user: User, appointment: Appointment) -> bool:
    """The patient cancels what they booked themselves; the rest is told to the professional."""
    booked = owns(user, appointment.record_id) and appointment.held
    return (booked or user.id == appointment.professional_id) and appointment.can_be_cancelled


def _see_prescription(user: User, prescription: Prescription) -> bool:
    return owns(user, prescription.record_id) or user.id == prescription.prescriber_id or _dispenses(user, None)


def _cancel_prescription(user: User, prescription: Prescription) -> bool:
    return user.id == prescription.prescriber_id and not any(line.delivered for line in prescription.lines)


def _dispenses(user: User, _: Any) -> bool:
    return _treats(user) and user.professional is not None and user.professional.dispenses


def _prescribes(user: User, _: Any) -> bool:
    return _treats(user) and user.professional is not None and user.professional.prescribes


RULES: dict[To, Callable[[User, Any], bool]] = {
    To.OPEN_RECORD: lambda user, record: owns(user, record.id) or _reads(user),
    To.DEPOSIT: lambda user, record: owns(user, record.id) or _treats(user),
    To.READ: _read,
    To.MASK: lambda user, document: owns(user, document.record_id),
    To.DELETE: lambda user, document: owns(user, document.record_id) and document.is_own(user),
    To.SEE_CONVERSATION: _see_conversation,
    To.REPLY: _reply,
    To.END: lambda user, talk: user.id == talk.professional_id and not talk.is_ended,
    To.OPEN_CONVERSATION: lambda user, record: _treats(user),
    To.SEE_APPOINTMENT: lambda user, appointment: owns(user, appointment.record_id),
    To.CHANGE_APPOINTMENT: lambda user, appointment: (
        owns(user, appointment.record_id) and not appointment.is_read_only
    ),
    To.CANCEL_APPOINTMENT: _cancel_appointment,
    To.SEE_PRESCRIPTION: _see_prescription,
    To.CANCEL_PRESCRIPTION: _cancel_prescription,
    To.PRESCRIBE: _prescribes,
    To.DISPENSE: _dispenses,
    To.SEE_NOTIFICATION: lambda user, notification: owns(user, notification.record_id),
}


def may(user: User, what: To, thing: Any = None) -> bool:
    """Whether this user may do this to that thing."""
    return RULES[what](user, thing)


def require(user: User, what: To, thing: Any = None) -> None:
    """404 unless the user may: what is not yours does not exist."""
    if not may(user, what, thing):
        abort(404)
