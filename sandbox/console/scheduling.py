"""The page of the timeline: what comes by itself, and the trainer's hand on it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock
from sandbox.console import desk, planning, unfolding
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of
from sandbox.console.told import told_of, whom
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.workshops import planned
from sandbox.workshops.models import Workshop

SAID = {
    "lancer": "Le déroulé est lancé.", "pause": "Le déroulé est en pause : rien n’arrive tout seul.",
    "reprendre": "Le déroulé reprend. Chaque moment attend ce qui lui restait.", "arreter": "Le déroulé est arrêté. Rien d’autre n’arrivera tout seul.",
}


@bp.get("/<code>/deroule")
def timeline(code: str) -> ResponseReturnValue:
    """The moments, with their hour once it is started."""
    workshop = open_workshop_of(code)
    return render_template("console/timeline.html", workshop=workshop, **_shown(workshop))


@bp.get("/<code>/deroule/liste")
def timeline_list(code: str) -> Response:
    """The live part of that page."""
    workshop = ready_workshop_of(code)
    return fragment("console/_timeline.html", workshop=workshop, **_shown(workshop))


def _shown(workshop: Workshop) -> dict[str, object]:
    played = unfolding.present(workshop)
    told = told_of(workshop, unfolding.of(played)) if played else []
    return {
        "played": played, "is_on": unfolding.is_on(played), "told": told, "today": clock.real_now().date(),
        "following": next((one for one in told if one.is_to_come), None),
        "moments": [(one, whom(one.wish.seats, workshop.seats)) for one in unfolding.moments(workshop)],
    }


@bp.post("/<code>/deroule/<any(lancer, pause, reprendre, arreter):what>")
def conduct(code: str, what: str) -> ResponseReturnValue:
    """Start it, pause it, take it up again, stop it."""
    verbs: dict[str, Callable[[Workshop], None]] = {
        "lancer": lambda workshop: unfolding.start(desk.trainer(), workshop),
        "pause": unfolding.pause, "reprendre": unfolding.resume, "arreter": unfolding.stop,
    }
    return _changed(code, verbs[what], SAID[what])


@bp.post("/<code>/deroule/<ref>/passer")
def skip(code: str, ref: str) -> ResponseReturnValue:
    """One moment will not come."""
    return _changed(code, lambda workshop: planned.stop(workshop, ref), "Ce moment est passé : il n’arrivera pas.")


@bp.post("/<code>/deroule/<ref>/maintenant")
def fire(code: str, ref: str) -> ResponseReturnValue:
    """One moment comes at once."""
    return _changed(code, lambda workshop: planning.hasten(workshop, ref), "C’est fait : ce moment est arrivé.")


def _changed(code: str, verb: Callable[[Workshop], object], said: str) -> ResponseReturnValue:
    """Do it; what is due by now happens before anybody looks."""
    try:
        verb(open_workshop_of(code))
        db.session.commit()
        flash(said, "done")
    except Refused as refused:
        db.session.rollback()
        flash(refused.phrase, "warning")
    planning.settle(code)
    return redirect(url_for("console.timeline", code=code))
