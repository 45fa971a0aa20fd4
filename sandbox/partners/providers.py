"""The identity providers of the simulated FranceConnect, and how one recognises somebody: by the printed card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sandbox.account import codes
from sandbox.account.models import User
from sandbox.account.service import count_afresh, user_of
from sandbox.db import begin_writing, let_go
from sandbox.errors import Refused
from sandbox.workshops.fixtures import common
from sandbox.workshops.service import matches

WRONG = (
    "L’identifiant ou le mot de passe n’est pas le bon. Ici, ce sont toujours ceux de votre carte : "
    "vérifiez les majuscules et le tiret, puis réessayez."
)


@dataclass(frozen=True)
class Provider:
    """A site where people have an account already, and which says who they are."""

    slug: str
    name: str
    what: str
    icon: str
    tone: str
    available: bool


@lru_cache(maxsize=1)
def providers() -> tuple[Provider, ...]:
    return tuple(Provider(**told) for told in common("providers")["provider"])


def find(slug: str) -> Provider | None:
    """The provider of that name, when it answers today."""
    return next((provider for provider in providers() if provider.slug == slug and provider.available), None)


def recognise(identifier: str, password: str) -> User:
    """Whose card says this, whatever they chose on the portal since. Raises Refused; five wrong tries lock them a minute.

    The hash is compared before the transaction that writes. The caller commits even when it is refused.
    """
    card = codes.card_named(identifier.strip().lower())
    user = user_of(card.ref) if card else None
    if user:
        codes.need_unlocked(user)
    let_go()
    right = matches(password.strip(), card.password_hash if card else "")
    begin_writing()
    if user is None:
        raise Refused(WRONG)
    count_afresh(user)
    codes.need_unlocked(user)
    if not right:
        codes.miss(user)
        raise Refused(WRONG)
    return user
