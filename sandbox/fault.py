"""Pages of errors: what happened, and the way on."""

from __future__ import annotations

import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError
from werkzeug.exceptions import BadRequest, HTTPException

from sandbox.db import db
from sandbox.errors import Refused
from sandbox.tenancy import WrongWorld

log = logging.getLogger(__name__)
TITLES = {
    403: "Vous n’avez pas accès à cette page",
    404: "Cette page n’existe pas ou n’est plus là",
    405: "Cette action n’est pas possible ainsi",
    413: "Le fichier est trop lourd",
    500: "Quelque chose n’a pas marché",
}


def _http(error: HTTPException) -> ResponseReturnValue:
    number = error.code or 500
    title = TITLES.get(number, "Cette demande n’a pas pu aboutir")
    return render_template("errors/error.html", title=title, number=number), number


def _refused(error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/refused.html", phrase=error.phrase), 422


def _wrong_world(error: WrongWorld) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/error.html", title=TITLES[404], number=404), 404


def _unreadable(error: DataError) -> ResponseReturnValue:
    """What no text or number of the store can be (PostgreSQL refuses a NUL sign): asked by hand, never by a page."""
    db.session.rollback()
    log.warning("the store cannot read what was asked", exc_info=True)
    return _http(BadRequest())


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(WrongWorld, _wrong_world)
    app.register_error_handler(DataError, _unreadable)
