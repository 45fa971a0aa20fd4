"""Writing to patients: open a conversation, answer, end it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.db import begin_writing, db, end_of_writing, let_go, writes, writes_late
from sandbox.documents import uploads
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.pro import service
from sandbox.pro.forms import FirstMessage, NextMessage
from sandbox.pro.portal import bp, need_open
from sandbox.pro.portal import patient as patient_of
from sandbox.texts import without_marks

T = TypeVar("T")


@bp.get("/messages")
def conversations() -> str:
    """Every conversation of this professional, those to read first."""
    return render_template("pro/conversations.html", talks=service.talks(actor()))


@bp.get("/messages/liste")
def listing() -> Response:
    """The list alone, for the open page."""
    return fragment("pro/_conversations.html", talks=service.talks(actor()))


@bp.route("/patients/<ref>/ecrire", methods=["GET", "POST"])
@writes_late
def write_first(ref: str) -> ResponseReturnValue:
    """A first message: it opens the conversation, and the patient may answer until it is ended."""
    record = patient_of(ref, To.OPEN_CONVERSATION)
    form = FirstMessage()
    if form.validate_on_submit() and (talk := _sent(form, record, partial(_open, record, form))):
        db.session.commit()
        flash(f"Votre message est parti. {record.name} peut vous répondre.", "done")
        return redirect(url_for("pro.conversation", ref=talk.ref))
    return render_template("pro/write_first.html", form=form, record=record), 422 if form.errors else 200


@bp.get("/messages/<ref>")
@writes
def conversation(ref: str) -> str:
    """A conversation; opening it marks the patient's messages as read."""
    talk = talk_of(ref)
    fresh = {message.id for message in messaging.read(actor(), talk)}
    db.session.commit()
    end_of_writing()
    return _page(talk, NextMessage(formdata=None), fresh)


@bp.get("/messages/<ref>/fil")
def thread(ref: str) -> Response:
    """The messages alone, for the open page."""
    return fragment("pro/_thread.html", talk=talk_of(ref), fresh=set(), me=actor())


@bp.post("/messages/<ref>")
@writes_late
def write(ref: str) -> ResponseReturnValue:
    """One more message; an ended exchange opens anew."""
    talk, form = talk_of(ref), NextMessage()
    need_open(talk.record)
    if not form.validate_on_submit() or not _sent(form, talk.record, partial(messaging.write, actor(), talk)):
        return _page(talk, form, set()), 422
    db.session.commit()
    flash("Votre message est parti.", "done")
    return redirect(url_for("pro.conversation", ref=ref))


@bp.post("/messages/<ref>/terminer")
def end(ref: str) -> ResponseReturnValue:
    """The patient may not answer any more, until the professional writes again."""
    talk = talk_of(ref)
    need_open(talk.record)
    require(actor(), To.END, talk)
    messaging.end(actor(), talk)
    db.session.commit()
    flash("L’échange est terminé. Un nouveau message de votre part le rouvrirait.", "done")
    return redirect(url_for("pro.conversation", ref=ref))


def _page(talk: Conversation, form: NextMessage, fresh: set[int]) -> str:
    can = {"can_end": may(actor(), To.END, talk), "can_write": may(actor(), To.REPLY, talk)}
    return render_template("pro/conversation.html", talk=talk, form=form, fresh=fresh, me=actor(), **can)


def _open(record: Record, form: FirstMessage, text: str, files: list[uploads.File]) -> Conversation:
    return messaging.open_conversation(actor(), record, without_marks(form.subject.data.strip()), text, files=files)


def _sent(form: NextMessage, record: Record, verb: Callable[[str, list[uploads.File]], T]) -> T | None:
    """What the verb gave, or nothing when the file or the words are refused, and the form says why. Raises Shut."""
    let_go()
    try:
        files = [uploads.checked(sent.filename, sent.read(uploads.MOST + 1))] if (sent := form.file.data) else []
    except Refused as refused:
        form.file.errors = (refused.phrase,)
        return None
    begin_writing()
    db.session.refresh(record)  # what the person chose while the file was read
    need_open(record)
    try:
        return verb(without_marks(form.text.data), files)
    except Refused as refused:
        form.text.errors = (refused.phrase,)
        return None


def talk_of(ref: str) -> Conversation:
    """The conversation of that name; 404 when it is somebody else's."""
    talk = messaging.find(ref) or abort(404)
    require(actor(), To.SEE_CONVERSATION, talk)
    return talk
