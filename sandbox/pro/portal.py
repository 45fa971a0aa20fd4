"""The professional's part of the site: one blueprint, one guard, one frame."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import Field

from sandbox import live, navigation, sight
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record, User
from sandbox.account.place import here, login
from sandbox.account.typed import typed
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.documents.uploads import TOO_HEAVY
from sandbox.errors import Refused
from sandbox.prescriptions import problems
from sandbox.privacy import service as privacy
from sandbox.pro import inbox, keys, shut

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
    if not current_user.is_authenticated or g.get("is_fragment"):
        return {}
    user, record = actor(), g.get("patient")
    assert user.professional is not None  # noqa: S101 — whom this part lets in
    is_open = record is not None and may(user, To.OPEN_RECORD, record)
    counter = problems.words_of(user)["title"] if may(user, To.DISPENSE) else ""
    sections = navigation.of_professional(counter, appointments=may(user, To.HOLD_APPOINTMENTS))
    return {
        "viewer": SimpleNamespace(
            name=user.name, role="professional", subtitle=user.professional.title, sign_out_url=url_for("pro.sign_out")
        ),
        "nav": navigation.items(sections, {"messages": inbox.unread_count(user)}),
        "live_url": url_for("pro.stream", depuis=live.latest()),
        "today_url": url_for("pro.today"),
        "about": _about(user, record) if record and is_open else None,
        "shortcuts": keys.of(user, record if is_open else None),
    }


def _about(user: User, record: Record) -> SimpleNamespace:
    """How the record that the page is about is open to this professional: said on every such page."""
    standing = privacy.standing_of(record, user)
    return SimpleNamespace(
        record=record, in_emergency=sight.is_emergency(user, record), until=standing.glass_until if standing else None
    )


def audiences() -> tuple[str, ...]:
    """What this professional's open pages listen to."""
    workshop = here().workshop_id
    return (
        live.audience_of_professional(workshop, actor().ref), live.audience_of_practices(workshop),
        live.audience_of_workshop(workshop),
    )


class Shut(Exception):
    """The record that was asked about is shut: its page explains, instead of the one asked for."""

    def __init__(self, record: Record) -> None:
        self.record = record


def patient(ref: str, to: To) -> Record:
    """The patient of this address, for whoever may do this to the record; 404 otherwise. Raises Shut."""
    record = db.session.scalars(sa.select(Record).where(Record.ref == ref)).first() or abort(404)
    require(actor(), To.FIND_PATIENT, record)
    if to is not To.FIND_PATIENT:
        need_open(record)
        require(actor(), to, record)
    g.patient = record
    return record


def document_of(record: Record, ref: str, *, locked: bool = False) -> Document:
    """The document of that name in this record; 404 for one of another."""
    found = documents.find(ref, locked=locked)
    if found is None or found.record_id != record.id:
        abort(404)
    return found


def need_open(record: Record) -> None:
    """Raises Shut for a record that its owner has closed, or objected to."""
    if record.is_shut:
        raise Shut(record)


def tried(field: Field, verb: Callable[[], object]) -> bool:
    """Whether it is done, and kept; otherwise this field says why."""
    try:
        verb()
    except Refused as refused:
        field.errors = (refused.phrase,)
        return False
    db.session.commit()
    return True


@bp.errorhandler(Shut)
def _shut(error: Shut) -> ResponseReturnValue:
    """A bookmark leads to the page that explains; what was being sent is not done, and given back."""
    db.session.rollback()
    if request.method == "GET":
        flash(shut.NOT_POSSIBLE[error.record.life].format(error.record.name), "info")
        return redirect(url_for("pro.patient", ref=error.record.ref))
    return shut.page(error.record, kept=typed()), 409
