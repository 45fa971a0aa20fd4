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
from sandbox.prescriptions import others, service, typed
from sandbox.prescriptions.models import Prescription
from sandbox.prescriptions.problems import Unread
from sandbox.workshops.models import Workshop

PREFIX = "SANDBOX:"
SIGNATURE_LENGTH = 10
OURS = re.compile(rf"{PREFIX}({numbers.PRESCRIPTION_PREFIX}[{numbers.UNAMBIGUOUS}]+)\.(\w+)", re.ASCII)
NOTHING = "Il n’y a rien à lire. Tapez le numéro de l’ordonnance, ou choisissez une photo de son carré."
TOO_HEAVY = "Cette photo dépasse 15 Mo. Reprenez-la avec une qualité plus faible, ou tapez le numéro."
MOST_PHOTO = 15_000_000  # bytes
TROUBLES = ("dark", "blurred", "cropped", "spoiled")  # of a photo; otherwise there is no square on it


def payload(number: str, workshop_id: int) -> str:
    """What the square says: the number and a signature that only this workshop gives it."""
    return f"{PREFIX}{number}.{_signature(number, workshop_id)}"


def _signature(number: str, workshop_id: int) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(key, f"prescription:{workshop_id}:{number}".encode(), sha256).digest()
    return base64.b32encode(digest).decode()[:SIGNATURE_LENGTH]


def find(text: str, workshop_id: int) -> Prescription:
    """The prescription that a square, or what was typed, names. Raises Refused with what is wrong and the cure."""
    number = read(text, workshop_id)
    try:
        return service.find_by_number(number)
    except Refused:
        raise Unread("unknown", typed=numbers.grouped(number)) from None


def read(text: str, workshop_id: int) -> str:
    """The number that a square, or what was typed, names. Raises Refused with what is wrong and the cure."""
    text = text.encode("utf-8", "replace").decode().strip()
    if not text:
        raise Refused(NOTHING)
    if text.upper().startswith(PREFIX) and others.slug_of(text) != "identity":
        return _signed(text, workshop_id)
    if slug := others.slug_of(text):
        raise Unread(slug, seen=(text,) if slug == "identity" else ())
    return typed.number_of(text)


def _signed(text: str, workshop_id: int) -> str:
    """What is read must be, sign by sign, what a workshop of here draws."""
    found = OURS.fullmatch(text)
    if not found or not numbers.is_prescription_number(found[1]):
        raise Unread("forged")
    number, signature = found.groups()
    if _is_signed(number, signature, workshop_id):
        return number
    elsewhere = db.session.scalars(sa.select(Workshop.id).where(Workshop.id != workshop_id))
    raise Unread("elsewhere" if any(_is_signed(number, signature, other) for other in elsewhere) else "forged")


def _is_signed(number: str, signature: str, workshop_id: int) -> bool:
    return hmac.compare_digest(_signature(number, workshop_id).encode(), signature.encode())


def read_photo(content: bytes) -> str:
    """What the square of a photo says; the one of ours when there are others. Raises Refused with how to take it again."""
    if not content:
        raise Refused(NOTHING)
    if len(content) > MOST_PHOTO:
        raise Refused(TOO_HEAVY)
    try:
        seen = json.loads(apart.ask("squares", content, "why"))
    except apart.Failed:
        raise Unread("not-a-photo") from None
    found: list[str] = seen["texts"]
    if not found:
        raise Unread(seen["trouble"] if seen["trouble"] in TROUBLES else "paper")
    ours = tuple(text for text in found if OURS.fullmatch(text))
    if len(ours) > 1:
        raise Unread("several", seen=ours)
    return min(found, key=lambda text: (text not in ours, not text.startswith(PREFIX)))


def number_in(said: str) -> str:
    """The number that a square of ours says, as it is printed under it."""
    found = OURS.fullmatch(said)
    return numbers.grouped(found[1]) if found else ""
