"""A paused room: pages that are open get a veil, and what stays on them stays; a page asked for meanwhile waits."""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import place
from sandbox.account.place import Place
from sandbox.audience import Audience, is_watched, of_request
from sandbox.classroom.section import is_by_hand
from sandbox.fragments import fragment

bp = Blueprint("veil", __name__, url_prefix="/pause")
NEVER = {"assets", "feed", "veil"}


@bp.get("/")
def state() -> ResponseReturnValue:
    """The live part of every page of the learner's part: what the veil says, or nothing."""
    if not place.is_somewhere():
        return redirect(url_for("account.join"))
    return fragment("classroom/_pause.html", room=place.here())


@bp.before_app_request
def _wait() -> ResponseReturnValue | None:
    """A page asked for during a pause waits at its own address. What a form sends is done: nothing is lost."""
    if not _is_page() or is_watched() or not (found := learners_room()) or not found.is_paused:
        return None
    page = Response(render_template("classroom/paused.html", room=found))
    g.is_fragment = True  # nobody has moved: where the person is stays as it was
    return page


def _is_page() -> bool:
    return request.method == "GET" and is_by_hand() and request.blueprint not in NEVER


@bp.app_template_global()
def learners_room() -> Place | None:
    """The room that this page is in, when it is a learner's."""
    if not request or of_request() is not Audience.LEARNER or is_watched():
        return None
    found: Place | None = g.get("place")
    return found
