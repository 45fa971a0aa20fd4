"""« May I? » is answered here and nowhere else. Who sees a document, and why, is in `sandbox.sight`, which this asks."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from flask import abort, session
from flask_login import current_user

from sandbox import sight
from sandbox.account.models import Life, Record, Role, User
from sandbox.family.models import DelegationKind

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment
    from sandbox.messaging.models import Conversation
    from sandbox.prescriptions.models import Prescription
    from sandbox.workshops.models import Trainer, Workshop

OPENED = "record"  # in the session: the record open, when it is not one's own


class To(Enum):
    """What one may ask to do."""

    OPEN_RECORD = auto()  # Record
    ASK_CONSENT = auto()  # Record
    BREAK_GLASS = auto()  # Record
    BLOCK_OTHERS = auto()  # Record
    DEPOSIT = auto()  # Record
    READ = auto()  # Document
    MASK = auto()  # Document
    CHANGE = auto()  # Document
    FILE = auto()  # Document
    DELETE = auto()  # Document
    ANNOUNCE = auto()  # Document
    USE_FOLDER = auto()  # Folder
    CHOOSE_PRIVACY = auto()  # Record
    GET_ALL_DATA = auto()  # Record
    SEE_IDENTITY = auto()  # Record
    CHANGE_CONTACT = auto()  # Record
    MANAGE_DEVICE = auto()  # Device
    CLOSE_SPACE = auto()  # Record
    REOPEN_SPACE = auto()  # Record
    FIND_PATIENT = auto()  # Record
    SEE_TICKET = auto()  # Ticket
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
    """Whose record is open: the learner's own, or one they were given and chose. 404 for whoever has none."""
    user = actor()
    if wanted := session.get(OPENED):
        for record in sight.entrusted(user):
            if record.ref == wanted:
                return record
    return user.record or abort(404)


def runs(trainer: Trainer, workshop: Workshop) -> bool:
    """Whether this trainer may open, reset and close it: their own, or one made from the command line."""
    return workshop.trainer_id is None or workshop.trainer_id == trainer.id


def owns(user: User, record_id: int) -> bool:
    """Their own record, or one entrusted to them."""
    return sight.holds(user, record_id)


def _is_depositor(user: User) -> bool:
    return user.professional is not None


def _answers_for(user: User, record: Record) -> bool:
    """Its owner, or their legal representative: a carer decides neither to close nor to open again (reference §1.1)."""
    return record.owner_id == user.id or any(
        delegation.record_id == record.id and delegation.kind is DelegationKind.LEGAL_REPRESENTATION
        for delegation in user.delegations
    )


def _reply(user: User, talk: Conversation) -> bool:
    """Nobody writes to a record that is shut."""
    may_write = user.id == talk.professional_id or not talk.is_ended
    return _see_conversation(user, talk) and may_write and not talk.record.is_shut


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
    return user.professional is not None and user.professional.dispenses


def _prescribes(user: User, _: Any) -> bool:
    return user.professional is not None and user.professional.prescribes


def _of_mine(user: User, thing: Any) -> bool:
    return owns(user, thing.record_id)


def _on_my_shelf(user: User, document: Any) -> bool:
    return owns(user, document.record_id) and not document.loose and not document.is_hidden


RULES: dict[To, Callable[[User, Any], bool]] = {
    To.OPEN_RECORD: lambda user, record: owns(user, record.id) and record.is_active or sight.may_open(user, record),
    To.ASK_CONSENT: sight.may_ask,
    To.BREAK_GLASS: sight.may_break_glass,
    To.BLOCK_OTHERS: sight.may_block_others,
    To.DEPOSIT: lambda user, record: not record.is_shut and (owns(user, record.id) or _is_depositor(user)),
    To.READ: lambda user, document: sight.why(user, document).sees,
    To.MASK: _on_my_shelf,
    To.CHANGE: lambda user, document: _on_my_shelf(user, document) and document.is_own(user),
    To.FILE: _on_my_shelf,
    To.DELETE: lambda user, document: _on_my_shelf(user, document) and document.is_own(user),
    To.ANNOUNCE: lambda user, document: user.id == document.author_id and document.is_hidden,
    To.USE_FOLDER: _of_mine,
    To.CHOOSE_PRIVACY: lambda user, record: owns(user, record.id),
    To.GET_ALL_DATA: lambda user, record: owns(user, record.id),
    To.SEE_IDENTITY: lambda user, record: owns(user, record.id),
    To.CHANGE_CONTACT: lambda user, record: record.owner_id == user.id,
    To.MANAGE_DEVICE: lambda user, device: device.user_id == user.id,
    To.CLOSE_SPACE: lambda user, record: _answers_for(user, record) and record.is_active,
    To.REOPEN_SPACE: lambda user, record: _answers_for(user, record) and record.life is Life.CLOSED,
    To.FIND_PATIENT: lambda user, record: _is_depositor(user),
    To.SEE_TICKET: _of_mine,
    To.SEE_CONVERSATION: _see_conversation,
    To.REPLY: _reply,
    To.END: lambda user, talk: user.id == talk.professional_id and not talk.is_ended and not talk.record.is_shut,
    To.OPEN_CONVERSATION: lambda user, record: _is_depositor(user) and not record.is_shut,
    To.SEE_APPOINTMENT: _of_mine,
    To.CHANGE_APPOINTMENT: lambda user, appointment: _of_mine(user, appointment) and not appointment.is_read_only,
    To.CANCEL_APPOINTMENT: _cancel_appointment,
    To.SEE_PRESCRIPTION: _see_prescription,
    To.CANCEL_PRESCRIPTION: _cancel_prescription,
    To.PRESCRIBE: lambda user, record: _prescribes(user, None) and not record.is_shut,
    To.DISPENSE: _dispenses,
    To.SEE_NOTIFICATION: _of_mine,
}


def may(user: User, what: To, thing: Any = None) -> bool:
    """Whether this user may do this to that thing."""
    return RULES[what](user, thing)


def require(user: User, what: To, thing: Any = None) -> None:
    """404 unless the user may: what is not yours, or not of the profile that is open, does not exist."""
    if not may(user, what, thing) or _is_elsewhere(user, thing):
        abort(404)


def _is_elsewhere(user: User, thing: Any) -> bool:
    """Whether it is of a profile that this person may open, and has not opened: a page never mixes two profiles."""
    record_id = getattr(thing, "record_id", None)
    return user.role is Role.LEARNER and record_id is not None and record_id != opened_record().id
