"""What is attached to a message, for the professional of that exchange: it opens no other document of the record."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.db import db, end_of_writing
from sandbox.documents import answers, rendering
from sandbox.messaging import attachments
from sandbox.messaging.models import Attachment
from sandbox.pro.portal import bp
from sandbox.pro.talks import talk_of


@bp.get("/messages/<ref>/pieces/<document_ref>")
def piece(ref: str, document_ref: str) -> ResponseReturnValue:
    """An attachment to read: it was sent to be read, so nobody is told."""
    attachment = _attachment(ref, document_ref)
    document = attachment.document
    is_text, is_image = rendering.is_text(document), document.media_type.startswith("image/")
    words = "" if is_text or is_image else rendering.words_of(document)
    db.session.commit()
    end_of_writing()
    return render_template(
        "pro/piece.html", talk=attachment.message.conversation, document=document, is_image=is_image, words=words,
        sender=attachment.message.sender, html=rendering.html_of(document) if is_text else "",
    )


@bp.get("/messages/<ref>/pieces/<document_ref>/fichier")
def piece_file(ref: str, document_ref: str) -> Response:
    """The file itself, as a PDF where it is a text of ours."""
    response = answers.file_of(_attachment(ref, document_ref).document, attached=False)
    db.session.commit()
    return response


def _attachment(ref: str, document_ref: str) -> Attachment:
    attachment = attachments.find(talk_of(ref), document_ref) or abort(404)
    require(actor(), To.SEE_MESSAGE, attachment.message)
    return attachment
