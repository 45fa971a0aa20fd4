"""The kinds of measures that a medical profile holds (reference §1.4), in words and units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of measure; `parts` names the numbers of « 132/78 »."""

    label: str
    unit: str
    plain: str
    parts: tuple[str, ...] = ("",)
    plotted: bool = False

    def told(self, value: str) -> str:
        """« tension artérielle 132/78 mmHg »: a measure inside a sentence."""
        label = self.label if self.label[1:] != self.label[1:].lower() else self.label.lower()
        return f"{label} {value.replace('.', ',')} {self.unit}"


KINDS = {
    "tension": Kind("Tension artérielle", "mmHg", "La force du sang dans les artères, en deux chiffres.",
                    ("Premier chiffre", "Second chiffre"), plotted=True),
    "hba1c": Kind("HbA1c", "%", "Le taux de sucre moyen des trois derniers mois.", plotted=True),
    "poids": Kind("Poids", "kg", "Votre poids.", plotted=True),
    "glycemie": Kind("Glycémie", "g/L", "Le sucre dans le sang, au moment de la mesure."),
    "taille": Kind("Taille", "cm", "Votre taille."),
    "perimetre_cranien": Kind("Périmètre crânien", "cm", "Le tour de la tête d’un enfant."),
    "temperature": Kind("Température", "°C", "La chaleur du corps."),
    "frequence": Kind("Fréquence cardiaque", "battements par minute", "La vitesse du cœur."),
    "douleur": Kind("Douleur", "sur 10", "De 0, aucune douleur, à 10, la pire."),
    "pas": Kind("Nombre de pas", "pas", "Les pas d’une journée."),
}
