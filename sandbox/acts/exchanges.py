"""Acts between a patient and those who care: messages, appointments, services, prescriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment
    from sandbox.messaging.models import Conversation
    from sandbox.prescriptions.models import Line, Prescription

# --- messaging ----------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class ConversationAct(Act):
    about = "conversation"
    conversation: Conversation


@dataclass(frozen=True, kw_only=True)
class MessageReceived(ConversationAct):
    """A professional wrote to the patient, in a new conversation or in one that exists."""

    phrase = "{actor.name} vous a écrit : « {conversation.subject} »"
    notifies = "RECEPTION_MESSAGE"


@dataclass(frozen=True, kw_only=True)
class MessageRead(ConversationAct):
    phrase = "Lecture de l’échange « {conversation.subject} »"


@dataclass(frozen=True, kw_only=True)
class MessageReplied(ConversationAct):
    phrase = "Réponse envoyée dans l’échange « {conversation.subject} »"


@dataclass(frozen=True, kw_only=True)
class ConversationEnded(ConversationAct):
    phrase = "{actor.name} a mis fin à l’échange « {conversation.subject} »"


@dataclass(frozen=True, kw_only=True)
class StrangerRefused(Act):
    """The person tried to write first, and read why only a professional opens a conversation."""

    phrase = "Nouveau message impossible : aucun professionnel n’a encore écrit"


# --- agenda and catalogue -----------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class AppointmentAct(Act):
    about = "appointment"
    appointment: Appointment


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(AppointmentAct):
    phrase = "Rendez-vous pris : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentAdded(AppointmentAct):
    phrase = "Rendez-vous ajouté à l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentChanged(AppointmentAct):
    phrase = "Rendez-vous modifié dans l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(AppointmentAct):
    phrase = "Rendez-vous annulé : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentRemoved(AppointmentAct):
    phrase = "Rendez-vous retiré de l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class ServiceViewed(Act):
    phrase = "Consultation de la fiche « {name} » du catalogue"
    service: str
    name: str

    @property
    def subject_ref(self) -> str:
        return self.service


@dataclass(frozen=True, kw_only=True)
class ServicesSearched(Act):
    phrase = "Recherche dans le catalogue de services"


# --- prescriptions ------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class PrescriptionAct(Act):
    about = "prescription"
    prescription: Prescription


@dataclass(frozen=True, kw_only=True)
class PrescriptionSigned(PrescriptionAct):
    """Its readable copy is deposited among the documents: that deposit is what notifies."""

    phrase = "{actor.name} a établi une ordonnance numérique"


@dataclass(frozen=True, kw_only=True)
class PrescriptionCancelled(PrescriptionAct):
    phrase = "{actor.name} a annulé une ordonnance numérique"


@dataclass(frozen=True, kw_only=True)
class PrescriptionShown(PrescriptionAct):
    phrase = "Affichage du code d’une ordonnance numérique"


@dataclass(frozen=True, kw_only=True)
class LineDelivered(PrescriptionAct):
    phrase = "{actor.name} a délivré : {line.drug}"
    notifies = "DELIVRANCE"
    line: Line


@dataclass(frozen=True, kw_only=True)
class LineRefused(PrescriptionAct):
    phrase = "{actor.name} n’a pas délivré : {line.drug}"
    line: Line
