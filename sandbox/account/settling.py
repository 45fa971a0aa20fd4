"""Whose identity is settled goes in; or is led to what can be done, when their space is not active."""

from __future__ import annotations

from typing import Any

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock
from sandbox.account import codes, place, service
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, Life, User
from sandbox.acts import SignedIn
from sandbox.db import db
from sandbox.errors import Refused

ELSEWHERE = {Life.CREATED: "enrolment.index", Life.OPPOSED: "opposition.index", Life.CLOSED: "reopening.index"}


def settle_in(user: User, found: place.Place, by: type[SignedIn] = SignedIn, **about: Any) -> ResponseReturnValue:
    """Let somebody in whose identity is settled; whoever has no active space is led to what they can do about it."""
    if user.record and not user.record.is_active:
        session["pending"] = user.ref
        place.hold_phone_of(user)
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


def pending() -> User | None:
    """Who has given the right password, and not yet the second proof; None where no workshop is known."""
    return service.user_of(session["pending"]) if "pending" in session and place.is_somewhere() else None


def accepted(form: OneTimeCodeForm, user: User, purpose: CodePurpose) -> bool:
    """Whether the typed code is right; what is wrong is told beside the field, and kept as `form.refusal`."""
    try:
        service.count_afresh(user)
        codes.check(user, purpose, form.code.data or "")
    except Refused as refused:
        form.refusal, form.code.errors = refused, [refused.phrase]
        return False
    finally:
        db.session.commit()
    return True
