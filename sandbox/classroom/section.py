"""What passes between a seat and the trainer, on any page of a person whom this browser knows, signed in or not yet."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from sandbox import addresses
from sandbox.account import place
from sandbox.account.models import User
from sandbox.audience import Audience, of_request
from sandbox.classroom import hands, words
from sandbox.classroom.hands import Hand
from sandbox.classroom.words import Word
from sandbox.mailbox.section import ALONE

bp = Blueprint("classroom", __name__, url_prefix="/salle")


@dataclass(frozen=True)
class Signals:
    """The hand of a seat, while it is up, and what the trainer said to it."""

    hand: Hand | None
    words: list[Word]


@bp.before_request
def _guard() -> ResponseReturnValue | None:
    return None if place.is_somewhere() and place.holder() else redirect(url_for("account.join"))


def person() -> User:
    """Who sits there. Only to be asked behind the guard."""
    found = place.holder()
    assert found is not None  # noqa: S101
    return found


def known(user: User, hand: int | None, count: int) -> None:
    """A page has counted them already: only what there is will be looked for."""
    workshop = place.here().workshop_id
    g.signals = Signals(
        hands.up(workshop, user.seat) if hand else None, words.waiting(workshop, user.seat) if count else [],
    )


@bp.app_template_global()
def signals() -> Signals | None:
    """For any page of the learner's part; None where nobody is known, or where the device is only a phone."""
    if "signals" not in g:
        g.signals = _found()
    found: Signals | None = g.signals
    return found


def _found() -> Signals | None:
    if not request or of_request() is not Audience.LEARNER or not g.get("place") or ALONE in session:
        return None
    try:
        user, workshop = place.holder(), place.here().workshop_id
        return Signals(hands.up(workshop, user.seat), words.waiting(workshop, user.seat)) if user else None
    except SQLAlchemyError:  # the page of an error must not fail in its turn
        return None


def is_by_hand() -> bool:
    """Whether a person goes to another page; a page that is open asks for parts of itself without being left.

    On plain http a browser does not say it, but names HTML among what it takes. (Chrome has several « best » kinds.)
    """
    kind = request.headers.get("Sec-Fetch-Dest")
    return kind == "document" if kind else "text/html" in request.headers.get("Accept", "")


def page_left() -> str:
    """The page that held the form, when the browser says it."""
    return addresses.came_from() or "/"
