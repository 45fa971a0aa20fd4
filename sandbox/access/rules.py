"""The rules behind « may I? »: one function where a rule is more than a line. `sandbox.access` alone asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import sight
from sandbox.account.models import Record, Role, User
from sandbox.account.professions import (
    DENTIST,
    DOCTOR,
    LABORATORY,
    MIDWIFE,
    NURSE,
    PHARMACIST,
    PHYSIOTHERAPIST,
)
from sandbox.clock import today
from sandbox.family.models import DelegationKind

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment
    from sandbox.documents.models import Document
    from sandbox.messaging.models import Conversation, Draft, Message
    from sandbox.prescriptions.models import Delivery, Prescription
    from sandbox.profile.models import ProfileEntry
    from sandbox.vaccination.models import Vaccination

ADULT = 18
PRESCRIBE, VACCINATE = {DOCTOR, DENTIST, MIDWIFE}, {DOCTOR, PHARMACIST, MIDWIFE, NURSE}
EXECUTE = {PHARMACIST, NURSE, PHYSIOTHERAPIST, LABORATORY}  # a prescription of each kind (reference §2.1)
VACCINATION_NOTE, WISHES, DIRECTIVES = "87273-9", "EXPPAT_1", "EXPPAT_3"  # types of document (reference §3.2)
OPEN_BLOCKS = {"entourage", "volontes"}  # the only ones of the profile that professionals read (reference §1.4)


def _profession(user: User) -> str:
    return user.professional.profession if user.professional else ""


def owns(user: User, record_id: int) -> bool:
    """Their own record, or one entrusted to them."""
    return sight.holds(user, record_id)


def is_depositor(user: User) -> bool:
    return user.professional is not None


def answers_for(user: User, record: Record) -> bool:
    """Its owner, or their legal representative: a carer decides neither to close nor to open again (reference §1.1)."""
    return record.owner_id == user.id or any(
        delegation.record_id == record.id and delegation.kind is DelegationKind.LEGAL_REPRESENTATION
        for delegation in user.delegations
    )


def reply(user: User, talk: Conversation) -> bool:
    """Nobody writes to a record that is shut; a colleague in copy does not open again what was ended."""
    may_write = user.id == talk.professional_id or not (talk.is_ended or talk.no_reply)
    return see_conversation(user, talk) and may_write and not talk.record.is_shut


def see_conversation(user: User, talk: Conversation) -> bool:
    return owns(user, talk.record_id) or talk.is_with(user)


def see_message(user: User, message: Message) -> bool:
    """What the patient said to the opener alone is not shown to the colleagues in copy."""
    talk = message.conversation
    theirs = owns(user, talk.record_id) or user.id == talk.professional_id
    return theirs or (not message.aside and talk.is_with(user))


def write_anew(user: User, talk: Conversation) -> bool:
    """To a professional who already wrote and did not end the exchange (reference §1.6)."""
    answerable = not (talk.is_ended or talk.no_reply or talk.from_patient)
    return owns(user, talk.record_id) and answerable and not talk.record.is_shut


def acknowledge(user: User, message: Message) -> bool:
    """Whoever received a message whose sender wants to know that it arrived, once."""
    asked = message.receipt_asked and not message.receipt_at and message.is_patients != (user.role is Role.LEARNER)
    return asked and see_message(user, message)


def use_draft(user: User, draft: Draft) -> bool:
    """Whoever writes it, while they may write for this record."""
    return draft.author_id == user.id and (user.role is not Role.LEARNER or owns(user, draft.record_id))


def read_vaccination(user: User, vaccination: Vaccination) -> bool:
    """As its note, while that stands in the record; what has no note, as one would read a note."""
    if vaccination.document:
        return not vaccination.document.loose and sight.why(user, vaccination.document).sees
    return owns(user, vaccination.record_id) or sight.reads(user, vaccination.record, VACCINATION_NOTE)


def read_wish(user: User, entry: ProfileEntry) -> bool:
    """The person's relations and wishes: what the profile opens to professionals whose profession reads such papers."""
    paper = DIRECTIVES if entry.label.startswith("Directives") else WISHES
    return owns(user, entry.record_id) or (entry.block in OPEN_BLOCKS and sight.reads(user, entry.record, paper))


def is_current(user: User, document: Document) -> bool:
    """One's own deposit, on the shelf of a record that is open."""
    return is_depositor(user) and document.is_own(user) and not document.loose and not document.record.is_shut


def put_back(user: User, document: Document) -> bool:
    """What one withdrew oneself."""
    return is_depositor(user) and document.is_own(user) and document.is_withdrawn and not document.record.is_shut


def change_booking(user: User, appointment: Appointment) -> bool:
    """The patient moves or cancels, at the booking site, what they booked there; the rest is told to the professional."""
    return owns(user, appointment.record_id) and appointment.is_booked and appointment.held and appointment.can_be_cancelled


def give_to_service(user: User, document: Document) -> bool:
    """What a service that may read documents is shown: neither what is masked, nor what awaits its announcement."""
    return user.role is Role.SERVICE and not (document.loose or document.is_hidden or document.is_masked)


def see_prescription(user: User, prescription: Prescription) -> bool:
    return owns(user, prescription.record_id) or user.id == prescription.prescriber_id or execute(user, prescription)


def execute(user: User, prescription: Prescription) -> bool:
    """The profession that carries out this kind of prescription (reference §2.1)."""
    return user.professional is not None and user.professional.profession == prescription.kind.profession


def see_deliveries(user: User, prescription: Prescription) -> bool:
    """The prescriber too, unless the person objected (reference §2.1)."""
    return see_prescription(user, prescription) and not (user.id == prescription.prescriber_id and prescription.is_objected)


def send_prescription(user: User, signed: Prescription) -> bool:
    """To a pharmacy: medicines and products, while they may be delivered."""
    return owns(user, signed.record_id) and signed.is_presentable and signed.kind == "products" and not signed.record.is_shut


def undo_delivery(user: User, delivery: Delivery) -> bool:
    """One's own, the same day, once."""
    return delivery.pharmacist_id == user.id and not delivery.cancelled_at and delivery.day == today()


def cancel_prescription(user: User, prescription: Prescription) -> bool:
    return user.id == prescription.prescriber_id and not any(line.delivered for line in prescription.lines)


def dispenses(user: User, _: Any) -> bool:
    return _profession(user) in EXECUTE


def receives(user: User, _: Any) -> bool:
    return user.professional is not None and user.professional.receives


def gives_appointments(user: User, _: Any) -> bool:
    """A hospital's software as a practice's; nobody comes to the one who answers the 15."""
    return user.professional is not None and not user.professional.is_samu


def vaccinates(user: User) -> bool:
    return receives(user, None) and _profession(user) in VACCINATE


def examines(user: User) -> bool:
    return receives(user, None) and _profession(user) == DOCTOR


def prescribes(user: User, _: Any) -> bool:
    return receives(user, None) and _profession(user) in PRESCRIBE


def of_mine(user: User, thing: Any) -> bool:
    return owns(user, thing.record_id)


def on_my_shelf(user: User, document: Any) -> bool:
    return owns(user, document.record_id) and not document.loose and not document.is_hidden
