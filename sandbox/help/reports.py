"""What can be reported to the support, for which reasons, and what it answers: simulated, in our words."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.help.models import Kind

OTHER = "autre"
HOTLINE = "3422"


@dataclass(frozen=True)
class Report:
    """One kind of report: its page, its reasons, what happens next, what the support answers."""

    title: str
    lead: str
    legend: str
    reasons: dict[str, str]
    follows: tuple[str, ...]
    answer: str


REPORTS = {
    Kind.DOCUMENT: Report(
        title="Signaler un document",
        lead="Dites ce qui ne va pas. Le document reste dans votre espace pendant la vérification.",
        legend="Pourquoi signalez-vous ce document ?",
        reasons={
            "pas-a-moi": "Il n’est pas à moi", "faux": "Il contient une information fausse",
            "illisible": "Il est illisible ou incomplet", "double": "Il est en double",
            "inconnu": "Je ne connais pas celui qui l’a déposé", OTHER: "Autre raison",
        },
        follows=(
            "Le support transmet votre signalement à celui qui a déposé le document.",
            "Lui seul peut le corriger ou le retirer.",
            "En attendant, vous pouvez masquer le document.",
        ),
        answer="Votre signalement est transmis à celui qui a déposé ce document. Lui seul peut le corriger ou le retirer : "
        "cela peut prendre quelques jours.\n\nEn attendant, vous pouvez masquer le document depuis sa page.",
    ),
    Kind.ACCESS: Report(
        title="Signaler un accès",
        lead="Un professionnel a ouvert votre dossier, et vous ne savez pas pourquoi. Le support lui demande des explications.",
        legend="Qu’est-ce qui vous étonne ?",
        reasons={
            "inconnu": "Je ne connais pas ce professionnel", "pas-soigne": "Il ne me soigne pas, ou plus",
            "sans-accord": "Je ne lui avais pas donné mon accord", "curieux": "C’est un proche ou un voisin, par curiosité",
            OTHER: "Autre raison",
        },
        follows=(
            "Le support vérifie auprès du professionnel, ou de son établissement, pourquoi le dossier a été ouvert.",
            "Un accès sans raison est puni par la loi.",
            "En attendant, vous pouvez bloquer ce professionnel.",
        ),
        answer="Nous demandons au professionnel, ou à son établissement, pourquoi votre dossier a été ouvert. Vous serez informé "
        "du résultat. Un accès sans raison est puni par la loi.\n\nEn attendant, vous pouvez bloquer ce professionnel : il ne "
        "lira plus rien.",
    ),
    Kind.SERVICE: Report(
        title="Signaler un service",
        lead="Les services du catalogue suivent des règles. Si l’un d’eux ne les respecte pas, dites-le.",
        legend="Que reprochez-vous à ce service ?",
        reasons={
            "donnees": "Il demande des données dont il n’a pas besoin", "sans-accord": "Il a lu ou écrit sans mon accord",
            "effacer": "Il n’efface pas mes données", "trompeur": "Il ne fait pas ce qu’il annonce",
            "payant": "Il fait payer sans l’avoir dit", "panne": "Il ne marche pas", OTHER: "Autre raison",
        },
        follows=(
            "Le support vérifie avec l’éditeur du service.",
            "Un service qui ne respecte pas les règles est suspendu, ou retiré du catalogue.",
            "En attendant, vous pouvez lui retirer votre accord.",
        ),
        answer="Nous vérifions ce que vous signalez avec l’éditeur du service. S’il ne respecte pas les règles du catalogue, il "
        "est suspendu ou retiré.\n\nEn attendant, vous pouvez lui retirer votre accord : il ne recevra plus rien.",
    ),
}
QUESTION_ANSWER = (
    "Votre message est bien arrivé. Ceci est un exercice : personne ne l’a lu, et cette réponse est automatique. Sur le vrai "
    "site, une personne du support vous répond en quelques jours.\n\nL’aide répond déjà à beaucoup de questions. Pour parler à "
    f"quelqu’un, le vrai support répond au {HOTLINE}, du lundi au vendredi de 8 h 30 à 17 h 30 : ne l’appelez pas pour cet exercice."
)


def answer_to(kind: Kind) -> str:
    """What the simulated support writes."""
    told = REPORTS[kind].answer if kind in REPORTS else QUESTION_ANSWER
    return f"Bonjour,\n\n{told}\n\nLe support (simulé)"
