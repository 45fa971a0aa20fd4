"""Pages of errors: what happened, and the way on."""

from __future__ import annotations

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from sandbox.db import db
from sandbox.errors import Refused
from sandbox.tenancy import WrongWorld

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


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(WrongWorld, _wrong_world)
