"""« Who is this? »: what the portal asks of an identity provider. Each question serves once, and dies after ten minutes."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum

from flask import session

from sandbox.clock import now

ASKED = "inquiries"  # in the session: the questions without an answer yet, one for each open window
MOST = 3
LIFE = 10 * 60  # seconds, by the world's clock


class Wish(StrEnum):
    """What the answer is for. The values are those of the address."""

    SIGN_IN = "connexion"
    ACTIVATION = "activation"


@dataclass
class Inquiry:
    """A question, as the session keeps it: never a secret, only who was recognised and what they allowed."""

    nonce: str
    wish: str
    provider: str
    at: float
    who: str = ""
    agreed: bool = False

    @property
    def is_over(self) -> bool:
        return not 0 <= now().timestamp() - self.at < LIFE


def wish_of(told: str | None) -> Wish:
    """What an address asks for; to sign in when it is nonsense."""
    return next((wish for wish in Wish if wish.value == told), Wish.SIGN_IN)


def begin(wish: Wish, provider: str) -> Inquiry:
    inquiry = Inquiry(secrets.token_urlsafe(12), wish.value, provider, now().timestamp())
    keep(inquiry)
    return inquiry


def find(nonce: str) -> Inquiry | None:
    """The question of that name, over or not; None when it was answered, given up, or never asked here."""
    return next((inquiry for inquiry in _all() if inquiry.nonce == nonce), None)


def keep(inquiry: Inquiry) -> None:
    """Remember where it has got to; of too many open windows, the oldest is forgotten."""
    others = [other for other in _all() if other.nonce != inquiry.nonce]
    _remember([*others, inquiry][-MOST:])


def end(nonce: str) -> None:
    """It has served, or was given up."""
    _remember([inquiry for inquiry in _all() if inquiry.nonce != nonce])


def _all() -> list[Inquiry]:
    return [Inquiry(**told) for told in session.get(ASKED, [])]


def _remember(inquiries: list[Inquiry]) -> None:
    session[ASKED] = [asdict(inquiry) for inquiry in inquiries]
