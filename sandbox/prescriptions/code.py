"""The code of a prescription: drawn as a square, signed for its workshop, read from a square, a photo or what is typed."""

from __future__ import annotations

import base64
import hmac
import json
import re
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app

from sandbox import numbers
from sandbox.db import db
from sandbox.documents import apart
from sandbox.errors import Refused
from sandbox.workshops.models import Workshop

PREFIX = "SANDBOX:"
SIGNATURE_LENGTH = 10
_OTHER_SQUARE = re.compile(r"^[a-z][a-z0-9+.-]*:|^www\.|\.(fr|com|org|net)\b", re.I)

NOTHING = "Il n’y a rien à lire. Tapez le numéro de l’ordonnance, ou choisissez une photo de son carré."
FORGED = (
    "Ce code a été modifié ou fabriqué : sa signature n’est pas la bonne. Ne délivrez rien et demandez au patient "
    "d’ouvrir son ordonnance devant vous."
)
ELSEWHERE = "Ce code vient d’un autre atelier. Seules les ordonnances de cet atelier se délivrent ici."
OTHER_SQUARE = (
    "Ce carré n’est pas celui d’une ordonnance d’entraînement : c’est celui d’un site, d’un réseau ou d’un autre service. "
    "Visez le carré imprimé au bas de l’ordonnance."
)
NOT_TRAINING = (
    "Ce numéro n’est pas celui d’une ordonnance d’entraînement : ils commencent tous par TEST. "
    "Ne tapez jamais ici le numéro d’une vraie ordonnance."
)
NEVER_USED = (
    "Un numéro d’ordonnance ne contient jamais 0, O, 1, I ni L, pour qu’on ne les confonde pas. "
    "Relisez le numéro, groupe par groupe."
)
WRONG_CHECK = (
    "Ce numéro contient une erreur de frappe. Son dernier signe est calculé à partir des autres pour la trouver, "
    "et il ne correspond pas. Relisez le numéro, groupe par groupe."
)
UNREADABLE = (
    "Aucun carré n’a pu être lu sur cette photo. Reprenez-la à la lumière, bien en face, sans flou, le carré au milieu "
    "et en entier. La photo d’une ordonnance papier ordinaire n’a pas de carré : elle ne se délivre pas ainsi."
)
NOT_A_PHOTO = "Ce fichier n’est pas une photo qui s’ouvre ici. Choisissez une photo JPEG ou PNG."


def payload(number: str, workshop_id: int) -> str:
    """What the square says: the number and a signature that only this workshop gives it."""
    return f"{PREFIX}{number}.{_signature(number, workshop_id)}"


def _signature(number: str, workshop_id: int) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(key, f"prescription:{workshop_id}:{number}".encode(), sha256).digest()
    return base64.b32encode(digest).decode()[:SIGNATURE_LENGTH]


def read(text: str, workshop_id: int) -> str:
    """The number that a square, or what was typed, names. Raises Refused with what is wrong and the cure."""
    text = text.strip()
    if not text:
        raise Refused(NOTHING)
    if text.upper().startswith(PREFIX):
        return _signed(text[len(PREFIX) :].upper(), workshop_id)
    if _OTHER_SQUARE.search(text):
        raise Refused(OTHER_SQUARE)
    return _typed(numbers.tidy_number(text))


def _signed(text: str, workshop_id: int) -> str:
    number, _, signature = text.partition(".")
    if not numbers.is_prescription_number(number):
        raise Refused(FORGED)
    if _is_signed(number, signature, workshop_id):
        return number
    others = db.session.scalars(sa.select(Workshop.id).where(Workshop.id != workshop_id))
    raise Refused(ELSEWHERE if any(_is_signed(number, signature, other) for other in others) else FORGED)


def _is_signed(number: str, signature: str, workshop_id: int) -> bool:
    return hmac.compare_digest(_signature(number, workshop_id).encode(), signature.encode())


def _typed(number: str) -> str:
    if not number.startswith(numbers.PRESCRIPTION_PREFIX):
        raise Refused(NOT_TRAINING)
    if len(number) != numbers.PRESCRIPTION_LENGTH:
        raise Refused(
            f"Un numéro d’ordonnance a {numbers.PRESCRIPTION_LENGTH} signes, celui-ci en a {len(number)}. "
            "Relisez le numéro, groupe par groupe."
        )
    if not set(number) <= set(numbers.UNAMBIGUOUS):
        raise Refused(NEVER_USED)
    if not numbers.is_prescription_number(number):
        raise Refused(WRONG_CHECK)
    return number


def read_photo(content: bytes) -> str:
    """What the square of a photo says; a square of ours first when there are several. Raises Refused."""
    if not content:
        raise Refused(NOTHING)
    try:
        found: list[str] = json.loads(apart.ask("squares", content))
    except apart.Failed:
        raise Refused(NOT_A_PHOTO) from None
    if not found:
        raise Refused(UNREADABLE)
    return min(found, key=lambda text: not text.upper().startswith(PREFIX))
