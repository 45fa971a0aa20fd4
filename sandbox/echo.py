"""An act settles: open pages of the people it concerns, and the trainer's board, hear of it."""

from __future__ import annotations

from sandbox import acts, live, tenancy
from sandbox.acts import Act, AppointmentAct, ConversationAct, PrescriptionAct, after

TOPICS = {
    "document": "documents", "conversation": "messages", "prescription": "prescriptions",
    "appointment": "agenda", "reminder": "agenda", "exams": "agenda", "service": "services", "services": "services", "measure": "services", "notification": "notifications", "folder": "documents", "export": "export",
    "ticket": "notifications",
}
AT_EVERY_COUNTER = (  # what another counter that has the prescription open must see
    acts.LineDelivered, acts.LineRefused, acts.DeliveryCancelled, acts.PrescriptionCancelled,
)
SIGHT: tuple[type[Act], ...] = (  # what changes the record that a professional has before their eyes
    acts.StandingAct, acts.EmergencyChosen, acts.ConsentRefused, acts.AllMasked, acts.AllUnmasked, acts.MasksRestored,
    acts.DocumentMasked, acts.DocumentUnmasked, acts.DocumentAdded, acts.DocumentDeposited, acts.DocumentKeptBack,
    acts.DocumentReplaced, acts.DocumentWithdrawn, acts.DocumentPutBack, acts.DocumentReleased, acts.DocumentChanged,
    acts.DocumentDeleted, acts.EntryAct, acts.SpaceActivated, acts.SpaceClosed, acts.SpaceOpposed, acts.SpaceReopened,
)


@after
def echo(act: Act) -> None:
    """Write the events of one act."""
    where = tenancy.bound()
    if where is None:
        return
    seat = live.audience_of_seat(where.workshop_id, act.record.seat)
    for topic in sorted(_topics(act)):
        live.tell(seat, topic)
    for ref, topic in _professionals(act):
        live.tell(live.audience_of_professional(where.workshop_id, ref), topic)
    if isinstance(act, AT_EVERY_COUNTER):
        live.tell(live.audience_of_practices(where.workshop_id), live.topic_of_prescription(act.prescription.ref))
    if isinstance(act, SIGHT):
        live.tell(live.audience_of_practices(where.workshop_id), live.topic_of_record(act.record.ref))
    live.tell(live.audience_of_room(where.workshop_id), "board")


def _topics(act: Act) -> set[str]:
    """(The mailbox itself says that a message came to somebody's phone.)"""
    topics = {TOPICS[act.about]} if act.about in TOPICS else set()
    return topics | {"notifications"} if act.notifies else topics


def _professionals(act: Act) -> list[tuple[str, str]]:
    if isinstance(act, ConversationAct):
        talk = act.conversation
        return [(user.ref, "messages") for user in (talk.professional, *(copy.user for copy in talk.copies))]
    if isinstance(act, AppointmentAct) and act.appointment.professional:
        return [(act.appointment.professional.ref, "agenda")]
    if isinstance(act, PrescriptionAct):
        return [(act.prescription.prescriber.ref, "prescriptions")]
    return []
