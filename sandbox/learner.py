"""The learner's part of the site: one guard and one frame for every blueprint of it."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask_login import current_user

from sandbox import live, navigation
from sandbox.access import actor, opened_record
from sandbox.account import service as account
from sandbox.account.models import Record, User
from sandbox.account.place import arrive, here, hold_phone_of, leave, login
from sandbox.classroom import hands, noticing, words
from sandbox.classroom import section as classroom
from sandbox.db import db, end_of_writing
from sandbox.exercises import touring
from sandbox.family import service as family
from sandbox.mailbox import service as mailbox
from sandbox.messaging import inbox
from sandbox.notifications import service as notifications
from sandbox.notifications.models import Notification


def portal(name: str, import_name: str, prefix: str = "") -> Blueprint:
    """A blueprint of the learner's part: signed in or sent to sign in, with its frame's variables."""
    bp = Blueprint(name, import_name, url_prefix=prefix)
    bp.before_request(_guard)
    bp.context_processor(frame)
    noticing.watch(bp)
    bp.after_request(touring.watch)
    return bp


def _guard() -> Any:
    if not current_user.is_authenticated:
        return login.unauthorized()
    if current_user.record and not current_user.record.is_active:
        return _put_out()
    page_of = request.headers.get("X-Profile")  # what a live part says of the page that it belongs to
    if page_of and page_of != opened_record().ref:
        abort(409)
    return None


def _put_out() -> Any:
    """The space is no longer active: the trainer changed it, or it was closed at another window."""
    place, user = here(), actor()
    leave()
    arrive(place)
    hold_phone_of(user)
    flash("Votre espace n’est plus ouvert. Connectez-vous pour savoir ce que vous pouvez faire.", "info")
    return redirect(url_for("account.sign_in", code=place.code))


def trace_section(section: str, label: str) -> None:
    """Trace that the person opened a section, in a short transaction of its own before the page is made."""
    account.opened(actor(), opened_record(), section, label)
    db.session.commit()
    end_of_writing()


def frame() -> dict[str, Any]:
    """What the learner's layout shows around every page."""
    if not current_user.is_authenticated:
        return {}
    user, record = actor(), opened_record()
    if g.get("is_fragment"):  # no frame around it, but it still says whose profile it speaks of
        return {"opened": _opened(user, record, 0)}
    messages, bell, phone, newest, others, hand, said = _counts(user, record)
    classroom.known(user, hand, said)
    return {
        "viewer": SimpleNamespace(
            name=user.name, role="learner", subtitle=f"Place {user.seat}", sign_out_url=url_for("account.sign_out")
        ),
        "opened": _opened(user, record, others),
        "nav": navigation.items(navigation.LEARNER, {"messages": messages}),
        "nav_more": navigation.items(navigation.LEARNER_MORE),
        "unread": bell,
        "bell_url": url_for("notifications.bell"),
        "live_url": url_for("home.stream", depuis=newest),
        "today_url": url_for("home.today"),
        "tour": touring.of_request(),
        "phone": SimpleNamespace(count=phone, url=url_for("mailbox.index")),
    }


def _opened(user: User, record: Record, others: int) -> SimpleNamespace:
    """Whose profile is open, said on every page; `own` is false in the profile of somebody else."""
    return SimpleNamespace(
        ref=record.ref, name=record.name, first_name=record.first_name, age=record.age, own=record is user.record, others=others,
        href=url_for("family.index"), others_url=url_for("family.counter"), back_url=url_for("family.back"),
    )


def _counts(user: User, record: Record) -> tuple[int, ...]:
    """Unread messages, notifications and the phone's, the newest event, what waits in the other profiles, the hand that is
    up if any, the trainer's words: one question, asked on every page.
    """
    who = {"user": user.id, "own": user.record.id if user.record else None, "record": record.id}
    seat = {"workshop": here().workshop_id, "seat": user.seat}
    return tuple(db.session.execute(_question(), who | seat).one())


@lru_cache(maxsize=1)
def _question() -> sa.Select[Any]:
    """Made once: putting it together takes longer than asking it."""
    record: Any = SimpleNamespace(id=sa.bindparam("record"))
    user: Any = SimpleNamespace(id=sa.bindparam("user"), record=SimpleNamespace(id=sa.bindparam("own")))
    asked = (
        inbox.unread(record), notifications.unread(record), mailbox.unread(user), live.newest(),
        others_unread(user, record), hands.is_up(), words.how_many(),
    )
    return sa.select(*(question.scalar_subquery() for question in asked))


def others_unread(user: User, record: Record) -> sa.Select[int]:
    """The question how many notifications wait in the profiles that this person may open and has not opened."""
    mine = sa.or_(
        Notification.record_id == (user.record.id if user.record else None),
        Notification.record_id.in_(family.entrusted_to(user)),
    )
    return sa.select(sa.func.count(Notification.id)).where(
        mine, Notification.record_id != record.id, Notification.read_at.is_(None)
    )


def audiences() -> tuple[str, ...]:
    """What this learner's open pages listen to."""
    workshop = here().workshop_id
    return live.audience_of_seat(workshop, current_user.seat), live.audience_of_workshop(workshop)
