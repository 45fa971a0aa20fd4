"""The easy way in, while the trainer keeps it open: seat number, then the three pictures of the card, in order.

The same two steps say whose simulated phone a browser holds, whatever the trainer keeps open.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox.account import place, service
from sandbox.account.arriving import come_to, known, within
from sandbox.account.forms import SeatNumber
from sandbox.account.models import User
from sandbox.account.section import bp
from sandbox.account.settling import settle_in
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops.printed import PICTURES

KEPT = "easy"  # in the session: which seat, what for, and the pictures pressed so far
TO_ENTER, TO_HOLD = "enter", "phone"
EACH = 3
SLUGS = {picture.slug for picture in PICTURES}
NO_SUCH_SEAT = "Aucune place n’a ce numéro. Lisez-le en haut de votre carte, puis réessayez."
NOT_NOW = "L’entrée par le numéro de place n’est pas ouverte en ce moment. Entrez avec votre identifiant."


@bp.route("/atelier/<code>/place", methods=["GET", "POST"])
def seat(code: str) -> ResponseReturnValue:
    """The seat number, only while the trainer keeps the easy way open."""
    return _seat(_open_for(TO_ENTER, come_to(place.find_by_code(code))), TO_ENTER)


@bp.route("/prendre-un-telephone", methods=["GET", "POST"])
@bp.route("/atelier/<code>/telephone", methods=["GET", "POST"])
def phone(code: str = "") -> ResponseReturnValue:
    """Whose simulated phone this browser will hold; whoever is signed in holds theirs."""
    found = within(come_to(place.find_by_code(code)) if code else known())
    if current_user.is_authenticated:
        return redirect(url_for("mailbox.index"))
    return _seat(found, TO_HOLD)


@bp.route("/atelier/<code>/images", methods=["GET", "POST"])
def pictures(code: str) -> ResponseReturnValue:
    """The twelve pictures: each press comes back here, the third is checked."""
    way, found = session.get(KEPT, {}), come_to(place.find_by_code(code))
    user = service.seat_user(way.get("seat", 0))
    if user is None:
        return redirect(url_for("account.seat", code=found.code))
    _open_for(way["to"], found)
    if request.method == "POST":
        return _again(found, None) if user.is_locked else _press(user, found, way)
    until = user.locked_until if user.is_locked else None
    return render_template("account/pictures.html", workshop=found, pictures=PICTURES, each=EACH, until=until, **way)


def _open_for(to: str, found: place.Place) -> place.Place:
    within(found)
    if to == TO_ENTER and not found.quick_entry:
        flash(NOT_NOW, "info")
        abort(redirect(url_for("account.sign_in", code=found.code)))
    return found


def _seat(found: place.Place, to: str) -> ResponseReturnValue:
    form = SeatNumber()
    if form.validate_on_submit():
        if user := service.seat_user(form.seat.data):
            session[KEPT] = {"seat": user.seat, "to": to, "pressed": []}
            return _again(found)
        form.seat.errors = [NO_SUCH_SEAT]
    return render_template("account/seat.html", form=form, workshop=found, to=to), 422 if form.errors else 200


def _press(user: User, found: place.Place, way: dict[str, Any]) -> ResponseReturnValue:
    pressed, now = list(way["pressed"]), request.form.get("press", "")
    if "undo" in request.form:
        pressed = pressed[:-1]
    elif now in SLUGS and now not in pressed:
        pressed.append(now)
    session[KEPT] = way | {"pressed": pressed}
    return _checked(user, found, way | {"pressed": pressed}) if len(pressed) == EACH else _again(found)


def _checked(user: User, found: place.Place, way: dict[str, Any]) -> ResponseReturnValue:
    session[KEPT] = way | {"pressed": []}
    try:
        service.check_pictures(user, way["pressed"])
    except Refused as refused:
        db.session.commit()  # the count of wrong tries stays
        if not user.is_locked:  # the countdown says it
            flash(refused.phrase, "error")
        return _again(found, None)
    session.pop(KEPT)
    if way["to"] == TO_ENTER:
        return settle_in(user, found)
    db.session.commit()
    place.hold_phone_of(user)
    return redirect(url_for("mailbox.index"))


def _again(found: place.Place, where: str | None = "images") -> ResponseReturnValue:
    """The pictures at once, on a screen too small for the whole page; or the top of it, where something is said."""
    return redirect(url_for("account.pictures", code=found.code, _anchor=where))
