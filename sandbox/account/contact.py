"""An e-mail address or a mobile number: how it is typed, told to be right, and shown in part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.account.models import CodePurpose, Record
from sandbox.acts import Act, EmailChanged, MobileChanged
from sandbox.errors import Refused
from sandbox.guard import RESERVED_DOMAINS

ADDRESS = re.compile(r"[a-z0-9][a-z0-9._+\-]*@((?:[a-z0-9\-]+\.)*[a-z0-9\-]+)", re.ASCII)
MOBILE = "063998"  # the range of mobiles reserved for fiction (ARCEP 2018-0881)
MOST = 120
NOT_AN_ADDRESS = "Il manque quelque chose. Une adresse s’écrit ainsi, sans espace ni accent : marie.durand@courriel.example."
ELSEWHERE = "Pour s’entraîner, l’adresse doit finir par @courriel.example, par exemple marie.durand@courriel.example."
NOT_TEN = "Un numéro de mobile a dix chiffres, celui-ci en a {}. Par exemple : 06 39 98 12 34."
NOT_FIGURES = "Écrivez seulement des chiffres, par exemple : 06 39 98 12 34."
NOT_A_MOBILE = "Pour s’entraîner, le numéro doit commencer par 06 39 98, puis quatre chiffres au choix."


def tidy_email(typed: str) -> str:
    """An address as it is kept. Raises Refused."""
    address = "".join(typed.split()).lower()
    found = ADDRESS.fullmatch(address)
    if found is None or len(address) > MOST:
        raise Refused(NOT_AN_ADDRESS)
    if not any(found[1] == domain or found[1].endswith(f".{domain}") for domain in RESERVED_DOMAINS):
        raise Refused(ELSEWHERE if "." in found[1] else NOT_AN_ADDRESS)
    return address


def tidy_mobile(typed: str) -> str:
    """A number as it is kept, « 06 39 98 12 34 », however it was typed. Raises Refused."""
    number = re.sub(r"^(?:\+|00)33(?:\(0\))?", "0", re.sub(r"[\s.\-/]", "", typed))
    if not number.isascii() or not number.isdecimal():
        raise Refused(NOT_FIGURES)
    if len(number) != 10:
        raise Refused(NOT_TEN.format(len(number)))
    if not number.startswith(MOBILE):
        raise Refused(NOT_A_MOBILE)
    return " ".join(number[at : at + 2] for at in range(0, 10, 2))


def part_of_email(address: str) -> str:
    """« m•••@courriel.example »: enough to know it again, too little to copy."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def part_of_mobile(number: str) -> str:
    """« 06 •• •• •• 34 »."""
    return f"{number[:2]} •• •• •• {number[-2:]}" if len(number) > 4 else ""


@dataclass(frozen=True)
class Contact:
    """One way to reach the person: its column, its code, its words."""

    slug: str
    column: str
    purpose: CodePurpose
    channel: str
    act: type[Act]
    tidy: Callable[[str], str]
    partly: Callable[[str], str]
    name: str  # « votre adresse e-mail »
    same: str

    def of(self, record: Record) -> str:
        value: str = getattr(record, self.column)
        return value


CONTACTS = {
    contact.slug: contact
    for contact in (
        Contact(
            "email", "email", CodePurpose.EMAIL, "email", EmailChanged, tidy_email, part_of_email, "votre adresse e-mail",
            "C’est déjà votre adresse e-mail. Écrivez la nouvelle, ou revenez en arrière pour garder celle-ci.",
        ),
        Contact(
            "mobile", "phone", CodePurpose.MOBILE, "sms", MobileChanged, tidy_mobile, part_of_mobile, "votre numéro de mobile",
            "C’est déjà votre numéro de mobile. Écrivez le nouveau, ou revenez en arrière pour garder celui-ci.",
        ),
    )
}
