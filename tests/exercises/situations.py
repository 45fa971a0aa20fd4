"""A situation as a pack would tell it, for tests of the engine."""

from __future__ import annotations

from typing import Any

from sandbox.exercises.service import Exercise
from sandbox.workshops import situations

KEY: dict[str, Any] = {
    "slug": "cle-perdue",
    "title": "Paul a perdu sa clé",
    "told": "Paul est devant vous.\n\nIl dit : « J’ai perdu ma clé. »",
    "asks": "Que répondez-vous à Paul ?",
    "answer": [
        {"text": "Je vous prête la mienne.", "right": False, "reply": "Paul hésite : ce n’est pas sa porte."},
        {"text": "Cherchons-la ensemble.", "right": True, "reply": "Paul respire et retourne ses poches."},
        {"text": "Revenez un autre jour.", "right": False, "reply": "Paul repart sans savoir quoi faire."},
        {"text": "Où l’avez-vous eue hier ?", "right": True, "reply": "Paul se souvient de la boulangerie."},
    ],
    "explanation": "Une clé se cherche à deux.\n\nOn ne prête pas la sienne.",
    "say": "Reprenons votre chemin depuis hier.",
    "learned": "Chercher une clé avec quelqu’un",
    "source": "le bon sens",
}
DOOR: dict[str, Any] = KEY | {"slug": "porte", "title": "Paul est devant une porte", "learned": "Ouvrir une porte"}


def exercise(item: dict[str, Any]) -> Exercise:
    return Exercise(**situations.whole(item))
