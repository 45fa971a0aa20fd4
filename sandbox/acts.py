"""Everything that can happen to a record: one class per act, in the past tense, with its French phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act, after, every_act, on, publish

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment
    from sandbox.documents.models import Document
    from sandbox.messaging.models import Conversation
    from sandbox.notifications.models import Notification
    from sandbox.prescriptions.models import Line, Prescription


__all__ = ["Act", "after", "every_act", "on", "publish"]


# --- account -----------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class SignedIn(Act):
    phrase = "Connexion à l’espace"


@dataclass(frozen=True, kw_only=True)
class CodeSent(Act):
    """A one-time code leaves for the simulated phone; the history says so, not which."""

    phrase = "Envoi d’un code à usage unique"
    code: str


@dataclass(frozen=True, kw_only=True)
class SectionOpened(Act):
    """The person opened a section of their space (accueil, documents, messages, profil, agenda …)."""

    phrase = "Consultation de la rubrique « {label} »"
    section: str
    label: str

    @property
    def subject_ref(self) -> str:
        return self.section


@dataclass(frozen=True, kw_only=True)
class RecordConsulted(Act):
    phrase = "{actor.name} a consulté votre dossier"
    notifies = "ACCES_DMP_PS"


# --- documents ---------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class DocumentAct(Act):
    about = "document"
    document: Document


@dataclass(frozen=True, kw_only=True)
class DocumentDeposited(DocumentAct):
    phrase = "{actor.name} a déposé le document « {document.title} »"
    notifies = "AJOUT_DOC"


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(DocumentAct):
    phrase = "Ajout du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentOpened(DocumentAct):
    phrase = "Consultation du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentConsulted(DocumentAct):
    phrase = "{actor.name} a consulté le document « {document.title} »"
    notifies = "CONSULT_DOCUMENT"


@dataclass(frozen=True, kw_only=True)
class DocumentDownloaded(DocumentAct):
    phrase = "Téléchargement du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentMasked(DocumentAct):
    phrase = "Masquage du document « {document.title} » aux professionnels"


@dataclass(frozen=True, kw_only=True)
class DocumentUnmasked(DocumentAct):
    phrase = "Le document « {document.title} » est de nouveau visible des professionnels"


@dataclass(frozen=True, kw_only=True)
class DocumentDeleted(DocumentAct):
    phrase = "Suppression du document « {document.title} »"


# --- notifications -----------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class NotificationOpened(Act):
    phrase = "Lecture d’une notification"
    about = "notification"
    notification: Notification


# --- messaging ---------------------------------------------------------------------------------------

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


# --- agenda and catalogue ----------------------------------------------------------------------------

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


# --- prescriptions -----------------------------------------------------------------------------------

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
