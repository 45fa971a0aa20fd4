"""No real personal data comes in: what looks real is refused at the door, kindly, and kept nowhere.

A social-security number is real when its key is right and its order number is not 000 (reference §4.1); a telephone number
when it is outside the ranges reserved for fiction (ARCEP 2018-0881); an e-mail address when its domain is not a reserved one
(RFC 2606, 6761); a postal address when a street is followed by a postal code that exists (ours begin with 00).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from flask import g

from sandbox.numbers import FICTIONAL_ORDER, key

FICTIONAL_PHONES = ("019900", "026191", "035301", "046571", "053649", "063998")
RESERVED_DOMAINS = ("example", "test", "invalid", "localhost", "example.com", "example.org", "example.net")
GAP = r"(?:\s{0,2}[.\-/_]\s{0,2}|\s{1,3})"  # between two groups of figures, as people write them
NIR = re.compile(  # in its groups; or figure by figure
    rf"(?<!\w)[12](?:{GAP}?\d{{2}}){{2}}{GAP}?(?:\d{{2}}|2[AB])(?:{GAP}?\d{{3}}){{2}}{GAP}?\d{{2}}(?!\w)"
    rf"|(?<!\w)[12](?P<gap>{GAP})\d(?:(?P=gap)\d){{4}}(?P=gap)[\dAB](?:(?P=gap)\d){{8}}(?!\w|(?P=gap)\d)", re.IGNORECASE,
)
BEGINS = r"(?<!\w)(?!\d\d([.\-/\s])\d\d\1(?:19|20)\d\d(?!\d))(?:(?:\+|00)\s?33\s?(?:\(0\))?|\(?0)"  # and no date does
PHONES = (
    re.compile(rf"{BEGINS}{GAP}?[1-79]\)?(?:(?:[\s.\-]?\d{{2}}){{4}}|(?P<gap>{GAP})\d\d(?:(?P=gap)\d\d){{3}})(?!\w)"),
    re.compile(rf"{BEGINS}{GAP}?[67](?:{GAP}\d{{3}}{GAP}\d{{3}}{GAP}\d\d|\d\d{GAP}\d{{3}}{GAP}\d{{3}})(?!\w)"),
    re.compile(rf"(?<!\w)(?<!\d[\s.\-/])0(?P<gap>{GAP})(?!1(?P=gap)2(?P=gap)3)[1-79](?:(?P=gap)\d){{8}}(?!\w|(?P=gap)\d)"),
)  # by two, by three, figure by figure; a scale from 0 to 10 is none
COUNTRY = re.compile(r"^(?:00)?330?")
LONGEST = 300_000  # letters that are looked at: more than any paper has
SIGNS = dict.fromkeys(map(ord, "\u2010\u2012\u2013\u2014\u2015\u2212"), "-") | dict.fromkeys(map(ord, "\u00b7\u2022"), ".")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
MAIL = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?([\w\-]{1,63}(?:\.[\w\-]{1,63}){0,7}\.[^\W\d_]{2,63})", re.IGNORECASE,
)
STREET = re.compile(  # every repetition has its limit: a hostile text must not make the search slow
    r"(?<!\d)\d{1,4}\s?(?:bis|ter)?,?\s{1,3}(?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|route|quai|cours|square)\b"
    r"[^\n]{2,80}?\b(?!00)\d{5}\b", re.IGNORECASE,
)


class Real(StrEnum):
    """What looked real, with the sentence that says why it is refused and what to write instead."""

    NIR = (
        "Ce numéro de sécurité sociale pourrait être celui d’une vraie personne : il n’a pas été gardé. "
        "Recopiez celui de votre carte d’exercice."
    )
    PHONE = (
        "Ce numéro de téléphone pourrait être celui d’une vraie personne : il n’a pas été gardé. "
        "Recopiez celui de votre carte d’exercice, ou inventez-en un qui commence par 06 39 98."
    )
    MAIL = (
        "Cette adresse e-mail pourrait être celle d’une vraie personne : elle n’a pas été gardée. "
        "Recopiez celle de votre carte d’exercice, ou finissez-la par @courriel.example."
    )
    ADDRESS = (
        "Cette adresse pourrait être celle d’une vraie personne : elle n’a pas été gardée. "
        "Inventez-en une, avec un code postal qui commence par 00, par exemple 00100 Valbrune."
    )


def seen_in(text: str) -> Real | None:
    """What looks real in a text that somebody typed, the first found; None when nothing does."""
    text = _plain(text[:LONGEST])
    if any(_is_real_nir(re.sub(r"[^\dAB]", "", found[0].upper())) for found in NIR.finditer(text)):
        return Real.NIR
    if any(_is_real_phone(re.sub(r"\D", "", found[0])) for phone in PHONES for found in phone.finditer(text)):
        return Real.PHONE
    if any(not _is_reserved(found[1].lower()) for found in MAIL.finditer(text)):
        return Real.MAIL
    return Real.ADDRESS if STREET.search(text) else None


def _plain(text: str) -> str:
    """The same with everyday spaces, dashes and figures, and nothing that cannot be seen."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)[:LONGEST].translate(SIGNS | UNSEEN)


def _is_real_nir(number: str) -> bool:
    return number[10:13] != FICTIONAL_ORDER and key(number[:13]) == number[13:]


def _is_real_phone(number: str) -> bool:
    return not COUNTRY.sub("0", number).startswith(FICTIONAL_PHONES)


def _is_reserved(domain: str) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in RESERVED_DOMAINS)


def note() -> None:
    """Something real was refused in this request: it is counted once it is answered, and what it was is not kept."""
    g.refused_real = True
