"""At the door of a workshop: which one, and whether its room is open."""

from __future__ import annotations

from flask import abort, flash, redirect, session, url_for
from flask_login import current_user

from sandbox.account import place
from sandbox.account.models import User
from sandbox.account.settling import about_to_enter


def come_to(found: place.Place | None) -> place.Place:
    """This browser is at the door of a workshop; what it knew of another one is forgotten."""
    if found is None:
        flash(place.NO_SUCH_WORKSHOP, "error")
        abort(redirect(url_for("account.join")))
    if session.get("workshop") not in {None, found.workshop_id}:
        place.leave()
    place.arrive(found)
    return found


def within(found: place.Place) -> place.Place:
    """The same, once its room is open: until then, the door says what is being waited for."""
    if not found.is_open:
        abort(redirect(url_for("account.sign_in", code=found.code)))
    return found


def known() -> place.Place:
    """The workshop that this browser is in already."""
    if not place.is_somewhere():
        flash("Dites d’abord dans quel atelier vous êtes.", "info")
        abort(redirect(url_for("account.join")))
    return place.here()


def half_way() -> User:
    """Who has given the right password and must prove it is them; whoever has not is led to where they are."""
    found = within(known())
    user = about_to_enter()
    if user is None:
        inside = current_user.is_authenticated
        abort(redirect(url_for("home.index") if inside else url_for("account.sign_in", code=found.code)))
    return user
