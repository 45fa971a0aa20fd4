"""A space that was closed: what became of it, and how to open it again."""

from __future__ import annotations

from datetime import datetime

from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox.account import life
from sandbox.account.door import antechamber
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, Life, User
from sandbox.account.place import here
from sandbox.account.settling import ELSEWHERE, accepted, pending, settle_in
from sandbox.leaving import erasure, proving
from sandbox.leaving.closing import CLOSED

bp = antechamber("reopening", __name__, "/espace-clos")
BACK = "C’est fait : votre espace est rouvert. Vous y retrouvez tout, comme avant."
EMPTY = "C’est fait : votre espace est rouvert. Il est vide, parce que vous aviez demandé l’effacement de vos données."


@bp.get("/")
def index() -> ResponseReturnValue:
    """Since when it is closed, what is kept, and until when an erasure can be stopped."""
    record = _closed().record
    assert record is not None  # noqa: S101 — whom `pending` finds
    return render_template("leaving/shut.html", record=record, kept=erasure.kept(record), erased_at=erasure.erased_at(record))


@bp.post("/")
def ask() -> ResponseReturnValue:
    """« Rouvrir mon espace »: the code leaves."""
    user = _closed()
    assert user.record is not None  # noqa: S101
    proving.ask(user, CodePurpose.REOPENING, user.record)
    return redirect(url_for(".confirm"))


@bp.route("/code", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """The six digits: then the person is in their space."""
    user, form = _closed(), OneTimeCodeForm()
    if form.validate_on_submit() and accepted(form, user, CodePurpose.REOPENING):
        return _reopen(user)
    return render_template("leaving/reopen.html", form=form), 422 if form.errors else 200


@bp.post("/nouveau-code")
def new_code() -> ResponseReturnValue:
    ask()
    flash(proving.SENT, "done")
    return redirect(url_for(".confirm"))


@bp.get("/fait")
def done() -> ResponseReturnValue:
    """The space has just been closed in this browser: what happens now, and the way back."""
    if CLOSED not in session:
        return redirect(url_for(".index"))
    until = datetime.fromisoformat(session[CLOSED]) if session[CLOSED] else None
    return render_template("leaving/closed.html", erased_by=until)


def _reopen(user: User) -> ResponseReturnValue:
    assert user.record is not None  # noqa: S101
    words = EMPTY if erasure.erased_at(user.record) else BACK
    life.reopen(user, user.record)
    answer = settle_in(user, here())
    flash(words, "done")
    return answer


def _closed() -> User:
    """Whose closed space this is; by `abort`, the way of whoever has not shown who they are, or has nothing closed."""
    if current_user.is_authenticated:
        abort(redirect(url_for("home.index")))
    user = pending()
    if user is None or user.record is None or user.record.is_active or not proving.is_here(user):
        is_open = user and user.record and user.record.is_active
        flash("Votre espace est ouvert : connectez-vous." if is_open else "Connectez-vous d’abord, pour montrer qui vous êtes.", "info")
        abort(redirect(url_for("account.sign_in", code=here().code)))
    if user.record.life is not Life.CLOSED:
        abort(redirect(url_for(ELSEWHERE[user.record.life])))
    return user
