"""French as it is written: dates, hours, sizes, lists."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from sandbox.clock import PARIS

NBSP, THIN = "\u00a0", "\u202f"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)
MONTH_FIRST = " 1 "
AS_TYPED = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "–": "-"})


def folded(text: str) -> str:
    """For comparing and searching: small letters without accents, signs as a keyboard types them."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(AS_TYPED))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=4096)
def long_date(day: date) -> str:
    """« 3 mars 2026 », « 1er mars 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {month(day)}"


@lru_cache(maxsize=4096)
def full_date(day: date) -> str:
    """« mardi 3 mars 2026 »."""
    return f"{weekday(day)} {long_date(day)}"


def short_date(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    return DAYS[day.weekday()]


def hour(moment: datetime) -> str:
    """« 14 h 30 », « 9 h »."""
    local = moment.astimezone(PARIS)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}" if local.minute else f"{local.hour}{NBSP}h"


def full_moment(moment: datetime) -> str:
    """« mardi 3 mars 2026 à 14 h 30 »."""
    return f"{full_date(moment.astimezone(PARIS).date())} à {hour(moment)}"


def at(moment: datetime, today: date) -> str:
    """« à 14 h 20 », « demain à 9 h », « hier à 9 h », « le 3 mars 2026 à 9 h »."""
    day = moment.astimezone(PARIS).date()
    near = {-1: "hier ", 0: "", 1: "demain "}.get((day - today).days, f"le {long_date(day)} ")
    return f"{near}à {hour(moment)}"


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
    """« 12 », « 1 234,5 »: three decimals at most."""
    whole, _, rest = f"{Decimal(str(value)):,.3f}".partition(".")
    return f"{whole.replace(',', THIN)},{rest}".rstrip("0").rstrip(",")


def size(count: int) -> str:
    """Bytes as people say them: « 820 o », « 12 Ko », « 1,2 Mo »."""
    if count < 1000:
        return f"{count}{NBSP}o"
    if count < 1_000_000:
        return f"{round(count / 1000)}{NBSP}Ko"
    return f"{number(round(count / 1_000_000, 1))}{NBSP}Mo"


def several(count: int, one: str, many: str | None = None) -> str:
    """« 1 document », « 3 documents », « aucun » left to the caller."""
    return f"{number(count)}{NBSP}{one if count < 2 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """« a, b et c »."""
    return " et ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def places(numbers: list[int]) -> str:
    """« La place 3 », « Les places 1, 2 et 5 », « Les places 1 à 12 »."""
    if len(numbers) == 1:
        return f"La place {numbers[0]}"
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Les places {numbers[0]} à {numbers[-1]}"
    return f"Les places {', '.join(map(str, numbers[:-1]))} et {numbers[-1]}"


def of(name: str) -> str:
    """« de Léo », « d’Inès »."""
    return f"d’{name}" if re.match(r"[aeiouh]|y[^aeiou]", folded(name)) else f"de {name}"


ARTICLES = {
    "dossier": "le ", "agenda": "l’", "âge": "l’", "espace": "l’", "profil médical": "le ", "carnet vaccinal": "le ", "poids": "le ", "nom": "le ",
    "tension": "la ", "date de naissance": "la ", "HbA1c": "l’",
}
OWNED = "documents", "mesures", "glycémies", "résultats d’analyses", "vaccins"
YOURS = re.compile(rf"\b(de |à )?(?:votre ({'|'.join(ARTICLES)})|vos ({'|'.join(OWNED)}))\b")


def theirs(text: str, name: str) -> str:
    """« Lire votre agenda » becomes « Lire l’agenda de Léo »; nothing changes without a name."""
    return YOURS.sub(lambda found: _theirs(found, name), text) if name else text


def _theirs(found: re.Match[str], name: str) -> str:
    before, one, many = found.groups()
    article = f"{before or ''}{ARTICLES[one] if one else 'les '}"
    for apart, joined in (("de les ", "des "), ("à les ", "aux "), ("de le ", "du "), ("à le ", "au ")):
        article = article.replace(apart, joined)
    return f"{article}{one or many} {of(name)}"
