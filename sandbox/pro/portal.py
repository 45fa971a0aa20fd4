"""The professional's part of the site: one blueprint, one guard, one frame."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox import live, navigation
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.account.place import here, login
from sandbox.db import db
from sandbox.documents.uploads import TOO_HEAVY
from sandbox.pro import service

bp = Blueprint("pro", __name__, url_prefix="/pro")
OPEN_TO_ALL = {"pro.sign_in", "pro.card", "pro.sign_out"}


@bp.before_request
def _guard() -> Any:
    if request.endpoint in OPEN_TO_ALL or current_user.is_authenticated:
        return None
    return login.unauthorized()


@bp.errorhandler(413)
def _too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading the file: say it on the page it was chosen on."""
    flash(TOO_HEAVY, "error")
    return redirect(request.path)


@bp.context_processor
def frame() -> dict[str, Any]:
    """What the professional's layout shows around every page."""
    if not current_user.is_authenticated:
        return {}
    user = actor()
    assert user.professional is not None  # noqa: S101 — whom this part lets in
    sections = navigation.DISPENSER if may(user, To.DISPENSE) else navigation.PROFESSIONAL
    return {
        "viewer": SimpleNamespace(
            name=user.name, role="professional", subtitle=user.professional.title, sign_out_url=url_for("pro.sign_out")
        ),
        "nav": navigation.items(sections, {"messages": service.unread_count(user)}),
        "live_url": url_for("pro.stream", depuis=live.latest()),
    }


def audiences() -> tuple[str, ...]:
    """What this professional's open pages listen to."""
    workshop = here().workshop_id
    return live.audience_of_professional(workshop, actor().ref), live.audience_of_workshop(workshop)


def patient(ref: str, to: To) -> Record:
    """The patient of this address, for whoever may do this to the record; 404 otherwise."""
    record = db.session.scalars(sa.select(Record).where(Record.ref == ref)).first() or abort(404)
    require(actor(), to, record)
    return record
