"""Dates and numbers as French writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sandbox import french


def test_days_are_told_in_words_and_the_first_is_first() -> None:
    assert french.full_date(date(2026, 3, 1)) == "dimanche 1er mars 2026"
    assert french.full_date(date(2026, 8, 31)) == "lundi 31 août 2026"
    assert french.long_date(date(2026, 2, 11)) == "11 février 2026"
    assert [french.month(date(2025, 12, 1)), french.partial("2014-07")] == ["décembre 2025", "juillet 2014"]


@pytest.mark.parametrize(("value", "told"), [
    (0, "0"), (10, "10"), (999, "999"), (1000, "1\u202f000"), (-12345, "-12\u202f345"), (1_000_000, "1\u202f000\u202f000"),
    (1.5, "1,5"), (2.0, "2"), (0.1, "0,1"), (Decimal("68.50"), "68,5"), (1234.5678, "1\u202f234,568"), (100.0004, "100"),
])
def test_numbers_have_thin_spaces_and_a_comma(value: float | Decimal, told: str) -> None:
    assert french.number(value) == told


def test_sizes_are_rounded_as_people_say_them() -> None:
    assert [french.size(count) for count in (820, 12_400, 1_240_000, 3_000_000)] == [
        "820\u00a0o", "12\u00a0Ko", "1,2\u00a0Mo", "3\u00a0Mo",
    ]


def test_what_is_said_of_oneself_is_said_of_a_child_by_name() -> None:
    assert [french.of(name) for name in ("Léo", "Inès", "Hélène", "Yanis", "Yves")] == [
        "de Léo", "d’Inès", "d’Hélène", "de Yanis", "d’Yves",
    ]
    assert french.theirs("Écrire dans votre agenda", "Léo") == "Écrire dans l’agenda de Léo"
    assert french.theirs("Afficher votre poids à côté de vos glycémies", "Inès") == "Afficher le poids d’Inès à côté des glycémies d’Inès"
    assert french.theirs("Lire votre agenda", "") == "Lire votre agenda"
