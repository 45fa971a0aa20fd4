"""A forgotten identifier, a forgotten password: found again with a code on the simulated phone."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import place, recovering, rules
from sandbox.account.arriving import known, within
from sandbox.account.forgotten import ForgottenIdentifier, ForgottenPassword, NewPassword
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, User
from sandbox.account.recovering import Recovery
from sandbox.account.section import bp
from sandbox.account.settling import tried
from sandbox.db import db, writes_late

START = {CodePurpose.IDENTIFIER: "account.forgotten_identifier", CodePurpose.PASSWORD: "account.forgotten_password"}
AFTER = {CodePurpose.IDENTIFIER: "account.identifier_found", CodePurpose.PASSWORD: "account.new_password"}
FROM_THE_START = "Cette page ne sert qu’un moment, et une seule fois. Commencez ici."
CHANGED = "Votre nouveau mot de passe est enregistré. Connectez-vous avec lui : celui de votre carte ne marche plus."


@bp.route("/identifiant-oublie", methods=["GET", "POST"])
def forgotten_identifier() -> ResponseReturnValue:
    """What the portal knows of the person: an e-mail or a mobile, and the birth date."""
    within(known())
    form = ForgottenIdentifier()
    if form.validate_on_submit() and form.born.data:
        contact = form.contact.data or ""
        channel = "email" if recovering.is_email(contact) else "sms"
        return _code_leaves(CodePurpose.IDENTIFIER, recovering.by_contact(contact, form.born.data), channel)
    return render_template("account/forgotten_identifier.html", form=form), 422 if form.errors else 200


@bp.route("/mot-de-passe-oublie", methods=["GET", "POST"])
def forgotten_password() -> ResponseReturnValue:
    """The identifier, and the way by which the code is to come."""
    within(known())
    form = ForgottenPassword()
    if form.validate_on_submit():
        user = recovering.by_identifier(form.identifier.data or "")
        return _code_leaves(CodePurpose.PASSWORD, user, form.channel.data)
    return render_template("account/forgotten_password.html", form=form), 422 if form.errors else 200


@bp.route("/identifiant-oublie/code", methods=["GET", "POST"], defaults={"what": "identifier"})
@bp.route("/mot-de-passe-oublie/code", methods=["GET", "POST"], defaults={"what": "password"})
def forgotten_code(what: str) -> ResponseReturnValue:
    """The six digits; the same page when there is nobody to send them to."""
    within(known())
    purpose = CodePurpose(what)
    recovery = recovering.under_way(purpose)
    if recovery is None:
        return _from_the_start(purpose)
    form = OneTimeCodeForm()
    if recovery.proven or (form.validate_on_submit() and _proved(form, recovery)):
        return redirect(url_for(AFTER[purpose]))
    page = render_template("account/forgotten_code.html", form=form, recovery=recovery, start=START[purpose])
    return page, 422 if form.errors else 200


@bp.post("/identifiant-oublie/autre-code", defaults={"what": "identifier"})
@bp.post("/mot-de-passe-oublie/autre-code", defaults={"what": "password"})
def forgotten_again(what: str) -> ResponseReturnValue:
    """Another code, whoever asks."""
    within(known())
    recovery = recovering.under_way(CodePurpose(what))
    if recovery is None:
        return _from_the_start(CodePurpose(what))
    recovering.send(recovery)
    db.session.commit()
    flash("Un nouveau code est parti. Le précédent ne marche plus.", "done")
    return redirect(url_for("account.forgotten_code", what=what))


@bp.get("/identifiant-oublie/trouve")
def identifier_found() -> ResponseReturnValue:
    within(known())
    user = _proven(CodePurpose.IDENTIFIER)
    if user is None:
        return _not_yet(CodePurpose.IDENTIFIER)
    return render_template("account/forgotten_found.html", user=user)


@bp.route("/mot-de-passe-oublie/nouveau", methods=["GET", "POST"])
@writes_late
def new_password() -> ResponseReturnValue:
    """The new one, under the rules; every session opened with the former one ends."""
    within(known())
    user = _proven(CodePurpose.PASSWORD)
    if user is None or user.record is None:
        return _not_yet(CodePurpose.PASSWORD)
    form = NewPassword(user.record)
    if form.validate_on_submit():
        recovering.change_password(user, rules.hashed(form.password.data or ""))
        db.session.commit()
        recovering.end(CodePurpose.PASSWORD)
        flash(CHANGED, "done")
        return redirect(url_for("account.sign_in", code=place.here().code))
    return render_template("account/forgotten_new.html", form=form), 422 if form.errors else 200


def _code_leaves(purpose: CodePurpose, user: User | None, channel: str) -> ResponseReturnValue:
    recovering.begin(purpose, user, channel)
    db.session.commit()
    return redirect(url_for("account.forgotten_code", what=purpose.value))


def _proved(form: OneTimeCodeForm, recovery: Recovery) -> bool:
    """Whether the code is right."""
    return tried(form, form.code, lambda: recovering.prove(recovery, form.code.data or ""))


def _proven(purpose: CodePurpose) -> User | None:
    recovery = recovering.under_way(purpose)
    return recovery.user if recovery and recovery.proven else None


def _not_yet(purpose: CodePurpose) -> ResponseReturnValue:
    """A page asked too soon, or too late."""
    if recovering.under_way(purpose):
        return redirect(url_for("account.forgotten_code", what=purpose.value))
    return _from_the_start(purpose)


def _from_the_start(purpose: CodePurpose) -> ResponseReturnValue:
    flash(FROM_THE_START, "info")
    return redirect(url_for(START[purpose]))
