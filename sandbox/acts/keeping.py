"""Acts of keeping one's own space: notifications, profile, data, help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.export.models import Export
    from sandbox.help.models import Ticket
    from sandbox.notifications.models import Notification
    from sandbox.profile.models import ProfileEntry

# --- notifications ------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class NotificationOpened(Act):
    phrase = "Lecture d’une notification"
    about = "notification"
    notification: Notification


@dataclass(frozen=True, kw_only=True)
class PreferencesChosen(Act):
    phrase = "Choix des notifications"


@dataclass(frozen=True, kw_only=True)
class HistoryDownloaded(Act):
    phrase = "Téléchargement de l’historique d’activité"


@dataclass(frozen=True, kw_only=True)
class ShortcutsChosen(Act):
    phrase = "Choix des raccourcis de la page d’accueil"


# --- profile, data, help ------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class EntryAct(Act):
    about = "entry"
    entry: ProfileEntry


@dataclass(frozen=True, kw_only=True)
class EntryAdded(EntryAct):
    phrase = "Ajout au profil médical : {entry.label}"


@dataclass(frozen=True, kw_only=True)
class EntryChanged(EntryAct):
    phrase = "Modification du profil médical : {entry.label}"


@dataclass(frozen=True, kw_only=True)
class EntryRemoved(EntryAct):
    phrase = "Retrait du profil médical : {entry.label}"


@dataclass(frozen=True, kw_only=True)
class NoneDeclared(EntryAct):
    """« Je n’ai pas de … »: the answer is that there is nothing, and that is dated too (reference §1.4)."""

    phrase = "Déclaration au profil médical : {entry.label}"


@dataclass(frozen=True, kw_only=True)
class ExportAct(Act):
    about = "export"
    export: Export


@dataclass(frozen=True, kw_only=True)
class ExportAsked(ExportAct):
    phrase = "Demande de toutes mes données"


@dataclass(frozen=True, kw_only=True)
class ExportReady(ExportAct):
    phrase = "Vos données sont prêtes à être téléchargées"
    notifies = "EXPORT_PRET"


@dataclass(frozen=True, kw_only=True)
class ExportDownloaded(ExportAct):
    phrase = "Téléchargement de toutes mes données"


@dataclass(frozen=True, kw_only=True)
class TicketAct(Act):
    about = "ticket"
    ticket: Ticket


@dataclass(frozen=True, kw_only=True)
class TicketSent(TicketAct):
    phrase = "Message au support : {ticket.subject}"


@dataclass(frozen=True, kw_only=True)
class TicketAnswered(TicketAct):
    phrase = "Le support a répondu : {ticket.subject}"
    notifies = "REPONSE_SUPPORT"
