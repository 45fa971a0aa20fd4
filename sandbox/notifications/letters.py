"""The e-mail that says that something happened, and nothing of health: no title, no name, no medicine (reference §1.10).

One alone gives names: the list of the services synchronised, which the reference wants by e-mail (§1.9). It says neither what
they are for nor what they read or write, and may be muted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sandbox.account.models import Record, User
from sandbox.acts import Act, ServicesListed
from sandbox.notifications.models import Code

WHAT = {  # never more than this: a mail may be read over a shoulder
    Code.AJOUT_DOC: "Un document a été ajouté à {space}",
    Code.MODIF_DOC: "Un document de {space} a été mis à jour",
    Code.SUPP_DOC: "Un document de {space} a été retiré",
    Code.RDV_MODIFIE: "Un rendez-vous a changé dans {space}",
    Code.ORDONNANCE_ANNULEE: "Un professionnel a mis à jour {space}",
    Code.AJOUT_VACCINATION: "Un professionnel a mis à jour {space}",
    Code.CONSULT_DOCUMENT: "Un professionnel a lu un document de {space}",
    Code.RECEPTION_MESSAGE: "Un message est arrivé dans {space}",
    Code.ACCES_DMP_PS: "Un professionnel a ouvert {space}",
    Code.RAPPEL_RDV_USAGER: "Un rappel vous attend dans {space}",
    Code.RAPPEL_AGENDA: "Un rappel vous attend dans {space}",
    Code.SERVICES_SYNCHRONISES: "Les services synchronisés avec {space}",
    Code.SERVICE_MODIFIE: "Un service synchronisé avec {space} a changé",
    Code.DELIVRANCE: "Un professionnel a mis à jour {space}",
    Code.ACCES_BRIS_GLACE: "Un professionnel a ouvert {space} en urgence",
    Code.ATTENTE_ANNONCE: "Un document vous attend dans {space}",
    Code.REMISE_VISIBILITE_AUTO: "Un document est maintenant visible dans {space}",
    Code.MESURES_A_REPRENDRE: "Une proposition vous attend dans {space}",
    Code.EXPORT_PRET: "Les données demandées sont prêtes dans {space}",
    Code.REPONSE_SUPPORT: "Le support vous a répondu dans {space}",
}
BODY = (
    "Bonjour,\n\n{what}. Pour en savoir plus, connectez-vous.\n\n"
    "Cet e-mail ne contient aucune information de santé. Ce message d’entraînement n’est pas un vrai e-mail."
)
LIST = (
    "Bonjour,\n\nVoici la liste des services synchronisés avec {space} : {names}.\n\n"
    "Vous pouvez changer d’avis à tout moment : connectez-vous, puis ouvrez « Services synchronisés » dans vos paramètres.\n\n"
    "Cette liste vous est envoyée tous les trois mois. Cet e-mail ne dit pas ce que ces services lisent ou écrivent. "
    "Ce message d’entraînement n’est pas un vrai e-mail."
)


@dataclass(frozen=True)
class Letter:
    """Its words, and where its link leads."""

    subject: str
    body: str
    link: str = "/"
    link_label: str = "Me connecter à mon espace"


def letter(act: Act, reader: User) -> Letter:
    """What this act says to this reader."""
    code = Code(act.notifies)
    if not isinstance(act, ServicesListed):
        return Letter(subject(code, act.record, reader), body(code, act.record, reader))
    listed = Letter(subject(code, act.record, reader), LIST.format(space=_space(act.record, reader), names=act.names))
    if reader.id != act.record.owner_id:
        return listed  # another profile is to be opened first
    return replace(listed, link="/services-synchronises/", link_label="Voir mes services synchronisés")


def subject(code: Code, record: Record, reader: User) -> str:
    """What happened, and in whose space."""
    return WHAT[code].format(space=_space(record, reader))


def _space(record: Record, reader: User) -> str:
    """One's own, or that of somebody entrusted to the reader."""
    if reader.id == record.owner_id:
        return "votre espace"
    of = "d’" if record.first_name[0] in "AEIOUÉÈ" else "de "
    return f"l’espace {of}{record.first_name}"


def body(code: Code, record: Record, reader: User) -> str:
    return BODY.format(what=subject(code, record, reader))
