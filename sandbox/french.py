"""French as it is written: dates, hours, sizes, lists."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from sandbox.clock import PARIS

NBSP, THIN = "\u00a0", "\u202f"
MONTH_FIRST = " 1 "
AS_TYPED = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "–": "-"})


def folded(text: str) -> str:
    """For comparing and searching: small letters without accents, signs as a keyboard types them."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(AS_TYPED))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def long_date(day: date) -> str:
    """« 3 mars 2026 », « 1er mars 2026 »."""
    text = format_date(day, "d MMMM y", locale="fr")
    return text.replace("1 ", "1er ", 1) if day.day == 1 else text


@lru_cache(maxsize=4096)
def full_date(day: date) -> str:
    """« mardi 3 mars 2026 »."""
    return f"{format_date(day, 'EEEE', locale='fr')} {long_date(day)}"


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def month(day: date) -> str:
    return format_date(day, "MMMM y", locale="fr")


def weekday(day: date) -> str:
    return format_date(day, "EEEE", locale="fr")


def hour(moment: datetime) -> str:
    """« 14 h 30 », « 9 h »."""
    local = moment.astimezone(PARIS)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}" if local.minute else f"{local.hour}{NBSP}h"


def full_moment(moment: datetime) -> str:
    """« mardi 3 mars 2026 à 14 h 30 »."""
    return f"{full_date(moment.astimezone(PARIS).date())} à {hour(moment)}"


def until(moment: datetime, today: date) -> str:
    """« jusqu’à 18 h 05 », « jusqu’à demain 2 h 05 », « jusqu’au 3 mars 2026 à 9 h »."""
    day = moment.astimezone(PARIS).date()
    if day == today:
        return f"jusqu’à {hour(moment)}"
    return f"jusqu’à demain {hour(moment)}" if (day - today).days == 1 else f"jusqu’au {long_date(day)} à {hour(moment)}"


def partial(text: str) -> str:
    """A partial date: « 2014 », « mars 2014 », « 5 mars 2014 »."""
    parts = [int(part) for part in text.split("-")] if text else []
    if len(parts) == 3:
        return long_date(date(*parts))
    if len(parts) == 2:
        return month(date(parts[0], parts[1], 1))
    return text


def number(value: float | Decimal | int) -> str:
    return format_decimal(value, locale="fr")


def size(count: int) -> str:
    """Bytes as people say them: « 820 o », « 12 Ko », « 1,2 Mo »."""
    if count < 1000:
        return f"{count}{NBSP}o"
    if count < 1_000_000:
        return f"{round(count / 1000)}{NBSP}Ko"
    return f"{format_decimal(round(count / 1_000_000, 1), locale='fr')}{NBSP}Mo"


def several(count: int, one: str, many: str | None = None) -> str:
    """« 1 document », « 3 documents », « aucun » left to the caller."""
    return f"{number(count)}{NBSP}{one if count < 2 else many or one + 's'}"


def places(numbers: list[int]) -> str:
    """« La place 3 », « Les places 1, 2 et 5 », « Les places 1 à 12 »."""
    if len(numbers) == 1:
        return f"La place {numbers[0]}"
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Les places {numbers[0]} à {numbers[-1]}"
    return f"Les places {', '.join(map(str, numbers[:-1]))} et {numbers[-1]}"
