"""Acts about the services of the catalogue: what a person allows them, and what they do of it (reference §1.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment, Reminder
    from sandbox.documents.models import Document
    from sandbox.profile.models import Measure


@dataclass(frozen=True, kw_only=True)
class ServicesSearched(Act):
    phrase = "Recherche dans le catalogue de services"


@dataclass(frozen=True, kw_only=True)
class ServiceAct(Act):
    """`service` is its name in the fixtures, `name` the one that people read."""

    about = "service"
    service: str
    name: str

    @property
    def subject_ref(self) -> str:
        return self.service


@dataclass(frozen=True, kw_only=True)
class ServiceViewed(ServiceAct):
    phrase = "Consultation de la fiche « {name} » du catalogue"


@dataclass(frozen=True, kw_only=True)
class ServiceSynchronized(ServiceAct):
    """A first agreement, or a new one: `purposes` in words, « lire votre agenda, ajouter des mesures »."""

    phrase = "Synchronisation de « {name} ». Accord donné pour : {purposes}"
    purposes: str


@dataclass(frozen=True, kw_only=True)
class ConsentsRefused(ServiceAct):
    """Everything that the service asked for was refused: it is not synchronised."""

    phrase = "Synchronisation de « {name} » refusée : aucun accord n’a été donné"


@dataclass(frozen=True, kw_only=True)
class ConsentsChanged(ServiceAct):
    phrase = "Accords modifiés pour « {name} » : {changes}"
    changes: str


@dataclass(frozen=True, kw_only=True)
class ServiceUnsynchronized(ServiceAct):
    phrase = "« {name} » n’est plus synchronisé : tous ses accords sont retirés"


# --- what the portal says of services -----------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class ServicesListed(Act):
    """Every 90 days, the list of the services that are synchronised (reference §1.9)."""

    about = "services"

    phrase = "Envoi de la liste des services synchronisés : {names}"
    notifies = "SERVICES_SYNCHRONISES"
    names: str

    @property
    def subject_ref(self) -> str:
        return self.about


@dataclass(frozen=True, kw_only=True)
class ServiceHalted(ServiceAct):
    """The portal suspends a synchronised service, takes it out of the catalogue, or lets it back."""

    phrase = "Le service « {name} » est {state}"
    notifies = "SERVICE_MODIFIE"
    state: str


@dataclass(frozen=True, kw_only=True)
class ServiceRenewed(ServiceAct):
    """A new version of the service asks for something else: a new agreement is needed."""

    phrase = "« {name} » a une nouvelle version : vos accords sont à redonner"
    notifies = "SERVICE_MODIFIE"


# --- what a service does ------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class ServiceDenied(ServiceAct):
    """It asked for something that it may not have: `asked` « écrire dans votre agenda »."""

    phrase = "Demande refusée à « {name} » : {asked} ({reason})"
    asked: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgendaReadByService(ServiceAct):
    phrase = "{actor.name} a lu les heures prises dans votre agenda"


@dataclass(frozen=True, kw_only=True)
class AppointmentWritten(Act):
    """A service writes in the agenda what was booked, moved or cancelled at its site."""

    about = "appointment"
    phrase = "{actor.name} a inscrit un rendez-vous dans votre agenda : {appointment.title}"
    appointment: Appointment


@dataclass(frozen=True, kw_only=True)
class AppointmentRewritten(AppointmentWritten):
    phrase = "{actor.name} a mis à jour un rendez-vous de votre agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class ReminderWritten(Act):
    about = "reminder"
    phrase = "{actor.name} a ajouté un rappel dans votre agenda : {reminder.title}"
    reminder: Reminder


@dataclass(frozen=True, kw_only=True)
class MeasuresReadByService(ServiceAct):
    phrase = "{actor.name} a lu vos mesures : {kinds}"
    kinds: str


@dataclass(frozen=True, kw_only=True)
class MeasureReceived(Act):
    """`told`: the measure in words, « glycémie 1,05 g/L »."""

    about = "measure"
    phrase = "{actor.name} a ajouté une mesure : {told}"
    measure: Measure
    told: str


@dataclass(frozen=True, kw_only=True)
class DocumentsListedToService(ServiceAct):
    phrase = "{actor.name} a lu la liste de vos documents"


@dataclass(frozen=True, kw_only=True)
class DocumentReadByService(Act):
    about = "document"
    phrase = "{actor.name} a lu le document « {document.title} »"
    document: Document
