"""What stands before the sign-in: pages of a known workshop, whose room is open, for people not signed in yet."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import place


def antechamber(name: str, import_name: str, prefix: str) -> Blueprint:
    """A blueprint of the way in or out: it needs to know the workshop, and its room must be open."""
    bp = Blueprint(name, import_name, url_prefix=prefix)
    bp.before_request(_guard)
    bp.context_processor(frame)
    return bp


def _guard() -> ResponseReturnValue | None:
    if not place.is_somewhere():
        flash("Dites d’abord dans quel atelier vous êtes.", "info")
        return redirect(url_for("account.join"))
    if not place.here().is_open:
        raise place.RoomShut(place.here().code)
    return None


def frame() -> dict[str, Any]:
    """What the layout of these pages shows: the workshop, and the simulated phone once it is known whose it is."""
    holder = place.holder() if place.is_somewhere() else None
    return {
        "door": SimpleNamespace(code=place.here().code, name=place.here().name) if place.is_somewhere() else None,
        "holder": holder,
    }
