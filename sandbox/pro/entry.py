"""Getting in: the workshop's code with identifier and password, or a professional's card."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import live_stream
from sandbox.account import place
from sandbox.account import service as account
from sandbox.account.models import Role, User
from sandbox.comfort import choices as comfort
from sandbox.db import db, writes_late
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.pro.forms import SignIn
from sandbox.pro.portal import audiences, bp


@bp.route("/connexion", methods=["GET", "POST"])
@writes_late
def sign_in() -> ResponseReturnValue:
    """Workshop, identifier, password: straight to the patients, without a code."""
    form = SignIn()
    if form.validate_on_submit() and (found := _workshop(form)) and (user := _tried(form)):
        return _enter(user, found)
    return render_template("pro/sign_in.html", form=form), 422 if form.errors else 200


@bp.route("/carte/<token>", methods=["GET", "POST"])
def card(token: str) -> ResponseReturnValue:
    """A professional's card: the sign-in page ready filled, or straight in where the trainer allows it."""
    printed = account.card(token) or abort(404)
    if printed.seat:
        return redirect(url_for("account.card", token=token))
    found = place.find_place(printed.workshop_id)
    if found is None:
        flash(place.NO_SUCH_WORKSHOP, "error")
        return redirect(url_for("pro.sign_in"))
    if request.method == "POST" and found.quick_entry:
        place.go_to(found)
        return _enter(account.user_of(printed.ref) or abort(404), found)
    form = SignIn(code=found.code, identifier=printed.identifier, password=printed.password)
    return render_template("pro/card.html", form=form, workshop=found, card=printed)


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    place.leave()
    comfort.put_back()
    flash("Vous êtes déconnecté de l’espace du professionnel.", "done")
    return redirect(url_for("pro.sign_in"))


@bp.get("/aujourdhui")
def today() -> Response:
    """The live part of the banner: the workshop's date, when the trainer has moved its clock."""
    return fragment("layouts/_today.html")


@bp.get("/direct")
def stream() -> Response:
    """What changed, as it changes."""
    return live_stream.answer(audiences())


def _workshop(form: SignIn) -> place.Place | None:
    found = place.find_by_code(form.code.data or "")
    if found is None:
        form.code.errors = (place.NO_SUCH_WORKSHOP,)
        return None
    place.go_to(found)
    return found


def _tried(form: SignIn) -> User | None:
    try:
        return account.check_password(form.identifier.data or "", form.password.data or "", Role.PROFESSIONAL)
    except Refused as refused:
        db.session.commit()  # the count of wrong tries stays
        form.password.errors = (refused.phrase,)
        return None


def _enter(user: User, found: place.Place) -> ResponseReturnValue:
    place.enter(user, found)
    account.signed_in(user)
    db.session.commit()
    return redirect(place.page_left() or url_for("pro.index"))
