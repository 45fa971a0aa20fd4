"""Numbers that people type: social-security number, prescription number, codes. All fictional."""

from __future__ import annotations

from datetime import date

FICTIONAL_ORDER = "000"  # real order numbers begin at 001: nobody can have this one (reference §4.1)
UNAMBIGUOUS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime: no 0 O 1 I L
PRESCRIPTION_PREFIX = "TEST"
PRESCRIPTION_LENGTH = 18


def key(number: str) -> str:
    """The two-digit key of a 13-character number: 97 − (N mod 97), Corsica's letters replaced by 19 and 18."""
    digits = number.replace("2A", "19").replace("2B", "18")
    return f"{97 - int(digits) % 97:02d}"


def social_security_number(sex: str, born: date, commune: str) -> str:
    """15 characters: sex, year, month, commune of birth (INSEE, 5), order 000, key."""
    number = f"{'2' if sex == 'F' else '1'}{born:%y%m}{commune}{FICTIONAL_ORDER}"
    return number + key(number)


def spaced_nir(nir: str) -> str:
    """As printed on a card: 2 58 03 75 114 000 42."""
    return "\u00a0".join((nir[0], nir[1:3], nir[3:5], nir[5:7], nir[7:10], nir[10:13], nir[13:]))


def check_character(body: str) -> str:
    """Weighted sum modulo 31: finds any one wrong sign and any two neighbours exchanged."""
    total = sum((at + 2) * UNAMBIGUOUS.index(sign) for at, sign in enumerate(body))
    return UNAMBIGUOUS[total % len(UNAMBIGUOUS)]


def prescription_number(random: bytes) -> str:
    """18 signs: a prefix that says it is fictional, 13 drawn from `random` (13 bytes or more), a check character."""
    body = PRESCRIPTION_PREFIX + "".join(UNAMBIGUOUS[byte % len(UNAMBIGUOUS)] for byte in random[:13])
    return body + check_character(body)


def tidy_number(typed: str) -> str:
    """What was typed without its spaces and dashes, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def is_prescription_number(number: str) -> bool:
    return (
        len(number) == PRESCRIPTION_LENGTH
        and number.startswith(PRESCRIPTION_PREFIX)
        and set(number) <= set(UNAMBIGUOUS)
        and check_character(number[:-1]) == number[-1]
    )


def grouped(number: str) -> str:
    """In groups that the eye can follow, and a line can end between two of them: TEST 7K3M …"""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
