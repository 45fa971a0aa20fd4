"""The places of a learner's page that a trainer may show: a choice among the landmarks, and how each is said."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.landmarks import LANDMARKS, Landmark, of_section
from sandbox.navigation import LEARNER, LEARNER_MORE

SECTIONS = "dans les rubriques"
MORE = "dans les rubriques ; sur un petit écran, appuyez d’abord sur « Plus »"
TOOLS = "dans « Outils de l’exercice »"


@dataclass(frozen=True)
class Shown:
    """`told`: as the trainer's form and the learner's word say it, the place then where it is."""

    told: str
    landmark: Landmark


_TOLD = {
    **{of_section(section): f"« {section.label} », {SECTIONS}" for section in LEARNER},
    **{of_section(section): f"« {section.label} », {MORE}" for section in LEARNER_MORE},
    "bell": "La cloche des notifications, en haut à droite",
    "profiles": "« Changer de profil », en haut de la page",
    "action": "Le bouton principal, dans la page",
    "field": "La première case à remplir, dans la page",
    "back": "Le lien de retour, juste au-dessus du titre",
    "phone": f"Le téléphone simulé, {TOOLS} ou au bord de l’écran",
    "exercises": f"« Mes exercices », {TOOLS}",
    "sign_out": f"« Se déconnecter », {TOOLS}",
    "ease": "« Confort de lecture », tout en haut",
}
SHOWN = {name: Shown(told, LANDMARKS[name]) for name, told in _TOLD.items()}
