"""Sending a document to a professional, by an exchange that they opened (reference §1.3, §1.6)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.access import To, actor, require
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of
from sandbox.errors import Refused
from sandbox.messaging import inbox, service
from sandbox.messaging.forms import SendDocument
from sandbox.messaging.models import Conversation

SENT = "Le document « {} » est envoyé à {}."
PREPARED = "Bonjour,\n\nJe souhaite partager avec vous le document « {title} », daté du {day}.\n\nBien cordialement,\n{signed}"


@bp.route("/<ref>/envoyer", methods=["GET", "POST"])
def send(ref: str) -> ResponseReturnValue:
    """To whom, with which words."""
    document = document_of(ref, To.FILE)
    form = SendDocument(inbox.correspondents(document.record), data={"text": prepared(document)})
    if form.validate_on_submit() and (talk := _sent(document, form)):
        db.session.commit()
        flash(SENT.format(document.title, talk.professional.name), "done")
        return redirect(url_for("messaging.show", ref=talk.ref))
    return render_template("documents/send.html", form=form, document=document), 422 if form.errors else 200


def prepared(document: Document) -> str:
    """A greeting, the wish to share, the name of the profile: the person changes what they want."""
    own = actor() is document.record.owner
    signed = actor().name if own else f"{actor().name}, pour {document.record.name}"
    return PREPARED.format(title=document.title, day=french.long_date(document.dated), signed=signed)


def _sent(document: Document, form: SendDocument) -> Conversation | None:
    """The exchange it went into, or nothing when the message is refused."""
    talk = form.talks[form.to.data]
    require(actor(), To.REPLY, talk)
    try:
        service.reply(actor(), talk, form.text.data or "", [document])
    except Refused as refused:
        form.text.errors = (refused.phrase,)
        return None
    return talk
