"""How many boxes a treatment needs, worked out from its words where they say enough: dose × times × days ÷ a box."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction

from sandbox.french import folded
from sandbox.prescriptions.formulary import Item

NUMBERS: dict[str, int | Fraction] = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "demi": Fraction(1, 2), "½": Fraction(1, 2)}
FIGURE = r"\d+/\d+|\d+(?:[,.]\d+)?|½|(?:une?|deux|trois|quatre|cinq|six|demi)\b"
AMOUNT = re.compile(rf"^({FIGURE})(\s*½)?\s*(?:-\s*)?([a-z]*)")
SHORT = {"cp": "comprime", "cpr": "comprime", "cps": "comprime", "bouff": "bouffee"}
PERIODS = {"jour": 1, "semaine": 7, "mois": 30}
MOMENTS = ("matin", "midi", "soir", "coucher", "gouter")
IF_NEEDED = re.compile(r"\bsi\b|en cas|besoin|douleur|maximum|au plus|jusqu")
_MANY = re.compile(rf"({FIGURE})\s*fois\s*(?:par|/)\s*(jour|semaine|mois)")
_EVERY_HOURS = re.compile(r"toutes les (\d+)\s*h")
_EVERY_DAYS = re.compile(rf"tous les ({FIGURE})\s*jours")
_DAYS_OR_FIGURES = re.compile(r"\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche")
_DAILY = re.compile(r"tous les jours|chaque jour|par jour|quotidien")


def boxes(item: Item | None, dose: str, frequency: str, days: int) -> int | None:
    """The whole boxes for so many days; None when the words do not say it."""
    if item is None or not item.counts:
        return None
    try:
        amount, times = _amount(dose, item.counts), per_day(frequency)
    except ZeroDivisionError:  # « 1/0 comprimé »
        return None
    if amount is None or times is None:
        return None
    return max(1, math.ceil(amount * times * days / item.per_unit))


def _amount(dose: str, counts: str) -> Fraction | None:
    """How many of what the box counts: « 1 comprimé », « 1/2 », « 1,5 comprimé »; not « 10 gouttes » of a bottle."""
    found = AMOUNT.match(_tidy(dose))
    if not found:
        return None
    figure, half, noun = found.groups()
    if noun and not SHORT.get(noun, noun).startswith(_tidy(counts)):
        return None
    return _figure(figure) + (Fraction(1, 2) if half or "et demi" in _tidy(dose) else 0)


def per_day(frequency: str) -> Fraction | None:
    """How many times a day: « matin et soir » is twice, « toutes les 8 heures » three times, « par semaine » a seventh."""
    said = _tidy(frequency)
    if not said or IF_NEEDED.search(said):
        return None
    return next((times for read in _READERS if (times := read(said)) is not None), None)


def _tidy(text: str) -> str:
    return " ".join(folded(text.replace("½", "@")).replace("@", "½").split())


def _figure(text: str) -> Fraction:
    return Fraction(NUMBERS[text]) if text in NUMBERS else Fraction(text.replace(",", "."))


def _many(said: str) -> Fraction | None:
    found = _MANY.search(said)
    return Fraction(_figure(found[1]), PERIODS[found[2]]) if found else None


def _every_hours(said: str) -> Fraction | None:
    found = _EVERY_HOURS.search(said)
    return Fraction(24, int(found[1])) if found and int(found[1]) else None


def _every_days(said: str) -> Fraction | None:
    found = _EVERY_DAYS.search(said)
    if found and _figure(found[1]):
        return 1 / _figure(found[1])
    return Fraction(1, 2) if "un jour sur deux" in said else None


def _moments(said: str) -> Fraction | None:
    count = 0 if _DAYS_OR_FIGURES.search(said) else sum(moment in said for moment in MOMENTS)
    return Fraction(count) if count else None


def _daily(said: str) -> Fraction | None:
    return Fraction(1) if _DAILY.search(said) and not _DAYS_OR_FIGURES.search(said) else None


_READERS: tuple[Callable[[str], Fraction | None], ...] = (_many, _every_hours, _every_days, _moments, _daily)
