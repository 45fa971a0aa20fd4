"""Acts of getting in and getting out: the life of a space, its keys, its contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.account.models import Device
    from sandbox.mailbox.models import Mail

# --- getting in ---------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class Invited(Act):
    """The letter that says that the space was created, and that it is not activated (R1111-28)."""

    phrase = "Envoi du courrier : l’espace est créé, il reste à l’activer"


@dataclass(frozen=True, kw_only=True)
class SpaceActivated(Act):
    phrase = "Activation de l’espace"


@dataclass(frozen=True, kw_only=True)
class ChildActivated(Act):
    """A legal representative activated the profile of a child, which they may open from then on."""

    phrase = "{actor.name} a activé le profil de {record.name}, en certifiant en être le représentant légal"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Act):
    phrase = "Connexion à l’espace"


@dataclass(frozen=True, kw_only=True)
class SignedInElsewhere(SignedIn):
    """By an identity provider, simulated."""

    phrase = "Connexion à l’espace par FranceConnect (simulé)"


@dataclass(frozen=True, kw_only=True)
class SignedInByDevice(SignedIn):
    phrase = "Connexion à l’espace, confirmée sur l’appareil « {device.name} »"
    device: Device


@dataclass(frozen=True, kw_only=True)
class SignedOut(Act):
    phrase = "Déconnexion"


@dataclass(frozen=True, kw_only=True)
class CodeSent(Act):
    """A one-time code leaves for the simulated phone; the history says so, not which.

    `purpose` is a CodePurpose, `channel` « sms », « email » or « post »; `sender` the firm, when it is not the portal.
    """

    phrase = "Envoi d’un code à usage unique"
    code: str
    purpose: str
    channel: str = "sms"
    sender: str = ""

    @property
    def is_elsewhere(self) -> bool:
        return self.sender != ""


# --- keys and contacts --------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class IdentifierRecalled(Act):
    """A forgotten identifier is sent again."""

    phrase = "Rappel de l’identifiant oublié"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Act):
    phrase = "Changement du mot de passe"


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Act):
    phrase = "Changement de l’adresse e-mail"


@dataclass(frozen=True, kw_only=True)
class MobileChanged(Act):
    phrase = "Changement du numéro de mobile"


@dataclass(frozen=True, kw_only=True)
class DeviceAct(Act):
    about = "device"
    device: Device


@dataclass(frozen=True, kw_only=True)
class DevicePaired(DeviceAct):
    phrase = "Association de l’appareil « {device.name} »"


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(DeviceAct):
    phrase = "Retrait de l’appareil associé « {device.name} »"


@dataclass(frozen=True, kw_only=True)
class IdentityShown(Act):
    phrase = "Consultation de la carte d’identité de santé (INS)"


# --- getting out --------------------------------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class SpaceOpposed(Act):
    phrase = "Opposition à la création de l’espace"


@dataclass(frozen=True, kw_only=True)
class OppositionWithdrawn(Act):
    phrase = "Retrait de l’opposition : l’espace peut être activé"


@dataclass(frozen=True, kw_only=True)
class SpaceClosed(Act):
    phrase = "Clôture de l’espace, données archivées"


@dataclass(frozen=True, kw_only=True)
class SpaceClosedForGood(SpaceClosed):
    """With a request to erase, done within three months (R1111-36)."""

    phrase = "Clôture de l’espace, avec demande d’effacement des données"


@dataclass(frozen=True, kw_only=True)
class SpaceReopened(Act):
    phrase = "Réouverture de l’espace"


@dataclass(frozen=True, kw_only=True)
class SpaceErased(Act):
    phrase = "Effacement des données, demandé à la clôture"


# --- what arrives on the simulated phone --------------------------------------------------------------

@dataclass(frozen=True, kw_only=True)
class MailAct(Act):
    about = "mail"
    mail: Mail


@dataclass(frozen=True, kw_only=True)
class LureArrived(Act):
    """A message that lies about who sent it comes to the simulated phone; `lure` is its name in lures.toml."""

    phrase = "Un message est arrivé sur le téléphone simulé (exercice)"
    lure: str


@dataclass(frozen=True, kw_only=True)
class LureFollowed(MailAct):
    phrase = "Lien d’un message frauduleux suivi (exercice)"


@dataclass(frozen=True, kw_only=True)
class LureReported(MailAct):
    phrase = "Signalement d’un message frauduleux (exercice)"


@dataclass(frozen=True, kw_only=True)
class GenuineReported(MailAct):
    """A true message taken for a false one: nothing bad comes of it."""

    phrase = "Signalement d’un message qui était vrai (exercice)"
