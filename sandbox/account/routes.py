"""Getting in: the workshop's code or a card's QR, then identifier, password and six-digit code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import codes, place, service
from sandbox.account.forms import OneTimeCodeForm, SeatNumber, SignIn, WorkshopCode
from sandbox.account.models import CodePurpose, Life, Role, User
from sandbox.acts import SignedIn
from sandbox.db import db, writes_late
from sandbox.errors import Refused
from sandbox.mailbox.service import inbox

bp = Blueprint("account", __name__)
ELSEWHERE = {Life.CREATED: "enrolment.index", Life.OPPOSED: "opposition.index", Life.CLOSED: "reopening.index"}


@bp.route("/rejoindre", methods=["GET", "POST"])
def join() -> ResponseReturnValue:
    """The address a room is given: the workshop's code leads to sign-in."""
    form = WorkshopCode(request.form if request.method == "POST" else request.args)
    if request.method == "POST" and form.validate():
        if found := place.find_by_code(form.code.data or ""):
            return redirect(url_for("account.sign_in", code=found.code))
        form.code.errors = [place.NO_SUCH_WORKSHOP]
    return render_template("account/join.html", form=form), 422 if form.errors else 200


@bp.route("/atelier/<code>", methods=["GET", "POST"])
@writes_late
def sign_in(code: str) -> ResponseReturnValue:
    """Identifier and password; then the code leaves for the simulated phone."""
    found = _open_workshop(code)
    if found is None:
        flash(place.NO_SUCH_WORKSHOP, "error")
        return redirect(url_for("account.join"))
    form = SignIn()
    if form.validate_on_submit() and (user := _tried(form)):
        return _ask_for_code(user, found)
    return render_template("account/sign_in.html", form=form, workshop=found), 422 if form.errors else 200


@bp.route("/atelier/<code>/place", methods=["GET", "POST"])
def seat(code: str) -> ResponseReturnValue:
    """The workshop's code and a seat number: the quick way in, only where the trainer allows it."""
    found = _open_workshop(code)
    if found is None or not found.quick_entry:
        return redirect(url_for("account.sign_in", code=code))
    form = SeatNumber()
    if form.validate_on_submit():
        if user := service.seat_user(form.seat.data):
            return settle_in(user, found)
        form.seat.errors = ["Aucune place n’a ce numéro. Lisez-le en haut de votre carte, puis réessayez."]
    return render_template("account/seat.html", form=form, workshop=found), 422 if form.errors else 200


@bp.route("/carte/<token>", methods=["GET", "POST"])
def card(token: str) -> ResponseReturnValue:
    """A card's QR code: the sign-in page, ready filled; or straight in, where the trainer allows it."""
    printed = service.card(token) or abort(404)
    found = place.find_place(printed.workshop_id)
    if found is None:
        flash(place.NO_SUCH_WORKSHOP, "error")
        return redirect(url_for("account.join"))
    if printed.seat == 0:
        return redirect(url_for("pro.card", token=token))
    place.arrive(found)
    user = service.user_of(printed.ref) or abort(404)
    place.hold_phone_of(user)
    if request.method == "POST" and found.quick_entry:
        return settle_in(user, found)
    if user.record and not user.record.is_active:
        return _led_elsewhere(user.record.life)
    form = SignIn(identifier=printed.identifier, password=printed.password)
    return render_template("account/card.html", form=form, workshop=found, card=printed)


@bp.route("/connexion/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The six digits read on the simulated phone, shown beside the page."""
    user = pending()
    if user is None:
        return redirect(url_for("account.join"))
    form = OneTimeCodeForm()
    if form.validate_on_submit() and accepted(form, user, CodePurpose.SIGN_IN):
        return settle_in(user, place.here())
    return render_template("account/code.html", form=form, messages=inbox(user, 3)), 422 if form.errors else 200


@bp.post("/connexion/nouveau-code")
def new_code() -> ResponseReturnValue:
    user = pending()
    if user is None:
        return redirect(url_for("account.join"))
    codes.send(user, CodePurpose.SIGN_IN)
    db.session.commit()
    flash("Un nouveau code est arrivé sur le téléphone simulé.", "done")
    return redirect(url_for("account.code"))


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    place.leave()
    flash("Vous êtes déconnecté. Rien de vous ne reste sur cet ordinateur.", "done")
    return redirect(url_for("account.join"))


def _open_workshop(code: str) -> place.Place | None:
    found = place.find_by_code(code)
    if found:
        place.arrive(found)
    return found


def _tried(form: SignIn) -> User | None:
    try:
        return service.check_password(form.identifier.data or "", form.password.data or "", Role.LEARNER)
    except Refused as refused:
        db.session.commit()  # the count of wrong tries stays
        form.password.errors = [refused.phrase]
        return None


def _ask_for_code(user: User, found: place.Place) -> ResponseReturnValue:
    """The password is right: the second proof, unless there is no active space to enter."""
    session["pending"] = user.ref
    place.hold_phone_of(user)
    if user.record and not user.record.is_active:
        db.session.commit()
        return _led_elsewhere(user.record.life)
    codes.send(user, CodePurpose.SIGN_IN)
    db.session.commit()
    return redirect(url_for("account.code"))


def pending() -> User | None:
    """Who has given the right password, and not yet the second proof; None where no workshop is known."""
    return service.user_of(session["pending"]) if "pending" in session and place.is_somewhere() else None


def accepted(form: OneTimeCodeForm, user: User, purpose: CodePurpose) -> bool:
    """Whether the typed code is right; what is wrong is told beside the field."""
    try:
        codes.check(user, purpose, form.code.data or "")
    except Refused as refused:
        form.code.errors = [refused.phrase]
        return False
    finally:
        db.session.commit()
    return True


def settle_in(user: User, found: place.Place, by: type[SignedIn] = SignedIn, **about: Any) -> ResponseReturnValue:
    """Let somebody in whose identity is settled; whoever has no active space is led to what they can do about it."""
    if user.record and not user.record.is_active:
        session["pending"] = user.ref
        place.hold_phone_of(user)
        return _led_elsewhere(user.record.life)
    place.enter(user, found)
    service.signed_in(user, by, **about)
    db.session.commit()
    return redirect(place.page_left() or url_for("home.index"))


def _led_elsewhere(life: Life) -> ResponseReturnValue:
    return redirect(url_for(ELSEWHERE[life]))
