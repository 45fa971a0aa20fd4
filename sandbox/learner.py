"""The learner's part of the site: one guard and one frame for every blueprint of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, g, url_for
from flask_login import current_user

from sandbox import live, navigation
from sandbox.access import opened_record
from sandbox.account import service as account
from sandbox.account.models import Record, User
from sandbox.account.place import here, login
from sandbox.db import db, end_of_writing
from sandbox.mailbox import service as mailbox
from sandbox.messaging import inbox
from sandbox.notifications import service as notifications


def portal(name: str, import_name: str, prefix: str = "") -> Blueprint:
    """A blueprint of the learner's part: signed in or sent to sign in, with its frame's variables."""
    bp = Blueprint(name, import_name, url_prefix=prefix)
    bp.before_request(_guard)
    bp.context_processor(frame)
    return bp


def _guard() -> Any:
    return None if current_user.is_authenticated else login.unauthorized()


def trace_section(section: str, label: str) -> None:
    """Trace that the person opened a section, in a short transaction of its own before the page is made."""
    account.opened(current_user, section, label)
    db.session.commit()
    end_of_writing()


def frame() -> dict[str, Any]:
    """What the learner's layout shows around every page."""
    user = current_user
    if not user.is_authenticated or g.get("is_fragment"):
        return {}
    record = opened_record()
    messages, bell, phone, newest = _counts(user, record)
    return {
        "viewer": SimpleNamespace(
            name=user.name, role="learner", subtitle=f"Place {user.seat}", sign_out_url=url_for("account.sign_out")
        ),
        "opened": SimpleNamespace(name=record.name),
        "nav": navigation.items(navigation.LEARNER, {"messages": messages}),
        "nav_more": navigation.items(navigation.LEARNER_MORE),
        "unread": bell,
        "bell_url": url_for("notifications.bell"),
        "live_url": url_for("home.stream", depuis=newest),
        "phone": SimpleNamespace(count=phone, url=url_for("mailbox.index")),
    }


def _counts(user: User, record: Record) -> tuple[int, int, int, int]:
    """Unread messages, notifications and the phone's, the newest event: one question, asked on every page."""
    asked = inbox.unread(record), notifications.unread(record), mailbox.unread(user), live.newest()
    counts = db.session.execute(sa.select(*(question.scalar_subquery() for question in asked))).one()
    return counts[0], counts[1], counts[2], counts[3]


def audiences() -> tuple[str, ...]:
    """What this learner's open pages listen to."""
    workshop = here().workshop_id
    return live.audience_of_seat(workshop, current_user.seat), live.audience_of_workshop(workshop)
