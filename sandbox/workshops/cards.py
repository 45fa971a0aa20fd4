"""The cards that a trainer prints, cuts and hands out: what is on each, and the PDF of them all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typst

from sandbox import qr
from sandbox.config import HERE
from sandbox.workshops.people import PHOTO_PREFIX

BANNER = "Entraînement — personnes et données fictives"
STAMP = "FICTIF – ENTRAÎNEMENT"
A_PAGE = 8


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. A seat's shows a fictional Vitale card, a professional's their trade and place."""

    seat: int = 0  # 0 for a professional
    name: str
    identifier: str
    password: str
    url: str  # what the QR code opens
    nir: str = ""  # spaced, as printed
    serial: str = ""
    trade: str = ""
    place: str = ""

    @property
    def heading(self) -> str:
        return f"Place {self.seat} · {self.name}" if self.seat else self.name

    @property
    def square(self) -> qr.Square:
        return qr.square(self.url)

    @property
    def has_photo(self) -> bool:
        return self.serial.startswith(PHOTO_PREFIX)

    def told(self) -> dict[str, Any]:
        """For the PDF: everything it says is data."""
        return {
            "heading": self.heading, "name": self.name, "identifier": self.identifier, "password": self.password,
            "nir": self.nir, "serial": self.serial, "trade": self.trade, "place": self.place,
            "photo": self.has_photo, "qr": self.square.svg,
        }


def pages(cards: list[Card]) -> list[list[Card]]:
    """Eight a page; professionals begin a page of their own."""
    seats, others = [card for card in cards if card.seat], [card for card in cards if not card.seat]
    return [group[at : at + A_PAGE] for group in (seats, others) for at in range(0, len(group), A_PAGE)]


def pdf(title: str, cards: list[Card]) -> bytes:
    """The cards as a tagged PDF, eight an A4 page."""
    data = {
        "title": title, "banner": BANNER, "stamp": STAMP,
        "pages": [[card.told() for card in page] for page in pages(cards)],
    }
    made = typst.compile(
        _sheet(), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards="ua-1",
        ignore_system_fonts=True,
    )
    return bytes(made)


@lru_cache(maxsize=1)
def _sheet() -> bytes:
    return (HERE / "workshops" / "cards.typ").read_bytes()
