"""Somebody goes to a firm to synchronise its service, and comes back: what the session remembers of the way (reference §1.9).

Each errand is of one person, one record, one service and one world; its answer serves once, and it dies after ten minutes.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from flask import session

from sandbox import tenancy
from sandbox.account.models import Record, User
from sandbox.clock import now

UNDER_WAY = "errands"  # in the session: those that have not come back yet, one for each open window
MOST = 3
LIFE = 10 * 60  # seconds, by the world's clock
AGREED, REFUSED = "accord", "refus"  # the answers, as addresses say them


@dataclass
class Errand:
    """`nonce` is the state that goes around with the person; `is_known` once the firm has recognised them."""

    nonce: str
    service: str
    record: str
    user: str
    world: int
    at: float
    is_known: bool = False
    answer: str = ""
    tie: str = ""  # the ref of what was agreed to

    @property
    def is_over(self) -> bool:
        return not 0 <= now().timestamp() - self.at < LIFE

    def is_of(self, user: User, record: Record, slug: str) -> bool:
        return (self.user, self.record, self.service, self.world) == (user.ref, record.ref, slug, _world())


def begin(user: User, record: Record, slug: str) -> Errand:
    errand = Errand(secrets.token_urlsafe(12), slug, record.ref, user.ref, _world(), now().timestamp())
    keep(errand)
    return errand


def find(nonce: str, user: User, record: Record, slug: str) -> Errand | None:
    """This person's errand of that name, over or not; None when it has served, was given up, or is not theirs."""
    return next((one for one in _all() if one.nonce == nonce and one.is_of(user, record, slug)), None)


def live(nonce: str, user: User, record: Record, slug: str) -> Errand | None:
    """The same, unless its time is past."""
    errand = find(nonce, user, record, slug)
    return None if errand is None or errand.is_over else errand


def again(errand: Errand) -> Errand:
    """The person was slow: the same errand under another name, for ten more minutes."""
    end(errand.nonce)
    errand.nonce, errand.at = secrets.token_urlsafe(12), now().timestamp()
    keep(errand)
    return errand


def keep(errand: Errand) -> None:
    """Remember where it has got to; of too many open windows, the oldest is forgotten."""
    others = [other for other in _all() if other.nonce != errand.nonce]
    _remember([*others, errand][-MOST:])


def end(nonce: str) -> None:
    """It has served, or was given up."""
    _remember([errand for errand in _all() if errand.nonce != nonce])


def _all() -> list[Errand]:
    return [Errand(**told) for told in session.get(UNDER_WAY, [])]


def _remember(errands: list[Errand]) -> None:
    session[UNDER_WAY] = [asdict(errand) for errand in errands]


def _world() -> int:
    where = tenancy.bound()
    return where.world_id if where else 0
