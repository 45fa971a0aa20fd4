"""Sending a document to a professional: it is attached to a message to them, whose words are ready (reference §1.3, §1.6)."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.access import To, actor, require
from sandbox.db import db
from sandbox.documents.extras import is_paper_prescription
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of
from sandbox.errors import Refused
from sandbox.messaging import attachments, budget, choosing, drafts, inbox
from sandbox.messaging.desk import place_of
from sandbox.messaging.forms import SendDocument
from sandbox.messaging.models import Draft

ATTACHED = "« {} » est joint à votre message. Relisez le message, puis appuyez sur « Envoyer »."
PREPARED = "Bonjour,\n\nJe souhaite partager avec vous le document « {title} », daté du {day}.\n\nBien cordialement,\n{signed}"


@bp.route("/<ref>/envoyer", methods=["GET", "POST"])
def send(ref: str) -> ResponseReturnValue:
    """To whom? Then the page where one writes to them."""
    document = document_of(ref, To.FILE)
    form = SendDocument(inbox.correspondents(document.record))
    if form.validate_on_submit() and (draft := _prepared(document, form)):
        db.session.commit()
        flash(ATTACHED.format(document.title), "done")
        return redirect(place_of(draft).address())
    page = render_template("documents/send.html", form=form, document=document, paper=is_paper_prescription(document))
    return page, 422 if form.errors else 200


def prepared(document: Document) -> str:
    """A greeting, the wish to share, the name of the profile: the person changes what they want."""
    own = actor() is document.record.owner
    signed = actor().name if own else f"{actor().name}, pour {document.record.name}"
    return PREPARED.format(title=document.title, day=french.long_date(document.dated), signed=signed)


def _prepared(document: Document, form: SendDocument) -> Draft | None:
    """The message in the making, the document attached once; what was being written there stays."""
    talk = form.talks[form.to.data]
    require(actor(), To.REPLY, talk)
    draft = drafts.of(actor(), document.record, talk)
    if choosing.is_carried(draft, document):
        return draft
    try:
        budget.check(draft, attachments.weight(document))
    except Refused as refused:
        form.to.errors = (refused.phrase,)
        return None
    drafts.add(draft, attachments.copy_of(document))
    if not draft.body.strip():
        drafts.keep(draft, body=prepared(document))
    return draft
