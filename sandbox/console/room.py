"""The room: opened and shut, its seats, its live board, what is projected."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import access, clock, french, live, live_stream, qr, serving
from sandbox.console import advancing, boards, desk, helping, hours, overview, triggers, undoing
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of, workshop_of
from sandbox.console.forms import OpenRoom, RoomSettings
from sandbox.console.told import told_of
from sandbox.db import db
from sandbox.fragments import fragment
from sandbox.workshops import opening, planned, service, upkeep
from sandbox.workshops.models import Workshop


@bp.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """The page that stays open during the workshop."""
    workshop = workshop_of(code)
    if workshop.world_id is None:
        return render_template("console/unfinished.html", workshop=workshop)
    address = serving.public("/rejoindre")
    return render_template(
        "console/show.html", workshop=workshop, board=boards.board(workshop), face=advancing.face(workshop),
        undoable=undoing.undoable(workshop), next_return=hours.next_of(workshop), raised=helping.raised(workshop),
        triggers=triggers.prepared(workshop), to_come=told_of(workshop, planned.to_come(workshop)), professionals=overview.professionals(workshop),
        address=desk.spoken(address), is_local=serving.is_local(address), form=OpenRoom(), until=_until(workshop),
    )


@bp.post("/<code>/ouvrir")
def open_room(code: str) -> ResponseReturnValue:
    """From now on people can enter, for as long as was chosen."""
    workshop, form = open_workshop_of(code), OpenRoom()
    hours = form.hours.data if form.validate_on_submit() else form.hours.default
    service.open_room(workshop, timedelta(hours=hours))
    return _told(workshop, f"La salle est ouverte {_until(workshop)}. Projetez le code : on peut entrer.")


@bp.post("/<code>/prolonger")
def prolong_room(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    service.prolong_room(workshop)
    return _told(workshop, f"C’est prolongé : la salle est ouverte {_until(workshop)}.")


@bp.post("/<code>/fermer")
def shut_room(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    service.shut_room(workshop)
    return _told(workshop, "La salle est fermée. Les personnes déjà entrées peuvent finir.")


def _until(workshop: Workshop) -> str:
    return french.until(workshop.open_until, clock.today()) if workshop.open_until else ""


def _told(workshop: Workshop, phrase: str) -> ResponseReturnValue:
    db.session.commit()
    flash(phrase, "done")
    return redirect(url_for("console.show", code=workshop.code))


@bp.post("/<code>/preparer")
def finish(code: str) -> ResponseReturnValue:
    """Mend an opening that was cut short."""
    workshop = workshop_of(code)
    if workshop.world_id is None:
        opening.first_world(workshop)
    upkeep.later(workshop.id)
    return redirect(url_for("console.show", code=workshop.code))


@bp.get("/<code>/salle")
def room_state(code: str) -> Response:
    """The live part that says whether people can enter."""
    workshop = ready_workshop_of(code)
    return fragment("console/_room.html", workshop=workshop, until=_until(workshop))


@bp.get("/<code>/direct")
def stream(code: str) -> Response:
    """What changes in the room, as it changes. A page left open on a workshop erased since hears nothing, and complains of nothing."""
    workshop = desk.even_erased_workshop_of(code)
    audiences = live.audience_of_room(workshop.id), live.audience_of_workshop(workshop.id)
    return live_stream.answer(audiences)


@bp.get("/<code>/projection")
def projection(code: str) -> ResponseReturnValue:
    """What the room reads on the wall."""
    workshop = ready_workshop_of(code)
    address, entrance = serving.public("/rejoindre"), serving.public(url_for("account.sign_in", code=workshop.code))
    return render_template(
        "console/projection.html", workshop=workshop, board=boards.board(workshop), address=desk.spoken(address),
        is_local=serving.is_local(address), square=qr.square(entrance),
    )


@bp.get("/<code>/jouer/<ref>")
def play(code: str, ref: str) -> ResponseReturnValue:
    """Become a professional of this workshop, by their card."""
    cards = service.credentials(workshop_of(code))
    card = next((card for card in cards if card.ref == ref and not card.seat), None) or abort(404)
    return redirect(url_for("pro.card", token=card.token))


@bp.route("/<code>/reglages", methods=["GET", "POST"])
def settings(code: str) -> ResponseReturnValue:
    """How people get in; and the end of the workshop."""
    workshop = workshop_of(code)
    form = RoomSettings(quick_entry=workshop.quick_entry, territory=workshop.territory)
    if form.validate_on_submit():
        workshop.quick_entry = form.quick_entry.data
        workshop.territory = " ".join((form.territory.data or "").split())
        db.session.commit()
        flash("Le réglage est enregistré.", "done")
        return redirect(url_for("console.show", code=workshop.code))
    return render_template("console/settings.html", workshop=workshop, form=form, holds=access.holds(desk.trainer(), workshop)), 422 if form.errors else 200
