"""The room: its seats, its live board, what is projected and what is printed."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import live, live_stream, qr
from sandbox.console import desk, overview, triggers
from sandbox.console.desk import bp, workshop_of
from sandbox.console.forms import RoomSettings
from sandbox.db import db
from sandbox.fragments import fragment
from sandbox.workshops import cards as printed
from sandbox.workshops import opening, service, upkeep
from sandbox.workshops.models import Workshop


@bp.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """The page that stays open during the workshop."""
    workshop = workshop_of(code)
    if workshop.world_id is None:
        return render_template("console/unfinished.html", workshop=workshop)
    address = desk.public("/rejoindre")
    return render_template(
        "console/show.html", workshop=workshop, board=overview.board(workshop), undoable=overview.undoable(workshop),
        triggers=triggers.prepared(workshop), professionals=overview.professionals(workshop),
        address=desk.spoken(address), is_local=desk.is_local(address),
    )


@bp.post("/<code>/preparer")
def finish(code: str) -> ResponseReturnValue:
    """Mend an opening that was cut short."""
    workshop = workshop_of(code)
    if workshop.world_id is None:
        opening.first_world(workshop)
    upkeep.later(workshop.id)
    return redirect(url_for("console.show", code=workshop.code))


@bp.get("/<code>/tableau")
def board(code: str) -> Response:
    """The live part of the room's page."""
    workshop = _ready(code)
    return fragment("console/_board.html", board=overview.board(workshop))


@bp.get("/<code>/direct")
def stream(code: str) -> Response:
    """What changes in the room, as it changes."""
    workshop = workshop_of(code)
    audiences = live.audience_of_room(workshop.id), live.audience_of_workshop(workshop.id)
    return live_stream.answer(audiences)


@bp.get("/<code>/projection")
def projection(code: str) -> ResponseReturnValue:
    """What the room reads on the wall."""
    workshop = _ready(code)
    address, entrance = desk.public("/rejoindre"), desk.public(url_for("account.sign_in", code=workshop.code))
    return render_template(
        "console/projection.html", workshop=workshop, board=overview.board(workshop), address=desk.spoken(address),
        is_local=desk.is_local(address), square=qr.square(entrance),
    )


@bp.get("/<code>/projection/avancement")
def progress(code: str) -> Response:
    """The live part of what is projected: no names."""
    return fragment("console/_progress.html", board=overview.board(_ready(code)))


@bp.get("/<code>/cartes")
def cards(code: str) -> ResponseReturnValue:
    """The cards as a page to print."""
    workshop = _ready(code)
    sheets = printed.pages(overview.cards(workshop, desk.public("/")))
    return render_template("console/cards.html", workshop=workshop, sheets=sheets, stamp=printed.STAMP)


@bp.get("/<code>/cartes.pdf")
def cards_pdf(code: str) -> Response:
    """The same as a PDF."""
    workshop = _ready(code)
    content = printed.pdf(f"Cartes de l’atelier {workshop.code}", overview.cards(workshop, desk.public("/")))
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="cartes-{workshop.code}.pdf"'
    return response


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
    form = RoomSettings(quick_entry=workshop.quick_entry)
    if form.validate_on_submit():
        workshop.quick_entry = form.quick_entry.data
        db.session.commit()
        flash("Le réglage est enregistré.", "done")
        return redirect(url_for("console.show", code=workshop.code))
    return render_template("console/settings.html", workshop=workshop, form=form)


@bp.post("/<code>/terminer")
def close(code: str) -> ResponseReturnValue:
    """Nobody gets in any more."""
    workshop = workshop_of(code)
    service.close(workshop)
    db.session.commit()
    flash(f"L’atelier « {workshop.name} » est terminé.", "done")
    return redirect(url_for("console.index"))


def _ready(code: str) -> Workshop:
    workshop = workshop_of(code)
    if workshop.world_id is None:
        abort(404)
    return workshop
