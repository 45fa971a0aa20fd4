"""The e-mail that says that something happened, and nothing of health: no title, no name, no medicine (reference §1.10)."""

from __future__ import annotations

from sandbox.account.models import Record, User
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


def subject(code: Code, record: Record, reader: User) -> str:
    """What happened, and in whose space: one's own, or that of somebody entrusted to the reader."""
    if reader.id == record.owner_id:
        return WHAT[code].format(space="votre espace")
    of = "d’" if record.first_name[0] in "AEIOUÉÈ" else "de "
    return WHAT[code].format(space=f"l’espace {of}{record.first_name}")


def body(code: Code, record: Record, reader: User) -> str:
    return BODY.format(what=subject(code, record, reader))
