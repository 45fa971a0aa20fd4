"""Pages from which the trainer makes something happen at the seats, and reads what happened or is planned."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock, french
from sandbox.console import desk, happening_forms, improvising, overview, planning, triggers
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of
from sandbox.console.happening_forms import ForSeatsSometime
from sandbox.console.told import told_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.workshops import planned
from sandbox.workshops.models import Workshop
from sandbox.workshops.packs import Item
from sandbox.workshops.planned import Happening, Wish

NAMED = 4  # people whose names are told; more are counted


@bp.route("/<code>/faire-arriver", methods=["GET", "POST"])
def trigger(code: str) -> ResponseReturnValue:
    """Something that the pack's author prepared."""
    workshop = open_workshop_of(code)
    seats = overview.seat_names(workshop)
    form = happening_forms.run_trigger(triggers.prepared(workshop), seats, request.args.get("slug"))
    if form.validate_on_submit():
        deed = triggers.named(workshop, form.slug.data)
        return _made(workshop, form, deed["title"], deed)
    return render_template("console/trigger.html", workshop=workshop, form=form), 422 if form.errors else 200


@bp.route("/<code>/improviser", methods=["GET", "POST"])
def improvise(code: str) -> ResponseReturnValue:
    """Something that the trainer thinks of now."""
    workshop = open_workshop_of(code)
    people = [(slug, name) for _, slug, name in overview.professionals(workshop)]
    form = improvising.improvise(people, overview.seat_names(workshop))
    if form.validate_on_submit():
        return _made(workshop, form, form.label, form.deed())
    return render_template("console/improvise.html", workshop=workshop, form=form), 422 if form.errors else 200


@bp.route("/<code>/service", methods=["GET", "POST"])
def service(code: str) -> ResponseReturnValue:
    """A service of the catalogue stops, comes back, changes, or its device sends a measure."""
    workshop = open_workshop_of(code)
    form = happening_forms.act_on_service(overview.seat_names(workshop))
    if form.validate_on_submit():
        return _made(workshop, form, form.label, form.deed())
    return render_template("console/service.html", workshop=workshop, form=form), 422 if form.errors else 200


def _made(workshop: Workshop, form: ForSeatsSometime, label: str, deed: Item) -> ResponseReturnValue:
    """Now, or written down for later; then the page that tells both."""
    wish, moment = Wish(label, deed, form.chosen), form.moment
    if moment is None:
        _say(workshop, planning.do_now(desk.trainer(), workshop, wish))
    else:
        planning.plan(desk.trainer(), workshop, wish, moment)
        flash(f"C’est prévu {french.at(moment, clock.real_now().date())}, pour {_whom(workshop, wish.seats)}.", "done")
    db.session.commit()
    return redirect(url_for("console.happenings", code=workshop.code))


def _say(workshop: Workshop, happening: Happening) -> None:
    if happening.reached:
        flash(f"C’est fait, pour {_whom(workshop, happening.reached)}.", "done")
    for why in dict.fromkeys(why for _, why in happening.missed):
        who = _whom(workshop, [seat for seat, reason in happening.missed if reason == why])
        flash(f"Rien n’est arrivé pour {who}. {why}", "warning")


def _whom(workshop: Workshop, seats: list[int]) -> str:
    """« Marie Dubois et Jean Petit », « 12 personnes »."""
    names = dict(overview.seat_names(workshop))
    return french.listed([names[seat].partition(" · ")[2] for seat in seats]) if len(seats) < NAMED else f"{len(seats)} personnes"


@bp.get("/<code>/evenements")
def happenings(code: str) -> ResponseReturnValue:
    """What is planned, and what happened."""
    workshop = ready_workshop_of(code)
    return render_template("console/happenings.html", workshop=workshop, **_listed(workshop))


@bp.get("/<code>/evenements/liste")
def happenings_list(code: str) -> Response:
    """The live part of that page."""
    workshop = ready_workshop_of(code)
    return fragment("console/_happenings.html", workshop=workshop, **_listed(workshop))


@bp.get("/<code>/evenements/bientot")
def coming(code: str) -> Response:
    """The live part of the room's page: what comes next."""
    workshop = ready_workshop_of(code)
    return fragment("console/_coming.html", workshop=workshop, to_come=told_of(workshop, planned.to_come(workshop)))


@bp.get("/<code>/evenements/veille")
def watch(code: str) -> Response:
    """On every page of the workshop: when it has to look again."""
    return fragment("layouts/_watch.html", next_moment=planned.next_of(ready_workshop_of(code).code))


def _listed(workshop: Workshop) -> dict[str, object]:
    return {"to_come": told_of(workshop, planned.to_come(workshop)), "past": told_of(workshop, planned.past(workshop))}


@bp.post("/<code>/evenements/<ref>/arreter")
def stop(code: str, ref: str) -> ResponseReturnValue:
    """It will not happen."""
    workshop = open_workshop_of(code)
    try:
        stopped = planned.stop(workshop, ref)
        db.session.commit()
        flash(f"C’est arrêté : « {stopped.label} » n’arrivera pas.", "done")
    except Refused as refused:
        flash(refused.phrase, "warning")
    return redirect(url_for("console.happenings", code=workshop.code))
