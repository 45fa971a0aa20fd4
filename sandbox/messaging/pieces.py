"""What is attached to a message: read it, then keep it among one's documents."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.db import db, end_of_writing
from sandbox.documents import folders, rendering
from sandbox.messaging import inbox
from sandbox.messaging.attachments import find, is_received, save, saved
from sandbox.messaging.forms import KeepAttachment
from sandbox.messaging.models import Attachment
from sandbox.messaging.section import bp, talk_of

KEPT = "« {} » est enregistré dans vos documents. Vous pouvez le modifier ou le supprimer quand vous voulez."


@bp.get("/<ref>/pieces/<document_ref>")
def piece(ref: str, document_ref: str) -> ResponseReturnValue:
    """An attachment, in the page."""
    attachment = _attachment(ref, document_ref)
    document, talk = attachment.document, attachment.message.conversation
    words = rendering.words_of(document) if document.media_type in {rendering.PLAIN, rendering.PDF} else ""
    db.session.commit()
    end_of_writing()
    return render_template(
        "messaging/piece.html", talk=talk, document=document, sender=attachment.message.sender, words=words,
        html=rendering.html_of(document) if rendering.is_text(document) else "", author=rendering.author_of(document),
        received=is_received(attachment), saved=saved(document), may_keep=may(actor(), To.DEPOSIT, talk.record),
    )


@bp.route("/<ref>/pieces/<document_ref>/enregistrer", methods=["GET", "POST"])
def keep(ref: str, document_ref: str) -> ResponseReturnValue:
    """Make it one of the person's own documents; once is enough."""
    attachment = _attachment(ref, document_ref)
    document = attachment.document
    require(actor(), To.DEPOSIT, document.record)
    if saved(document) or not is_received(attachment):
        return redirect(url_for(".piece", ref=ref, document_ref=document_ref))
    form = KeepAttachment(folders.of_record(document.record), obj=document)
    if form.validate_on_submit():
        kept = save(
            actor(), document, title=form.title.data or "", dated=form.dated.data, category=form.category.data,
            folder=form.folders.get(form.folder.data),
        )
        db.session.commit()
        flash(KEPT.format(kept.title), "done")
        return redirect(url_for("documents.show", ref=kept.ref))
    return render_template("messaging/keep.html", form=form, talk=attachment.message.conversation, document=document), (
        422 if form.errors else 200
    )


def _attachment(ref: str, document_ref: str) -> Attachment:
    talk = talk_of(ref)
    found = find(talk, document_ref) or abort(404)
    return found if inbox.is_kept(found.message, talk.cleared_at) else abort(404)
