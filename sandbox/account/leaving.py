"""Getting out: on purpose, for the next person, or because the session is over. Nothing of the person stays."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox import audience
from sandbox.account import place, service
from sandbox.account.arriving import known
from sandbox.account.section import bp
from sandbox.audience import Audience
from sandbox.comfort import choices as comfort
from sandbox.db import db

OUT = "Vous êtes déconnecté. Rien de vous ne reste sur cet ordinateur."
NEXT = "Rien de la personne d’avant ne reste ici. C’est à la personne suivante."


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    """Back to the door, which says what happened."""
    left = _leave()
    flash(OUT, "done")
    return redirect(url_for("account.sign_in", code=left.code, sorti=1) if left else url_for("account.join"))


@bp.post("/personne-suivante")
def next_person() -> ResponseReturnValue:
    """A shared computer is handed over in one press; the professional that the person before played here leaves too."""
    left = _leave()
    flash(NEXT, "done")
    easy = left and left.quick_entry and left.is_open
    door = url_for("account.seat" if easy else "account.sign_in", code=left.code) if left else url_for("account.join")
    response = make_response(redirect(door))
    audience.forget(response, Audience.PROFESSIONAL)
    return response


def _leave() -> place.Place | None:
    """Whoever was here is gone; the workshop that they were in, when there was one."""
    found = place.here() if place.is_somewhere() else None
    if current_user.is_authenticated:
        service.signed_out(current_user)
        db.session.commit()
    place.leave()
    comfort.put_back()
    return found


@bp.get("/session-terminee")
def session_over() -> ResponseReturnValue:
    """The session of whoever was here is over: signing in comes back to the page left."""
    found = known()
    if current_user.is_authenticated:  # the address of a page of before: nobody is put out
        return redirect(url_for("home.index"))
    for key in ("_user_id", "entered_at"):
        session.pop(key, None)
    return render_template("account/session_over.html", workshop=found)
