"""The keyboard's shortcuts: Alt and a letter, listed at the foot of the page (static/js/keys.js)."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.prescriptions import problems
from sandbox.pro.zones import ZONES

LETTERS = dict(zip(ZONES, "dvhe", strict=True))


class Shortcut(NamedTuple):
    letter: str
    label: str
    href: str


def of(user: User, record: Record | None) -> list[Shortcut]:
    """What the keys do on this page; `record` is the one that is open."""
    found = [
        Shortcut("r", "Patients", url_for("pro.index", _anchor="q")),
        Shortcut("t", "Recherche par traits d’identité", url_for("pro.traits", _anchor="nom")),
        Shortcut("l", "Lire une carte", url_for("pro.read_card", _anchor="told")),
        Shortcut("g", "Messages", url_for("pro.conversations")),
    ]
    if may(user, To.HOLD_APPOINTMENTS):
        found.append(Shortcut("j", "Rendez-vous", url_for("pro.appointments")))
    if may(user, To.DISPENSE):
        found.append(Shortcut("c", problems.words_of(user)["title"], url_for("pro.counter", _anchor="number")))
    if record is not None:
        zones = ((LETTERS[name], label, url_for("pro.patient", ref=record.ref, volet=name)) for name, label in ZONES.items())
        found += [Shortcut(letter, f"Dossier : {label}", href) for letter, label, href in zones]
        found.append(Shortcut("p", "Déposer un document", url_for("pro.deposit", ref=record.ref)))
    if record is not None and may(user, To.PRESCRIBE, record):
        found.append(Shortcut("o", "Prescrire", url_for("pro.prescribe", ref=record.ref)))
    return found
