"""What the person wants to be told, by kind and by channel (reference §1.10). What is not muted is told."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.account.models import Record
from sandbox.notifications.models import Code

CENTRE, EMAIL = "centre", "email"
CHANNELS = {CENTRE: "Dans l’espace", EMAIL: "Par e-mail"}


@dataclass(frozen=True)
class Kind:
    """One line of the preferences; a kind that is `always` told cannot be muted."""

    slug: str
    label: str
    plain: str
    codes: frozenset[Code]
    always: bool = False


KINDS = (
    Kind("messages", "Messages", "Un professionnel vous écrit.", frozenset({Code.RECEPTION_MESSAGE})),
    Kind(
        "documents", "Documents", "Un document est déposé, lu, ou devient visible.",
        frozenset({Code.AJOUT_DOC, Code.MODIF_DOC, Code.SUPP_DOC, Code.CONSULT_DOCUMENT, Code.DELIVRANCE, Code.ORDONNANCE_ANNULEE, Code.ATTENTE_ANNONCE,
                   Code.REMISE_VISIBILITE_AUTO, Code.MESURES_A_REPRENDRE}),
    ),
    Kind(
        "rendez-vous", "Rendez-vous, examens et vaccinations",
        "Un rappel avant un rendez-vous, une vaccination ajoutée par un professionnel.",
        frozenset({Code.RAPPEL_RDV_USAGER, Code.RAPPEL_AGENDA, Code.RDV_MODIFIE, Code.AJOUT_VACCINATION}),
    ),
    Kind("depistages", "Dépistages", "Un dépistage vous est proposé.", frozenset()),
    Kind(
        "services", "Services synchronisés", "La liste des services reliés à votre espace, et ce qui change chez eux.",
        frozenset({Code.SERVICES_SYNCHRONISES, Code.SERVICE_MODIFIE}),
    ),
    Kind(
        "acces", "Accès à votre dossier et à vos données", "Quelqu’un ouvre votre dossier, le support vous répond.",
        frozenset({Code.ACCES_DMP_PS, Code.ACCES_BRIS_GLACE, Code.EXPORT_PRET, Code.REPONSE_SUPPORT}), always=True,
    ),
)


OFFERED = tuple(f"{kind.slug}:{channel}" for kind in KINDS if not kind.always for channel in CHANNELS)


def told(record: Record) -> list[str]:
    """What may be muted and is not: « messages:centre », « messages:email » …"""
    muted = record.muted.split()
    return [one for one in OFFERED if one not in muted]


def wants(record: Record, code: Code, channel: str) -> bool:
    """Whether this code is told by this channel."""
    kind = next((kind for kind in KINDS if code in kind.codes), None)
    return kind is None or kind.always or f"{kind.slug}:{channel}" not in record.muted.split()
