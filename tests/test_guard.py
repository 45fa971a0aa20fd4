"""What could be somebody's is refused at the door, kindly; what is fictional comes in."""

from __future__ import annotations

import pytest

from sandbox.guard import Real, seen_in
from sandbox.numbers import key

# Built here so that no real-looking number is written in the repository.
BODY = "2840588321025"
REAL_NIR = BODY + key(BODY)
CORSICAN = "1850" + "72A004018"
REAL = [
    (REAL_NIR, Real.NIR),
    (f"mon numéro est {REAL_NIR[0]} {REAL_NIR[1:3]} {REAL_NIR[3:5]} {REAL_NIR[5:7]} {REAL_NIR[7:10]} {REAL_NIR[10:13]} {REAL_NIR[13:]}.", Real.NIR),
    (CORSICAN + key(CORSICAN), Real.NIR),
    ((CORSICAN + key(CORSICAN)).lower(), Real.NIR),
    ("06 12 " + "34 56 78", Real.PHONE),
    ("appelez-moi au 01.42." + "34.56.78 demain", Real.PHONE),
    ("+33 6 12 " + "34 56 78", Real.PHONE),
    ("0033612" + "345678", Real.PHONE),
    ("marie@" + "orange.fr", Real.MAIL),
    ("Écrivez à marie.durand@" + "mail.gouv.fr, merci", Real.MAIL),
    ("12 rue de la Paix, 75" + "002 Paris", Real.ADDRESS),
    ("3 bis avenue du Général\u00a0Leclerc 31" + "000 Toulouse", Real.ADDRESS),
]
FICTIONAL = [
    "", "258039900000019", "2 58 03 99 000 000 19", "06 39 98 12 34", "+33 6 39 98 12 34", "01 99 00 12 01", "3422", "15 ou 112",
    "marie.durand7@courriel.example", "a@b.sandbox.invalid", "14 rue des Lilas, 00100 Valbrune", "802500000212345678901",
    "J’ai pris 2 comprimés à 8 h, 12 h et 20 h pendant 10 jours.", "120/80 le 12/03/2026, 118/79 le 13/03/2026",
    "08 00 12 34 56", "TEST7K3M29ABCDEFGH", "Résultat : 1,52 g/L (norme 0,70 à 1,10)", "rendez-vous le 06/12/2026 à 14 h 30",
]


@pytest.mark.parametrize(("typed", "what"), REAL)
def test_what_looks_real_is_seen(typed: str, what: Real) -> None:
    assert seen_in(typed) is what


@pytest.mark.parametrize("typed", FICTIONAL)
def test_what_is_fictional_comes_in(typed: str) -> None:
    assert seen_in(typed) is None
