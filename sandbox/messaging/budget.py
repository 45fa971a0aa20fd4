"""How much a message may carry: the sum of its attachments, told before sending."""

from __future__ import annotations

from sandbox import french
from sandbox.errors import Refused
from sandbox.messaging.models import Draft

MOST = 10_000_000
TOO_MUCH = (
    "Cette pièce jointe pèse {size}, et il reste {left} dans ce message ({most} au plus en tout). "
    "Retirez une autre pièce jointe, ou envoyez celle-ci dans un second message."
)
TOO_HEAVY = "Cette pièce jointe pèse {size} : un message en porte {most} au plus. Choisissez-en une plus légère."


def used(draft: Draft) -> int:
    """The weight of what it carries already, in bytes."""
    return sum(piece.document.size for piece in draft.pieces)


def left(draft: Draft) -> int:
    """How many bytes it may still carry."""
    return max(0, MOST - used(draft))


def check(draft: Draft, size: int) -> None:
    """Whether there is room for one more. Raises Refused with the cure."""
    if size > left(draft):
        told = TOO_HEAVY if size > MOST else TOO_MUCH
        raise Refused(told.format(size=french.size(size), left=french.size(left(draft)), most=french.size(MOST)))


def told(draft: Draft) -> str:
    """« 2,3 Mo sur 10 Mo ; il reste 7,7 Mo »."""
    return f"{french.size(used(draft))} sur {french.size(MOST)} ; il reste {french.size(left(draft))}"
