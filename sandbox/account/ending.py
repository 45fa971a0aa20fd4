"""A session that is over, a form of before, a room that is shut: each said kindly, and nothing lost."""

from __future__ import annotations

from flask import Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from sandbox import audience
from sandbox.account.place import SWITCHED, RoomShut, login
from sandbox.account.typed import page_of_the_form, typed
from sandbox.audience import Audience
from sandbox.db import db


def _form_is_too_old(error: CSRFError) -> ResponseReturnValue:
    """A page from before: of the former world, or of a session that is over."""
    if current_user.is_authenticated:
        what = "profile" if session.get(SWITCHED) else "world"
        return render_template(f"errors/{what}_changed.html", kept=typed()), 409
    return _given_back()


def _given_back() -> ResponseReturnValue:
    """What was sent after the end of the session is not done, and not lost."""
    session["next"], session["next_of"] = page_of_the_form(), session.get("_user_id")
    return render_template("errors/session_over.html", kept=typed(), sign_in=_sign_in_url()), 409


def _sign_in_url() -> str:
    endpoints = {Audience.TRAINER: "console.sign_in", Audience.PROFESSIONAL: "pro.sign_in"}
    if audience.of_request() is Audience.LEARNER and g.get("place"):
        return url_for("account.sign_in", code=g.place.code)  # the session is over, the room is still known
    return url_for(endpoints.get(audience.of_request(), "account.join"))


def _sign_in_first() -> ResponseReturnValue:
    """An expired session: sign in and come back to the page left, never to a live part of it, nor to somebody else's."""
    if request.method not in {"GET", "HEAD"}:
        return _given_back()
    was_in = session.get("_user_id") if "entered_at" in session else None
    if request.accept_mimetypes.best == "text/html":
        session["next"], session["next_of"] = request.full_path.rstrip("?"), was_in
    if was_in and audience.of_request() is Audience.LEARNER and g.get("place"):
        return redirect(url_for("account.session_over"))
    flash("Votre session est terminée ou n’a pas commencé. Connectez-vous pour continuer.", "info")
    return redirect(_sign_in_url())


def _room_is_shut(error: RoomShut) -> ResponseReturnValue:
    """Back at the door, which says when it opens."""
    db.session.rollback()
    flash(error.phrase, "info")
    return redirect(url_for("account.sign_in", code=error.code))


def init_app(app: Flask) -> None:
    login.unauthorized_handler(_sign_in_first)
    app.register_error_handler(CSRFError, _form_is_too_old)
    app.register_error_handler(RoomShut, _room_is_shut)
