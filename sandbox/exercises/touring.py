"""The tour that is on in this browser, seen from the page that is being looked at; what it comes to is kept after the answer has left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user

from sandbox import addresses
from sandbox.account.place import here
from sandbox.db import db, writing
from sandbox.exercises import tours
from sandbox.exercises.service import Exercise
from sandbox.exercises.steps import PHONE, Step, Where
from sandbox.exercises.tours import Known
from sandbox.landmarks import LANDMARKS
from sandbox.tenancy import world

TOUR = "tour"  # in the session: the exercise whose tour is on, and « Étape précédente » (the step shown, while so many are done)


@dataclass(frozen=True)
class Tour:
    """What a page says of it. `step` is None when all are done; `way` leads back when the step is on another page."""

    exercise: Exercise
    reached: int
    shown: int
    step: Step | None
    way: str
    look: list[str]

    @property
    def count(self) -> int:
        return len(self.exercise.steps)

    @property
    def is_former(self) -> bool:
        return self.shown < self.reached


def is_on() -> bool:
    return TOUR in session and current_user.is_authenticated


def frame() -> dict[str, Any]:
    """For the pages that have no frame of the learner's part."""
    return {"tour": of_request()}


def begin(slug: str) -> None:
    session[TOUR] = {"slug": slug}


def end() -> None:
    session.pop(TOUR, None)


def show(step: int, reached: int) -> None:
    """Show a former step again, until another is done."""
    session[TOUR] = {"slug": session[TOUR]["slug"]} | ({"shown": step, "while": reached} if step < reached else {})


def of_request() -> Tour | None:
    """The tour as this page shows it: no question is asked when none is on."""
    if not is_on():
        return None
    if "toured" not in g:
        g.toured = of_page(_looked_at(), comes=True)
    tour: Tour | None = g.toured
    return tour


def of_page(where: Where, *, comes: bool = False) -> Tour | None:
    """The tour for somebody who looks at that page, or comes to it; what it comes to will be kept."""
    known = tours.known(here(), current_user.seat, session[TOUR]["slug"])
    if known is None:
        return None
    reached = known.reached(where, comes=comes)
    if reached > known.kept:
        g.advanced = known.attempt_id, reached
    return _shown(known, reached, where)


def leads_through(address: str) -> str:
    """The exercise whose tour leads somebody on that page; none when no tour is on or when it is over."""
    tour = of_page(page_at(address)) if is_on() else None
    return tour.exercise.slug if tour and tour.step else ""


def _shown(known: Known, reached: int, where: Where) -> Tour:
    told = session[TOUR]
    shown = min(told["shown"], reached) if told.get("while") == reached else reached
    if shown >= len(known.steps):
        return Tour(known.exercise, reached, shown, None, "", [])
    step, way = known.steps[shown], ""
    pointed = step
    if not step.fits(where, known.refs):
        pointed = next(one for one in (*reversed(known.steps[:shown]), known.steps[0]) if one.fits(where, known.refs) or one is known.steps[0])
        way = pointed.say if pointed is not step else ""
    return Tour(known.exercise, reached, shown, step, way, LANDMARKS[pointed.at].where(known.refs.get(pointed.of, "")))


def _looked_at() -> Where:
    return Where(request.endpoint or "", (request.view_args or {}).get("ref", ""), request.args.to_dict())


def page_at(address: str) -> Where:
    """The page that an address of this site leads to; nowhere when there is none."""
    endpoint, values = addresses.page_of(address)
    return Where(endpoint, str(values.get("ref", "")), dict(parse_qsl(address.partition("?")[2])))


# --- after the answer has left ------------------------------------------------------------------------------

def watch(response: Response) -> Response:
    """For the pages that a tour goes through: what was done is kept, and nobody waits for it."""
    if request.method != "GET" or response.status_code != 200 or not is_on():
        return response
    if request.blueprint == PHONE and "volet" in request.args:
        of_request()  # a screen of the phone beside the page shows no tour, and may be the place that it leads to
    if advanced := g.pop("advanced", None):
        app: Any = current_app
        where, seat = here(), current_user.seat
        app = app._get_current_object()
        response.call_on_close(lambda: _keep(app, where, seat, advanced))
    return response


def _keep(app: Flask, where: Any, seat: int, advanced: tuple[int, int]) -> None:
    """What cannot be kept is left: the next page finds it again."""
    with app.app_context(), writing():
        try:
            with world(where):
                tours.keep(where, seat, *advanced)
                db.session.commit()
        except Exception:
            app.logger.exception("the tour of seat %s was not kept", seat)
