"""What is printed beside the password, drawn from the card's own token: the code of the letter, and the three pictures.

Nothing of it is stored: the same card always gives the same, after a reset, an undo or a move to another machine.
"""

from __future__ import annotations

from itertools import permutations
from typing import NamedTuple

from sandbox.numbers import UNAMBIGUOUS
from sandbox.workshops.packs import draw

LETTER_CODE = 12  # signs of the temporary code (reference §1.1)


class Picture(NamedTuple):
    """A drawing of the easy sign-in: the name of its file, and its word."""

    slug: str
    label: str


PICTURES = (
    Picture("sun", "Soleil"), Picture("house", "Maison"), Picture("key", "Clé"), Picture("tree", "Arbre"),
    Picture("fish", "Poisson"), Picture("flower", "Fleur"), Picture("boat", "Bateau"), Picture("umbrella", "Parapluie"),
    Picture("star", "Étoile"), Picture("cup", "Tasse"), Picture("bicycle", "Vélo"), Picture("cat", "Chat"),
)
ORDERINGS = tuple(permutations(PICTURES, 3))  # 1 320: identification, not security


def letter_code(token: str) -> str:
    """The temporary code printed on the letter of the card with this token: 12 signs, none that looks like another."""
    return "".join(UNAMBIGUOUS[byte % len(UNAMBIGUOUS)] for byte in draw(token, "letter")[:LETTER_CODE])


def pictures(token: str) -> tuple[Picture, ...]:
    """The three pictures of the card with this token, in order."""
    return ORDERINGS[int.from_bytes(draw(token, "pictures")[:8]) % len(ORDERINGS)]
