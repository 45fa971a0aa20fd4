"""The learner's messages: read, answer, and learn why a stranger cannot be written to."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from sandbox.access import To, actor, may, opened_record
from sandbox.account.models import Role, User
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import trace_section
from sandbox.messaging import directory, inbox, pieces, service
from sandbox.messaging.forms import Reply
from sandbox.messaging.models import Conversation
from sandbox.messaging.section import bp, talk_of

__all__ = ["bp", "pieces"]


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("messages", "Messages")
    record = opened_record()
    return render_template("messaging/index.html", lines=inbox.lines(record), address=record.secure_address)


@bp.get("/liste")
def listing() -> ResponseReturnValue:
    """The live part of the list."""
    return fragment("messaging/_list.html", lines=inbox.lines(opened_record()))


@bp.get("/nouveau")
def new() -> ResponseReturnValue:
    """Looking for somebody to write to: by default those who wrote first."""
    words = request.args.get("q", "").strip()[:60]
    known = [line.talk for line in inbox.lines(opened_record()) if not line.talk.is_ended]
    found = directory.professionals(words) if words else []
    return render_template("messaging/new.html", words=words, known=known, found=found)


@bp.get("/nouveau/<ref>")
@writes
def contact(ref: str) -> ResponseReturnValue:
    """To the exchange that this professional opened, or to the explanation why there is none."""
    professional = _professional(ref)
    talk = directory.latest_with(opened_record(), professional)
    if talk and may(actor(), To.REPLY, talk):
        return redirect(url_for("messaging.show", ref=talk.ref))
    if talk is None:
        directory.turn_away(actor(), opened_record())
        db.session.commit()
    end_of_writing()
    return render_template("messaging/refused.html", professional=professional, talk=talk)


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    talk = talk_of(ref)
    fresh = service.read(actor(), talk)
    db.session.commit()
    end_of_writing()
    return _page(talk, Reply(formdata=None), {message.id for message in fresh})


@bp.get("/<ref>/fil")
def thread(ref: str) -> ResponseReturnValue:
    """The live part of an exchange."""
    return fragment("messaging/_thread.html", talk=talk_of(ref), fresh=set(), me=actor())


@bp.post("/<ref>")
def reply(ref: str) -> ResponseReturnValue:
    talk, form = talk_of(ref), Reply()
    if form.validate_on_submit():
        try:
            service.reply(actor(), talk, form.text.data or "")
        except Refused as refused:
            form.text.errors = (refused.phrase,)
            return _page(talk, form, set()), 422
        db.session.commit()
        flash("Votre réponse est envoyée.", "done")
        return redirect(url_for("messaging.show", ref=ref))
    return _page(talk, form, set()), 422


def _page(talk: Conversation, form: Reply, fresh: set[int]) -> str:
    return render_template(
        "messaging/show.html", talk=talk, form=form, fresh=fresh, me=actor(), can_reply=may(actor(), To.REPLY, talk)
    )


def _professional(ref: str) -> User:
    query = sa.select(User).where(User.ref == ref, User.role == Role.PROFESSIONAL)
    return db.session.scalars(query.options(joinedload(User.professional))).first() or abort(404)
