"""Acts of looking, and of choosing who may look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.account.models import User

# --- looking ------------------------------------------------------------------------------------------

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


@dataclass(frozen=True, kw_only=True)
class RecordFirstConsulted(RecordConsulted):
    """The first time, after the patient's consent."""

    phrase = "{actor.name} a ouvert votre dossier pour la première fois, avec votre accord"


@dataclass(frozen=True, kw_only=True)
class SamuConsulted(RecordConsulted):
    phrase = "{actor.name} a consulté votre dossier en urgence (SAMU)"


@dataclass(frozen=True, kw_only=True)
class EmergencyConsulted(RecordConsulted):
    """Again, while the glass is broken: still without the patient's consent."""

    phrase = "{actor.name} a de nouveau consulté votre dossier, par son accès en urgence"


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Act):
    """An emergency: opened without asking, with a written reason (R1111-48)."""

    phrase = "{actor.name} a ouvert votre dossier en urgence, sans votre accord. Motif écrit : {reason}"
    notifies = "ACCES_BRIS_GLACE"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProfileOpened(Act):
    """Somebody opened a record that is not theirs, by delegation."""

    phrase = "{actor.name} a ouvert le profil de {record.name}"


@dataclass(frozen=True, kw_only=True)
class ConsentRefused(Act):
    """The person was asked, and said no: it is noted, and nothing opens."""

    phrase = "{actor.name} vous a demandé votre accord pour lire votre dossier, et a noté votre refus"


# --- privacy ------------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class StandingAct(Act):
    about = "professional"
    professional: User


@dataclass(frozen=True, kw_only=True)
class ProfessionalBlocked(StandingAct):
    phrase = "Blocage de {professional.name}"


@dataclass(frozen=True, kw_only=True)
class BlockedByAdministrator(ProfessionalBlocked):
    """A professional whom the patient named administrator may block others (reference §1.11)."""

    phrase = "{actor.name}, administrateur de votre dossier, a bloqué {professional.name}"


@dataclass(frozen=True, kw_only=True)
class ProfessionalUnblocked(StandingAct):
    phrase = "Déblocage de {professional.name}, qui devra vous demander votre accord"


@dataclass(frozen=True, kw_only=True)
class AdministratorNamed(StandingAct):
    phrase = "Attribution du statut d’administrateur à {professional.name}"


@dataclass(frozen=True, kw_only=True)
class AdministratorRemoved(StandingAct):
    phrase = "Retrait du statut d’administrateur à {professional.name}"


@dataclass(frozen=True, kw_only=True)
class EmergencyChosen(Act):
    phrase = "Choix pour les urgences : {choices}"
    choices: str


@dataclass(frozen=True, kw_only=True)
class AllMasked(Act):
    phrase = "Masquage de tous les documents aux professionnels"


@dataclass(frozen=True, kw_only=True)
class AllUnmasked(Act):
    phrase = "Tous les documents sont de nouveau visibles des professionnels"


@dataclass(frozen=True, kw_only=True)
class MasksRestored(Act):
    """One of the two is undone."""

    phrase = "Annulation : chaque document est masqué ou visible comme avant"
