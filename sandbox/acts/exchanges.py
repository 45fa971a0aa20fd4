"""Acts between a patient and those who care: messages, prescriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.account.models import User
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
class MessageWritten(ConversationAct):
    """The patient wrote anew to a professional who had already written, or sent a pharmacy a prescription."""

    phrase = "Message envoyé à {conversation.professional.name} : « {conversation.subject} »"


@dataclass(frozen=True, kw_only=True)
class MessageAcknowledged(ConversationAct):
    phrase = "Accusé de réception envoyé dans l’échange « {conversation.subject} »"


@dataclass(frozen=True, kw_only=True)
class ConversationDeleted(ConversationAct):
    phrase = "Suppression de l’échange « {conversation.subject} » et de ses pièces jointes"


@dataclass(frozen=True, kw_only=True)
class ConversationRestored(ConversationAct):
    phrase = "L’échange « {conversation.subject} » est revenu dans les messages"


@dataclass(frozen=True, kw_only=True)
class StrangerRefused(Act):
    """The person tried to write first, and read why only a professional opens a conversation."""

    phrase = "Nouveau message impossible : aucun professionnel n’a encore écrit"


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
    notifies = "ORDONNANCE_ANNULEE"


@dataclass(frozen=True, kw_only=True)
class PrescriptionSent(PrescriptionAct):
    phrase = "Envoi d’une ordonnance numérique à {pharmacist.name}"
    pharmacist: User


@dataclass(frozen=True, kw_only=True)
class ReadingObjected(PrescriptionAct):
    phrase = "Opposition : {prescription.prescriber.name} ne voit plus ce qui est délivré"


@dataclass(frozen=True, kw_only=True)
class ReadingAllowed(PrescriptionAct):
    phrase = "{prescription.prescriber.name} voit de nouveau ce qui est délivré"


@dataclass(frozen=True, kw_only=True)
class PrescriptionShown(PrescriptionAct):
    phrase = "Affichage du code d’une ordonnance numérique"


@dataclass(frozen=True, kw_only=True)
class LineDelivered(PrescriptionAct):
    phrase = "{actor.name} a délivré : {line.drug}"
    notifies = "DELIVRANCE"
    line: Line


@dataclass(frozen=True, kw_only=True)
class LinePerformed(LineDelivered):
    """An act of care: by a nurse, a physiotherapist, a laboratory."""

    phrase = "{actor.name} a réalisé : {line.drug}"


@dataclass(frozen=True, kw_only=True)
class LineRefused(PrescriptionAct):
    phrase = "{actor.name} n’a pas délivré : {line.drug}"
    notifies = "DELIVRANCE"
    line: Line


@dataclass(frozen=True, kw_only=True)
class CareRefused(LineRefused):
    phrase = "{actor.name} n’a pas réalisé : {line.drug}"


@dataclass(frozen=True, kw_only=True)
class DeliveryCancelled(PrescriptionAct):
    """Recorded by mistake: what it counted is to be delivered again."""

    phrase = "{actor.name} a corrigé une erreur : ce qui était noté pour {line.drug} est annulé"
    notifies = "DELIVRANCE"
    line: Line
