"""Boxes worked out from the words of a line, and left to the prescriber where the words do not say enough."""

from __future__ import annotations

import pytest

from sandbox.prescriptions import formulary
from sandbox.prescriptions.boxes import boxes
from sandbox.prescriptions.models import Kind

PAIN, SALT, BONE = "paracétamol 1 g, comprimé", "furosémide 40 mg, comprimé", "acide alendronique 70 mg, comprimé"
BREATH, INSULIN = "salbutamol 100 microgrammes/dose, suspension pour inhalation", "insuline glargine 100 unités/mL, stylo prérempli"


@pytest.mark.parametrize(
    ("drug", "dose", "frequency", "days", "count"),
    [
        (PAIN, "1 comprimé", "matin et soir", 28, 7), (PAIN, "1 cp", "matin, midi et soir", 8, 3),
        (PAIN, "deux comprimés", "3 fois par jour", 4, 3), (PAIN, "1", "toutes les 8 heures", 8, 3),
        (SALT, "½ comprimé", "le matin", 60, 1), (SALT, "1 comprimé et demi", "chaque jour", 60, 3),
        (SALT, "1,5 comprimé", "le matin", 60, 3), (SALT, "1/2 comprimé", "un jour sur deux", 120, 1),
        (SALT, "1 comprimé", "tous les 2 jours", 120, 2), (BONE, "1 comprimé", "une fois par semaine, le lundi", 84, 3),
        (BREATH, "2 bouffées", "4 fois par jour", 50, 2),
    ],
)
def test_the_words_of_a_line_make_boxes(drug: str, dose: str, frequency: str, days: int, count: int) -> None:
    assert boxes(formulary.named(Kind.PRODUCTS, drug), dose, frequency, days) == count


@pytest.mark.parametrize(
    ("drug", "dose", "frequency"),
    [
        (PAIN, "1 comprimé", "si douleur, 3 fois par jour au plus"), (PAIN, "1 à 2 comprimés", "matin et soir"),
        (PAIN, "1 comprimé", "les lundi et jeudi matin"), (PAIN, "1 comprimé", "2 le matin, 1 le soir"),
        (PAIN, "1 comprimé", "selon l’ordonnance"), (PAIN, "", "matin et soir"), (PAIN, "10 gouttes", "matin et soir"),
        (INSULIN, "10 unités", "le soir"), ("diclofénac 1 %, gel", "1 application", "matin et soir"),
        ("tisane de grand-mère", "1 tasse", "le soir"), (PAIN, "1/0 comprimé", "matin et soir"), (PAIN, "1", "1/0 fois par jour"),
    ],
)
def test_what_the_words_do_not_say_is_not_made_up(drug: str, dose: str, frequency: str) -> None:
    assert boxes(formulary.named(Kind.PRODUCTS, drug), dose, frequency, 28) is None
