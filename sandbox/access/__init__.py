"""« May I? » is answered here and nowhere else. Who sees a document, and why, is in `sandbox.sight`, which this asks."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from flask import abort, session
from flask_login import current_user

from sandbox import sight
from sandbox.access import rules
from sandbox.account.models import Life, Record, Role, User
from sandbox.workshops import colleagues

if TYPE_CHECKING:
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
    READ_VACCINATION = auto()  # Vaccination
    READ_WISH = auto()  # ProfileEntry
    MASK = auto()  # Document
    CHANGE = auto()  # Document
    FILE = auto()  # Document
    DELETE = auto()  # Document
    ANNOUNCE = auto()  # Document
    REPLACE = auto()  # Document
    WITHDRAW = auto()  # Document
    PUT_BACK = auto()  # Document
    LEARN_OF_WITHDRAWAL = auto()  # Document
    VACCINATE = auto()  # Record
    EXAMINE_CHILD = auto()  # Record
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
    SEE_MESSAGE = auto()  # Message
    REPLY = auto()  # Conversation
    END = auto()  # Conversation
    OPEN_CONVERSATION = auto()  # Record
    WRITE_ANEW = auto()  # Conversation
    DELETE_CONVERSATION = auto()  # Conversation
    ACKNOWLEDGE = auto()  # Message
    USE_DRAFT = auto()  # Draft
    SEE_APPOINTMENT = auto()  # Appointment
    CHANGE_APPOINTMENT = auto()  # Appointment
    CHANGE_REMINDER = auto()  # Reminder
    SEE_REMINDER = auto()  # Reminder
    USE_CALENDAR_LINK = auto()  # CalendarLink
    SEE_BOOKING = auto()  # Appointment
    CHANGE_BOOKING = auto()  # Appointment
    MARK_EXAM = auto()  # Record
    SYNCHRONIZE = auto()  # Record
    MANAGE_SYNCHRONIZATION = auto()  # Synchronization
    EXCHANGE = auto()  # Call: what a service asks for
    GIVE_TO_SERVICE = auto()  # Document
    USE_CUSTOMER = auto()  # Customer
    MANAGE_APPOINTMENT = auto()  # Appointment
    GIVE_APPOINTMENT = auto()  # Record
    HOLD_APPOINTMENTS = auto()  # None
    PUBLISH_OPENINGS = auto()  # None
    SEE_PRESCRIPTION = auto()  # Prescription
    CANCEL_PRESCRIPTION = auto()  # Prescription
    PRESCRIBE = auto()  # Record
    DISPENSE = auto()  # None
    EXECUTE = auto()  # Prescription
    UNDO_DELIVERY = auto()  # Delivery
    SEE_DELIVERIES = auto()  # Prescription
    SEND_PRESCRIPTION = auto()  # Prescription
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
    """Whether this trainer may see it, open it, reset it: their own, one made from the command line, or a colleague's who shares it."""
    return holds(trainer, workshop) or colleagues.is_among(trainer, workshop)


def holds(trainer: Trainer, workshop: Workshop) -> bool:
    """Whether this trainer may end it, erase it and choose who else runs it: their own, or one made from the command line."""
    return workshop.trainer_id is None or workshop.trainer_id == trainer.id


def administers(trainer: Trainer) -> bool:
    """Whether this trainer manages the others, and sees totals: never what is inside a workshop that is not theirs."""
    return trainer.is_admin


def owns(user: User, record_id: int) -> bool:
    """Their own record, or one entrusted to them."""
    return rules.owns(user, record_id)


RULES: dict[To, Callable[[User, Any], bool]] = {
    To.OPEN_RECORD: lambda user, record: rules.owns(user, record.id) and record.is_active or sight.may_open(user, record),
    To.ASK_CONSENT: sight.may_ask,
    To.BREAK_GLASS: sight.may_break_glass,
    To.BLOCK_OTHERS: sight.may_block_others,
    To.DEPOSIT: lambda user, record: not record.is_shut and (rules.owns(user, record.id) or rules.is_depositor(user)),
    To.READ: lambda user, document: sight.why(user, document).sees,
    To.READ_VACCINATION: rules.read_vaccination,
    To.READ_WISH: rules.read_wish,
    To.MASK: rules.on_my_shelf,
    To.CHANGE: lambda user, document: rules.on_my_shelf(user, document) and document.is_own(user),
    To.FILE: rules.on_my_shelf,
    To.DELETE: lambda user, document: rules.on_my_shelf(user, document) and document.is_own(user),
    To.ANNOUNCE: lambda user, document: user.id == document.author_id and document.is_hidden and not document.loose,
    To.LEARN_OF_WITHDRAWAL: lambda user, document: sight.why(user, document) is sight.Why.WITHDRAWN,
    To.REPLACE: rules.is_current,
    To.WITHDRAW: rules.is_current,
    To.PUT_BACK: rules.put_back,
    To.VACCINATE: lambda user, record: rules.vaccinates(user) and not record.is_shut,
    To.EXAMINE_CHILD: lambda user, record: rules.examines(user) and record.age < rules.ADULT and not record.is_shut,
    To.USE_FOLDER: rules.of_mine,
    To.CHOOSE_PRIVACY: lambda user, record: rules.owns(user, record.id),
    To.GET_ALL_DATA: lambda user, record: rules.owns(user, record.id),
    To.SEE_IDENTITY: lambda user, record: rules.owns(user, record.id),
    To.CHANGE_CONTACT: lambda user, record: record.owner_id == user.id,
    To.MANAGE_DEVICE: lambda user, device: device.user_id == user.id,
    To.CLOSE_SPACE: lambda user, record: rules.answers_for(user, record) and record.is_active,
    To.REOPEN_SPACE: lambda user, record: rules.answers_for(user, record) and record.life is Life.CLOSED,
    To.FIND_PATIENT: lambda user, record: rules.is_depositor(user),
    To.SEE_TICKET: rules.of_mine,
    To.SEE_CONVERSATION: rules.see_conversation,
    To.SEE_MESSAGE: rules.see_message,
    To.REPLY: rules.reply,
    To.END: lambda user, talk: user.id == talk.professional_id and not talk.is_ended and not talk.record.is_shut,
    To.OPEN_CONVERSATION: lambda user, record: rules.is_depositor(user) and not record.is_shut,
    To.WRITE_ANEW: rules.write_anew,
    To.DELETE_CONVERSATION: lambda user, talk: rules.owns(user, talk.record_id),
    To.ACKNOWLEDGE: rules.acknowledge,
    To.USE_DRAFT: rules.use_draft,
    To.SEE_APPOINTMENT: lambda user, appointment: rules.of_mine(user, appointment) and appointment.in_agenda,
    To.CHANGE_APPOINTMENT: lambda user, appointment: rules.of_mine(user, appointment) and not appointment.is_read_only,
    To.SEE_REMINDER: rules.of_mine,
    To.CHANGE_REMINDER: lambda user, reminder: rules.of_mine(user, reminder) and not reminder.is_read_only,
    To.USE_CALENDAR_LINK: rules.of_mine,
    To.SEE_BOOKING: lambda user, appointment: rules.of_mine(user, appointment) and appointment.is_booked,
    To.CHANGE_BOOKING: rules.change_booking,
    To.MARK_EXAM: lambda user, record: rules.owns(user, record.id),
    To.SYNCHRONIZE: lambda user, record: rules.owns(user, record.id) and record.is_active,
    To.MANAGE_SYNCHRONIZATION: rules.of_mine,
    To.EXCHANGE: lambda user, call: call.is_of(user) and call.denial is None,
    To.GIVE_TO_SERVICE: rules.give_to_service,
    To.USE_CUSTOMER: lambda user, customer: customer.user_id == user.id and rules.owns(user, customer.record_id),
    To.MANAGE_APPOINTMENT: lambda user, appointment: appointment.professional_id == user.id,
    To.GIVE_APPOINTMENT: lambda user, record: rules.gives_appointments(user, None) and not record.is_shut,
    To.HOLD_APPOINTMENTS: rules.gives_appointments,
    To.PUBLISH_OPENINGS: rules.receives,
    To.SEE_PRESCRIPTION: rules.see_prescription,
    To.CANCEL_PRESCRIPTION: rules.cancel_prescription,
    To.PRESCRIBE: lambda user, record: rules.prescribes(user, None) and not record.is_shut,
    To.DISPENSE: rules.dispenses,
    To.EXECUTE: rules.execute,
    To.UNDO_DELIVERY: rules.undo_delivery,
    To.SEE_DELIVERIES: rules.see_deliveries,
    To.SEND_PRESCRIPTION: rules.send_prescription,
    To.SEE_NOTIFICATION: rules.of_mine,
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
