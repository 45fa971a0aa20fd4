"""The second proof: six digits by SMS or e-mail, or a word from the telephone paired with the account."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock
from sandbox.account import codes, place, service
from sandbox.account.arriving import half_way, known
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, User
from sandbox.account.section import bp
from sandbox.account.settling import accepted, settle_in
from sandbox.acts import SignedInByDevice
from sandbox.db import db

BY_SMS, BY_EMAIL = "sms", "email"
WAY = "channel"  # in the session: how the last code was sent


@bp.route("/connexion/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The six digits read on the simulated phone, shown beside the page."""
    user, form = half_way(), OneTimeCodeForm()
    if form.validate_on_submit() and accepted(form, user, CodePurpose.SIGN_IN):
        return settle_in(user, place.here())
    return render_template("account/code.html", form=form, **_about(user)), 422 if form.errors else 200


def _about(user: User) -> dict[str, Any]:
    return {
        "until": user.locked_until if user.is_locked else None,
        "by_email": session.get(WAY) == BY_EMAIL, "device": service.paired_phone(user), "has_mobile": codes.way_of(user) == BY_SMS,
    }


@bp.post("/connexion/nouveau-code")
def new_code() -> ResponseReturnValue:
    """Another code, the same way or the other one."""
    user = half_way()
    by_email = request.args.get("canal") == BY_EMAIL
    session[WAY] = BY_EMAIL if by_email else BY_SMS
    codes.send(user, CodePurpose.SIGN_IN, channel=session[WAY])
    db.session.commit()
    flash(f"Un nouveau code est arrivé par {'e-mail' if by_email else 'SMS'} sur le téléphone simulé.", "done")
    return redirect(url_for("account.code"))


@bp.route("/connexion/appareil", methods=["GET", "POST"])
def device() -> ResponseReturnValue:
    """What the paired telephone asks, drawn on the page: is it really you?"""
    user = half_way()
    phone = service.paired_phone(user) or abort(redirect(url_for("account.code")))
    if request.method == "POST" and not user.is_locked:
        if request.form.get("answer") != "yes":
            session.pop("pending")
            return redirect(url_for("account.not_me"))
        service.used(phone)
        return settle_in(user, place.here(), SignedInByDevice, device=phone)
    about = _about(user) | {"device": phone, "place": place.here().name, "at": clock.now()}
    return render_template("account/device.html", **about)


@bp.get("/connexion/pas-moi")
def not_me() -> ResponseReturnValue:
    """The person did not ask to sign in: nobody came in, and what to do now."""
    return render_template("account/not_me.html", code=known().code)
