"""The learner's messages: the list, an exchange, answering it, and why a stranger cannot be written to."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record, require
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import trace_section
from sandbox.messaging import attaching, deleting, directory, drafts, inbox, pieces, service, writing
from sandbox.messaging.desk import Desk, Place
from sandbox.messaging.models import Conversation
from sandbox.messaging.section import bp, professional_of, talk_of
from sandbox.texts import without_marks

__all__ = ["attaching", "bp", "deleting", "pieces", "writing"]

SENT = "Votre réponse est envoyée."
SENT_ASIDE = "Votre réponse est envoyée à {} seulement."


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("messages", "Messages")
    record, user = opened_record(), actor()
    return render_template(
        "messaging/index.html", lines=inbox.lines(record, user), address=record.secure_address,
        begun=len(drafts.of_record(user, record)), deleted=deleting.just_deleted() if "fait" in request.args else None,
    )


@bp.get("/liste")
def listing() -> Response:
    """The live part of the list."""
    return fragment("messaging/_list.html", lines=inbox.lines(opened_record(), actor()))


@bp.get("/compteur")
def waiting() -> Response:
    """The live counter of the menu."""
    return fragment("messaging/_waiting.html", count=inbox.unread_count(opened_record()))


@bp.get("/nouveau")
def new() -> ResponseReturnValue:
    """Looking for somebody to write to: by default those who wrote first."""
    words = request.args.get("q", "").strip()[:60]
    known = {talk.professional.ref: talk.professional for talk in inbox.known(opened_record())}
    found = directory.professionals(words) if words else []
    return render_template("messaging/new.html", words=words, known=known, found=found)


@bp.get("/nouveau/<ref>")
@writes
def contact(ref: str) -> ResponseReturnValue:
    """To the page where one writes to this professional, or to the explanation why one cannot."""
    professional, record = professional_of(ref), opened_record()
    talks = directory.talks_with(record, professional)
    if any(may(actor(), To.WRITE_ANEW, talk) for talk in talks):
        return redirect(url_for("messaging.write_anew", ref=ref))
    if answerable := [talk for talk in talks if may(actor(), To.REPLY, talk)]:
        return redirect(url_for("messaging.show", ref=answerable[0].ref))
    if not talks:
        directory.turn_away(actor(), record)
        db.session.commit()
    end_of_writing()
    return render_template("messaging/refused.html", professional=professional, talk=talks[0] if talks else None)


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    talk = talk_of(ref)
    fresh = service.read(actor(), talk)
    db.session.commit()
    end_of_writing()
    return _page(talk, Desk(Place(talk.record, talk), sent=False), {message.id for message in fresh})


@bp.get("/<ref>/fil")
def thread(ref: str) -> Response:
    """The live part of an exchange."""
    return fragment("messaging/_thread.html", fresh=set(), **_said(talk_of(ref)))


@bp.get("/<ref>/reponse")
def answer(ref: str) -> Response:
    """What one may answer, alone: asked again when an open page sees the exchange end, or open anew."""
    talk = talk_of(ref)
    return fragment("messaging/_answer.html", desk=Desk(Place(talk.record, talk), sent=False), **_said(talk))


@bp.post("/<ref>")
def reply(ref: str) -> ResponseReturnValue:
    """The answer, or one of the page's other buttons."""
    talk = talk_of(ref)
    desk = Desk(Place(talk.record, talk), sent=True)
    turned = desk.turned()
    sent = not turned and desk.is_ready() and _is_sent(talk, desk)
    db.session.commit()
    if turned or sent:
        return turned or redirect(url_for("messaging.show", ref=ref))
    return _page(talk, desk, set()), 422


@bp.post("/<ref>/accuser-reception")
def acknowledge(ref: str) -> ResponseReturnValue:
    """Tell the sender, who asked for it, that the message arrived; once is enough."""
    talk = talk_of(ref)
    message = next((one for one in talk.messages if one.ref == request.form.get("message")), None) or abort(404)
    require(actor(), To.SEE_MESSAGE, message)
    if may(actor(), To.ACKNOWLEDGE, message):
        service.acknowledge(actor(), message)
        db.session.commit()
    flash(f"C’est fait : {message.sender.name} sait que vous avez bien reçu ce message.", "done")
    return redirect(url_for("messaging.show", ref=ref))


def _is_sent(talk: Conversation, desk: Desk) -> bool:
    """Whether it went, its draft forgotten; otherwise the form says why."""
    form, draft = desk.form, desk.draft
    try:
        if not _has_gone(talk, desk):
            service.reply(
                actor(), talk, form.text.data or "", aside=form.is_aside, receipt=form.receipt.data, pieces=desk.pieces
            )
    except Refused as refused:
        form.text.errors = (refused.phrase,)
        return False
    if draft:
        drafts.taken(draft)
    flash(SENT_ASIDE.format(talk.professional.name) if form.is_aside else SENT, "done")
    return True


def _has_gone(talk: Conversation, desk: Desk) -> bool:
    """Whether the very same answer left a moment ago: the button was pressed twice, or the page sent again."""
    said = None if desk.pieces else service.just_said(actor(), talk.record, without_marks(desk.form.text.data or ""), talk=talk)
    return said is not None and said.aside == (desk.form.is_aside and bool(talk.copies))


def _page(talk: Conversation, desk: Desk, fresh: set[int]) -> str:
    return render_template("messaging/show.html", desk=desk, fresh=fresh, **_said(talk))


def _said(talk: Conversation) -> dict[str, Any]:
    """What the page and its live parts tell of an exchange."""
    seen = inbox.messages(talk)
    return {
        "talk": talk, "messages": seen, "me": actor(), "can_reply": may(actor(), To.REPLY, talk),
        "can_write_anew": may(actor(), To.WRITE_ANEW, talk), "can_undo": deleting.can_undo(talk),
        "asked": {message.id for message in seen if may(actor(), To.ACKNOWLEDGE, message)},
    }
