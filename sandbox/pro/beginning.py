"""A first message to a patient: it opens the exchange, with colleagues in copy if any."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor
from sandbox.account.models import Life, Record
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.messaging import drafts
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.pro.composing import MOST_PARTS, MOST_SENT, SENDING, Composer
from sandbox.pro.letter import FirstMessage, subject_of
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of
from sandbox.security import receives
from sandbox.texts import without_marks

ENDED = "Votre message est parti, et l’échange est terminé par la marque [FIN] : {} ne peut pas répondre."
NO_REPLY = "Votre message est parti, sans réponse possible."
SENT = "Votre message est parti. {} peut vous répondre."
WAITS = "Votre message est parti. {} le lira quand son espace sera activé."


@bp.get("/patients/<ref>/ecrire")
def write_first(ref: str) -> str:
    """The page to write from, as it was left."""
    record = patient_of(ref, To.OPEN_CONVERSATION)
    composer = Composer(record, FirstMessage(formdata=None))
    composer.resume()
    return _page(composer)


@bp.post("/patients/<ref>/ecrire")
@receives(MOST_SENT, MOST_PARTS)
def open_exchange(ref: str) -> ResponseReturnValue:
    """The message, or one of the page's other buttons."""
    record = patient_of(ref, To.OPEN_CONVERSATION)
    composer = Composer(record, FirstMessage())
    wanted = composer.take()
    if wanted in SENDING and composer.is_ready() and (talk := _opened(composer, closing=wanted == "terminer")):
        db.session.commit()
        flash(_told(talk), "done")
        return redirect(url_for("pro.conversation", ref=talk.ref))
    db.session.commit()
    return _page(composer), 422 if composer.form.errors else 200


@bp.post("/patients/<ref>/ecrire/brouillon")
def keep_first(ref: str) -> Response:
    """What is typed of a first message, at a pause."""
    return Composer(patient_of(ref, To.OPEN_CONVERSATION), FirstMessage()).save()


def _opened(composer: Composer, *, closing: bool) -> Conversation | None:
    """The new exchange, its draft forgotten; or nothing, and the form says why."""
    form, draft = composer.form, composer.draft
    assert isinstance(form, FirstMessage)  # noqa: S101
    subject, text = subject_of(form, closing=closing), without_marks(form.text.data)
    said = None if composer.pieces else messaging.just_said(actor(), composer.record, text, subject=subject)
    if said:  # pressed twice, or sent again from another window
        composer.forget("")
        return said.conversation
    try:
        return messaging.open_conversation(
            actor(), composer.record, subject, text, copies=composer.copies,
            no_reply=form.no_reply.data, receipt=form.receipt.data, pieces=drafts.taken(draft) if draft else (),
        )
    except Refused as refused:
        db.session.rollback()
        form.text.errors = (refused.phrase,)
        return None


def _told(talk: Conversation) -> str:
    if talk.is_ended:
        return ENDED.format(talk.record.name)
    if talk.no_reply:
        return NO_REPLY
    return (WAITS if is_waiting(talk.record) else SENT).format(talk.record.name)


def is_waiting(record: Record) -> bool:
    """Created and not activated: the person will read later."""
    return record.life is Life.CREATED


def _page(composer: Composer) -> str:
    return render_template("pro/write_first.html", composer=composer, form=composer.form, record=composer.record)
