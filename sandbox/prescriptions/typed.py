"""The number of a prescription as it is typed: spaces, dashes and small letters are welcome; what is wrong is located."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa

from sandbox import guard, numbers
from sandbox.db import db
from sandbox.prescriptions.models import Prescription
from sandbox.prescriptions.problems import Unread

GROUP, GROUPS = 4, (4, 4, 4, 4, 2)
ORDINALS = ("1er", "2e", "3e", "4e", "5e")
NEVER_USED = set("01OIL")
LOOKS_LIKE_A_NUMBER = range(6, 41)
LONGEST = 200  # signs that are looked at: nobody types more

SIGN = "Regardez le {} groupe : vous y avez écrit {}."
ONE_WRONG = "Une seule lettre est à corriger, dans le {} groupe."
TWO_SWAPPED = "Deux signes voisins sont inversés, dans le {} groupe."
ACROSS = "Deux signes voisins sont inversés : le dernier du {} groupe et le premier du suivant."
NO_PREFIX = "Le premier groupe est toujours TEST : il manque peut-être."
GROUP_LENGTH = "Regardez le {} groupe : il a {} au lieu de {}."
COUNT = "Vous en avez écrit {}."


def number_of(text: str) -> str:
    """The number that was typed. Raises Unread with where to look again."""
    text = text[:LONGEST]
    number = numbers.tidy_number(text)
    if not _is_meant(number):
        raise Unread("not-training") if _is_a_number(text, number) else Unread("text", typed="" if guard.seen_in(text) else _kept(text))
    if len(number) != numbers.PRESCRIPTION_LENGTH:
        raise Unread("mistyped-length", typed=_kept(text), hint=_hint_of_length(text, number))
    if wrong := [at for at, sign in enumerate(number) if sign not in numbers.UNAMBIGUOUS]:
        raise Unread("mistyped-sign", typed=_kept(text), hint=SIGN.format(_group(wrong[0]), _named(number[wrong[0]])))
    if not numbers.is_prescription_number(number):
        raise Unread("mistyped-check", typed=_kept(text), hint=_hint_of_check(number))
    return number


def _is_meant(number: str) -> bool:
    """Whether it tries to be a number of here: its first signs, or all of them but the first group."""
    start, rest = number[:GROUP], numbers.PRESCRIPTION_LENGTH - GROUP
    has_figures = any(sign.isdigit() for sign in number)
    if sum(sign == right for sign, right in zip(start, numbers.PRESCRIPTION_PREFIX, strict=False)) >= GROUP - 1 or sorted(start) == sorted(
        numbers.PRESCRIPTION_PREFIX
    ):
        return len(number) > GROUP and (has_figures or len(number) == numbers.PRESCRIPTION_LENGTH)
    return has_figures and len(number) == rest and set(number) <= set(numbers.UNAMBIGUOUS)


def _is_a_number(text: str, number: str) -> bool:
    """Figures, and no word: perhaps a real number, which must not be shown again."""
    has_figures = any(sign.isdigit() for sign in number)
    return has_figures and len(number) in LOOKS_LIKE_A_NUMBER and not re.search(r"\b[^\W\d_]{3,}\b", text)


def _kept(text: str) -> str:
    return text.strip()[:60]


def _named(sign: str) -> str:
    return f"« {sign} », qui n’existe dans aucun numéro" if sign in NEVER_USED else f"« {sign} »"


def _group(at: int) -> str:
    return ORDINALS[at // GROUP]


def _hint_of_length(text: str, number: str) -> str:
    if len(number) == numbers.PRESCRIPTION_LENGTH - GROUP and not number.startswith(numbers.PRESCRIPTION_PREFIX):
        return NO_PREFIX
    groups = re.findall(r"\w+", text)
    lengths = [len(group) for group in groups]
    odd = [at for at, (length, want) in enumerate(zip(lengths, GROUPS, strict=False)) if length != want]
    if len(lengths) == len(GROUPS) and len(odd) == 1:
        at = odd[0]
        return GROUP_LENGTH.format(ORDINALS[at], _signs(lengths[at]), GROUPS[at])
    return COUNT.format(len(number))


def _signs(count: int) -> str:
    return f"{count} signe" if count == 1 else f"{count} signes"


def _hint_of_check(number: str) -> str:
    """Which group to read again, when one correction gives a prescription of here; never which letter."""
    hints = dict(_corrections(number))
    found = sa.select(Prescription.number).where(Prescription.number.in_(hints)).order_by(Prescription.number)
    return next((hints[right] for right in db.session.scalars(found)), "")


def _corrections(number: str) -> Iterator[tuple[str, str]]:
    """The right numbers that are one sign, or one exchange of neighbours, away; and the hint for each."""
    for at in range(len(number)):
        for sign in numbers.UNAMBIGUOUS:
            right = number[:at] + sign + number[at + 1 :]
            if numbers.is_prescription_number(right):
                yield right, ONE_WRONG.format(_group(at))
    for at in range(len(number) - 1):
        right = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if numbers.is_prescription_number(right):
            yield right, (TWO_SWAPPED if _group(at) == _group(at + 1) else ACROSS).format(_group(at))
