"""The cards that a trainer prints, cuts and hands out: what is on each, and the PDF of them all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sandbox import qr, typesetting
from sandbox.config import resources
from sandbox.workshops.people import PHOTO_PREFIX
from sandbox.workshops.printed import PICTURES, Picture

BANNER = "Entraînement — personnes et données fictives"
STAMP = "FICTIF – ENTRAÎNEMENT"
TO_ACTIVATE = "Activez votre espace : lisez votre courrier."
A_PAGE = 6  # eight would not let a person of 75 read the example card at arm's length


class Child(NamedTuple):
    """A child of a seat: a real parent knows the birth date that the activation asks, a made-up one is told it."""

    first_name: str
    born: str  # « née le »
    birth: str  # 12/03/2019


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. A seat's carries everything that the screens ask, a professional's their trade and place."""

    seat: int = 0  # 0 for a professional
    name: str
    identifier: str
    password: str
    url: str  # what the QR code opens
    nir: str = ""  # spaced, as printed
    serial: str = ""
    born: str = ""  # « Née le »
    birth: str = ""  # 12/03/1958
    email: str = ""
    phone: str = ""
    pictures: tuple[Picture, ...] = ()  # of the easy sign-in, in order
    todo: str = ""  # what to do first
    children: tuple[Child, ...] = ()
    trade: str = ""
    place: str = ""

    @property
    def square(self) -> qr.Square:
        return qr.square(self.url)

    @property
    def has_photo(self) -> bool:
        return self.serial.startswith(PHOTO_PREFIX)

    @property
    def births(self) -> list[tuple[str, str]]:
        """The children's first names and the day they were born, twins together."""
        groups = groupby(self.children, key=lambda child: child.birth)
        return [(" et ".join(child.first_name for child in born), day) for day, born in groups]

    def told(self) -> dict[str, Any]:
        """For the PDF: everything it says is data."""
        return asdict(self) | {
            "births": self.births, "photo": self.has_photo, "qr": self.square.svg, "phone": self.phone.replace(" ", "\u00a0"),
            "pictures": [picture._asdict() for picture in self.pictures],
        }


def pages(cards: list[Card]) -> list[list[Card]]:
    """Six a page; professionals begin a page of their own."""
    seats, others = [card for card in cards if card.seat], [card for card in cards if not card.seat]
    return [group[at : at + A_PAGE] for group in (seats, others) for at in range(0, len(group), A_PAGE)]


def pdf(title: str, cards: list[Card]) -> bytes:
    """The cards as a tagged PDF, six an A4 page."""
    data = {
        "title": title, "banner": BANNER, "stamp": STAMP, "drawings": drawings(),
        "pages": [[card.told() for card in page] for page in pages(cards)],
    }
    return typesetting.pdf("workshops/cards.typ", data)


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """The drawing of each picture, as SVG."""
    folder = resources("static") / "img" / "pictures"
    return {picture.slug: (folder / f"{picture.slug}.svg").read_text(encoding="utf-8") for picture in PICTURES}
