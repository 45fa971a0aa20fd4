"""The sheet that tries a printer before the cards are printed."""

from __future__ import annotations

from sandbox import qr, typesetting
from sandbox.workshops.cards import BANNER


def pdf(workshop: str, address: str, when: str) -> bytes:
    """One A4 page as a tagged PDF; its square opens the address."""
    data = {"title": "Feuille d’essai", "workshop": workshop, "address": address, "when": when, "banner": BANNER,
            "qr": qr.square(address).svg}
    return typesetting.pdf("workshops/trial_sheet.typ", data)
