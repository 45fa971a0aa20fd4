"""One exchange with a patient: read, answered, acknowledged, ended, opened again by writing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.account.typed import typed
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.messaging import drafts
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.prescriptions.models import Prescription
from sandbox.pro import inbox
from sandbox.pro.composing import MOST_PARTS, MOST_SENT, SENDING, Composer
from sandbox.pro.letter import NextMessage
from sandbox.pro.portal import bp, need_open
from sandbox.pro.talks import talk_of
from sandbox.security import receives
from sandbox.texts import without_marks

ENDED_MEANWHILE = "Cet échange vient d’être terminé : votre message n’est pas parti. Il est gardé ci-dessous."


@bp.get("/messages/<ref>")
@writes
def conversation(ref: str) -> str:
    """An exchange; opening it marks what waited as read."""
    talk = talk_of(ref)
    fresh = inbox.read(actor(), talk)
    db.session.commit()
    end_of_writing()
    composer = Composer(talk.record, NextMessage(formdata=None), talk)
    composer.resume()
    return _page(talk, composer, fresh)


@bp.get("/messages/<ref>/fil")
def thread(ref: str) -> Response:
    """The messages alone, for the open page."""
    return fragment("pro/_thread.html", fresh=set(), **_said(talk_of(ref)))


@bp.post("/messages/<ref>")
@receives(MOST_SENT, MOST_PARTS)
def write(ref: str) -> ResponseReturnValue:
    """One more message, or one of the page's other buttons; an ended exchange opens anew."""
    talk = talk_of(ref)
    composer = Composer(talk.record, NextMessage(), talk)
    wanted = composer.take()
    db.session.refresh(talk, ["state", "no_reply"])
    if not may(actor(), To.REPLY, talk):
        db.session.commit()
        flash(ENDED_MEANWHILE, "error")
        return _page(talk, composer, set(), kept=typed()), 409
    if wanted in SENDING and composer.is_ready() and _sent(talk, composer, closing=wanted == "terminer"):
        db.session.commit()
        return redirect(url_for("pro.conversation", ref=ref))
    db.session.commit()
    return _page(talk, composer, set()), 422 if composer.form.errors else 200


@bp.post("/messages/<ref>/brouillon")
def keep_next(ref: str) -> Response:
    """What is typed of an answer, at a pause."""
    talk = talk_of(ref)
    need_open(talk.record)
    return Composer(talk.record, NextMessage(), talk).save()


@bp.post("/messages/<ref>/accuser-reception")
def acknowledge(ref: str) -> ResponseReturnValue:
    """Tell the sender, who asked for it, that the message arrived."""
    talk = talk_of(ref)
    need_open(talk.record)
    message = next((one for one in talk.messages if one.ref == request.form.get("message")), None) or abort(404)
    require(actor(), To.SEE_MESSAGE, message)
    if may(actor(), To.ACKNOWLEDGE, message):
        messaging.acknowledge(actor(), message)
        db.session.commit()
        flash("L’accusé de réception est parti.", "done")
    else:
        flash("L’accusé de réception était déjà parti.", "info")
    return redirect(url_for("pro.conversation", ref=ref))


@bp.post("/messages/<ref>/terminer")
def end(ref: str) -> ResponseReturnValue:
    """The patient may not answer any more, until the professional writes again."""
    talk = talk_of(ref)
    need_open(talk.record)
    if talk.is_ended:
        flash("L’échange était déjà terminé.", "info")
        return redirect(url_for("pro.conversation", ref=ref))
    require(actor(), To.END, talk)
    messaging.end(actor(), talk)
    db.session.commit()
    flash("L’échange est terminé : il porte la marque [FIN]. Un nouveau message de votre part le rouvrirait.", "done")
    return redirect(url_for("pro.conversation", ref=ref))


def _sent(talk: Conversation, composer: Composer, *, closing: bool) -> bool:
    """Whether the message went; the form says why not. Its draft is forgotten."""
    form, draft, reopened = composer.form, composer.draft, talk.is_ended
    if closing and not _may_close(talk):
        abort(404)
    text = without_marks(form.text.data)
    try:
        if not composer.pieces and closing is talk.is_ended and messaging.just_said(actor(), talk.record, text, talk=talk):
            composer.forget("")  # pressed twice, or sent again from another window
        else:
            messaging.write(
                actor(), talk, text, receipt=form.receipt.data, closing=closing, pieces=drafts.taken(draft) if draft else (),
            )
    except Refused as refused:
        db.session.rollback()
        form.text.errors = (refused.phrase,)
        return False
    ended = "Votre message est parti, et l’échange est terminé : le patient ne peut plus répondre."
    opened = "Votre message est parti. L’échange est de nouveau ouvert : le patient peut répondre."
    flash(ended if closing else opened if reopened else "Votre message est parti.", "done")
    return True


def _may_close(talk: Conversation) -> bool:
    """End it, or open it anew and end it with the same message."""
    return may(actor(), To.END, talk) or (talk.is_ended and may(actor(), To.REPLY, talk))


def _page(talk: Conversation, composer: Composer, fresh: set[int], kept: list[str] | None = None) -> str:
    draft = composer.draft
    can = {
        "can_end": may(actor(), To.END, talk), "can_write": may(actor(), To.REPLY, talk), "can_close": _may_close(talk),
    }
    kept = kept or ([draft.body] if draft and draft.body and not can["can_write"] else [])
    return render_template(
        "pro/conversation.html", composer=composer, form=composer.form, fresh=fresh, kept=kept, **can, **_said(talk)
    )


def _said(talk: Conversation) -> dict[str, Any]:
    """The messages that this professional sees, which they may acknowledge, and the prescriptions that came with them."""
    seen = [message for message in talk.messages if may(actor(), To.SEE_MESSAGE, message)]
    refs = {message.prescription_ref for message in seen} - {""}
    came = db.session.scalars(sa.select(Prescription).where(Prescription.ref.in_(refs))) if refs else ()
    return {
        "talk": talk, "messages": seen, "me": actor(), "in_copy": talk.professional_id != actor().id,
        "asked": {message.id for message in seen if may(actor(), To.ACKNOWLEDGE, message)},
        "at_counter": {one.ref for one in came if may(actor(), To.EXECUTE, one)},
    }
