"""Getting in: the workshop's code or a card's QR, then identifier and password."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox.account import codes, easy, leaving, place, recovery, second, service, trial
from sandbox.account.arriving import come_to, within
from sandbox.account.forms import SignIn, WorkshopCode
from sandbox.account.models import CodePurpose, Role, User
from sandbox.account.section import bp
from sandbox.account.settling import await_proof, led_elsewhere, settle_in
from sandbox.db import db, writes_late
from sandbox.errors import Refused
from sandbox.workshops.models import Credential

__all__ = ["bp", "easy", "leaving", "recovery", "second", "trial"]


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
    found = come_to(place.find_by_code(code))
    if not found.is_open:
        return render_template("account/shut.html", workshop=found)
    form = SignIn()
    if form.validate_on_submit() and (user := _tried(form)):
        return _ask_for_code(user)
    inside = current_user.name if current_user.is_authenticated else ""
    return render_template("account/sign_in.html", form=form, workshop=found, inside=inside), 422 if form.errors else 200


@bp.get("/carte/<token>")
def card(token: str) -> ResponseReturnValue:
    """A card's QR code. Its address is the key of the seat: the browser is led on at once, and the arrow never comes back here."""
    printed = service.card(token) or abort(404)
    if printed.seat == 0:
        return redirect(url_for("pro.card", token=token))
    user, found = _at_the_door(printed)
    place.hold_phone_of(user)
    if user.record and not user.record.is_active:  # the card bears the password: it settles who this is
        return led_elsewhere(user.record.life) if _chose_another(user, printed) else settle_in(user, found)
    session["card"] = token
    return redirect(url_for("account.own_card"))


@bp.route("/carte/", methods=["GET", "POST"])
def own_card() -> ResponseReturnValue:
    """The sign-in page, ready filled by the card just read; or straight in, where the trainer allows it."""
    printed = service.card(session.get("card", ""))
    if printed is None:
        return redirect(url_for("home.index" if current_user.is_authenticated else "account.join"))
    user, found = _at_the_door(printed)
    if request.method == "POST" and found.quick_entry:
        return settle_in(user, found)
    chosen = _chose_another(user, printed)
    form = SignIn(identifier=user.identifier, password="" if chosen else printed.password)
    return render_template("account/card.html", form=form, workshop=found, card=printed, chosen=chosen)


def _at_the_door(printed: Credential) -> tuple[User, place.Place]:
    """Whose card it is, at the door of their workshop."""
    found = within(come_to(place.find_place(printed.workshop_id)))
    return service.user_of(printed.ref) or abort(404), found


def _chose_another(user: User, printed: Credential) -> bool:
    """Whether they chose their own password since the card was printed."""
    return user.password_hash != printed.password_hash


def _tried(form: SignIn) -> User | None:
    try:
        return service.check_password(form.identifier.data or "", form.password.data or "", Role.LEARNER)
    except Refused as refused:
        db.session.commit()  # the count of wrong tries stays
        form.refusal, form.password.errors = refused, [refused.phrase]
        return None


def _ask_for_code(user: User) -> ResponseReturnValue:
    """The password is right: the second proof, unless there is no active space to enter."""
    await_proof(user)
    session[second.WAY] = codes.way_of(user)
    if user.record and not user.record.is_active:
        db.session.commit()
        return led_elsewhere(user.record.life)
    codes.send(user, CodePurpose.SIGN_IN)
    db.session.commit()
    return redirect(url_for("account.code"))
