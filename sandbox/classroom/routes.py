"""Asking for help, and reading what the trainer says: live parts of every page, and the presses on them."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox.account.place import here
from sandbox.classroom import hands, words
from sandbox.classroom.section import bp, is_by_hand, page_left, person
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.exercises import touring
from sandbox.fragments import fragment

__all__ = ["bp"]


@bp.get("/main")
def hand() -> Response:
    """The live part of every page: ask for help, or see that help comes."""
    return fragment("classroom/_hand.html", hand=hands.up(here().workshop_id, person().seat))


@bp.post("/main")
def raise_hand() -> ResponseReturnValue:
    hands.raise_hand(here(), person().seat, _exercise())
    return _done()


@bp.post("/main/baisser")
def lower_hand() -> ResponseReturnValue:
    hands.lower(here().workshop_id, person().seat)
    return _done()


@bp.get("/mots")
def said() -> Response:
    """The live part on top of every page: what was said and is not read yet."""
    return fragment("classroom/_words.html", words=words.waiting(here().workshop_id, person().seat))


@bp.post("/mots/<ref>/lu")
def read(ref: str) -> ResponseReturnValue:
    words.read(here().workshop_id, person().seat, ref)
    return _done()


def _exercise() -> str:
    """The exercise whose page one asks from, else the one whose tour leads them there."""
    left = page_left()
    slug = left.partition("?")[0].removeprefix(url_for("exercises.index")).partition("/")[0]
    return slug if exercises.named(here().workshop_id, slug) else touring.leads_through(left)


def _done() -> ResponseReturnValue:
    """Back to the page left; a page that sends it by itself stays where it is, with what is typed there."""
    db.session.commit()
    return redirect(page_left()) if is_by_hand() else ("", 204)
