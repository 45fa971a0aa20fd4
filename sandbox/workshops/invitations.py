"""The letters that a trainer prints and hands out: « your space is created, it is yours to activate », one page a seat."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sandbox import french, qr, typesetting
from sandbox.numbers import grouped
from sandbox.workshops.cards import BANNER, STAMP, Child
from sandbox.workshops.fixtures import common

SENDER = ("Assurance Maladie (simulée)", "Caisse d’exercice de Valbrune", "2 place de l’Exercice", "00100 Valbrune")
PREPARE = (
    "votre carte Vitale d’exercice (elle est dessinée sur la carte de votre place) ;",
    "cette lettre, pour le code ci-dessous ;",
    "votre téléphone simulé, pour les messages.",
)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One letter: to whom, of which day, with which code and until when."""

    seat: int
    title: str  # « Madame »
    first_name: str
    name: str
    address: str
    sent: date
    last_day: date  # to object, and of the code
    code: str
    url: str  # what the QR code opens
    children: tuple[Child, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The addressee's, as on an envelope."""
        return [f"{self.title} {self.name}", *self.address.split(", ")]

    @property
    def code_in_groups(self) -> str:
        return grouped(self.code)

    @property
    def square(self) -> qr.Square:
        return qr.square(self.url)

    @property
    def subject(self) -> str:
        return str(common("letters")["invitation"]["subject"])

    @property
    def paragraphs(self) -> list[str]:
        """The same words as the e-mail; the title above and the banner below say the rest."""
        words: str = common("letters")["invitation"]["body"].format(first_name=self.first_name)
        return [paragraph.strip().replace("\n", " ") for paragraph in words.split("\n\n")]

    def told(self) -> dict[str, Any]:
        """For the PDF: everything it says is data."""
        return asdict(self) | {
            "children": [child._asdict() for child in self.children], "lines": self.lines, "sent": f"Le {french.long_date(self.sent)}", "last_day": french.long_date(self.last_day),
            "code": self.code_in_groups, "qr": self.square.svg, "subject": self.subject, "paragraphs": self.paragraphs,
        }


def pdf(title: str, letters: list[Invitation]) -> bytes:
    """The letters as a tagged PDF, one an A4 page."""
    return typesetting.pdf("workshops/invitation.typ", {
        "title": title, "banner": BANNER, "stamp": STAMP, "sender": SENDER, "prepare": PREPARE,
        "letters": [letter.told() for letter in letters],
    })
