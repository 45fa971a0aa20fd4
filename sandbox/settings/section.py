"""« Paramètres »: the blueprint that its pages share, and what of it belongs to the account alone."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record
from sandbox.account.forms import Proof
from sandbox.account.models import User
from sandbox.learner import portal

bp = portal("settings", __name__, "/parametres")
OF_ANY_PROFILE = {"settings.index", "settings.identity", "settings.identity_sheet", "settings.terms"}


@bp.before_request
def _of_the_account() -> ResponseReturnValue | None:
    """E-mail, mobile, password and devices are those of who signs in: in a child's profile, it is said, with the way back."""
    if request.endpoint in OF_ANY_PROFILE or may(actor(), To.CHANGE_CONTACT, opened_record()):
        return None
    return render_template("settings/of_the_account.html"), 200 if request.method == "GET" else 409


def until(form: Proof, user: User) -> datetime | None:
    """When one may try again, after too many tries: said at once, and still on a page that is loaded again."""
    return form.until or (user.locked_until if user.is_locked else None)
