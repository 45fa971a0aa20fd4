"""Whose identity is settled goes in; or is led to what can be done, when their space is not active."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from sandbox import clock
from sandbox.account import codes, place, service
from sandbox.account.forms import OneTimeCodeForm, Proof
from sandbox.account.models import CodePurpose, Life, User
from sandbox.acts import SignedIn
from sandbox.db import db
from sandbox.errors import Refused

ELSEWHERE = {Life.CREATED: "enrolment.index", Life.OPPOSED: "opposition.index", Life.CLOSED: "reopening.index"}


def settle_in(user: User, found: place.Place, by: type[SignedIn] = SignedIn, **about: Any) -> ResponseReturnValue:
    """Let somebody in whose identity is settled; whoever has no active space is led to what they can do about it."""
    if user.record and not user.record.is_active:
        await_proof(user)
        return led_elsewhere(user.record.life)
    place.enter(user, found)
    service.signed_in(user, by, **about)
    db.session.commit()
    return redirect(place.page_left() or url_for("home.index"))


def led_elsewhere(life: Life) -> ResponseReturnValue:
    """To what can be done about a space that is not active."""
    return redirect(url_for(ELSEWHERE[life]))


def stay() -> None:
    """This session goes on though the others of this person have just been ended: it is as new as them."""
    session["entered_at"] = clock.real_now().timestamp()


def await_proof(user: User) -> None:
    """The right password was given in this browser, now: what comes next is to be proven here."""
    session["pending"], session["pending_at"] = user.ref, clock.real_now().timestamp()
    place.hold_phone_of(user)


def pending() -> User | None:
    """Who has given the right password, and not yet the second proof; None where no workshop is known, or once somebody
    else has shown their card at this browser.
    """
    if "pending" not in session or session.get(place.HAND) != session["pending"] or not place.is_somewhere():
        return None
    return service.user_of(session["pending"])


def about_to_enter() -> User | None:
    """The same, unless their sessions were ended since: the password that they gave may be the former one."""
    user = pending()
    ended = user.expired_at.timestamp() if user and user.expired_at else 0.0
    return None if ended > session.get("pending_at", 0.0) else user


def accepted(form: OneTimeCodeForm, user: User, purpose: CodePurpose) -> bool:
    """Whether the typed code is right."""

    def check() -> None:
        service.count_afresh(user)
        codes.check(user, purpose, form.code.data or "")

    return tried(form, form.code, check)


def tried(form: Proof, field: Field, verb: Callable[[], object]) -> bool:
    """Whether what was typed is right; what is wrong is told beside the field and kept as `form.refusal`, and the count of tries stays."""
    try:
        verb()
    except Refused as refused:
        form.refusal, field.errors = refused, [refused.phrase]
        return False
    finally:
        db.session.commit()
    return True
