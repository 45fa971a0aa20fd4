"""Writing anew to a professional who has already written; what is being written, kept at each pause, found again."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record, require
from sandbox.account.models import User
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.messaging import directory, drafts, service
from sandbox.messaging.desk import Desk, Place, place_of, told
from sandbox.messaging.models import Conversation
from sandbox.messaging.section import bp, professional_of, talk_of
from sandbox.texts import without_marks

SENT = "Votre message est parti. {} peut mettre quelques jours à vous répondre."
DROPPED = "Le brouillon est supprimé."


@bp.get("/nouveau/<ref>/ecrire")
def write_anew(ref: str) -> ResponseReturnValue:
    """The page to write from, as it was left."""
    professional = professional_of(ref)
    if not _may_write(professional):
        return redirect(url_for("messaging.contact", ref=ref))
    return _page(Desk(Place(opened_record(), to=professional), sent=False))


@bp.post("/nouveau/<ref>/ecrire")
def send_anew(ref: str) -> ResponseReturnValue:
    """The message, or one of the page's other buttons."""
    professional = professional_of(ref)
    desk = Desk(Place(opened_record(), to=professional), sent=True)
    turned = desk.turned()
    talk = _sent(desk) if not turned and desk.is_ready() else None
    db.session.commit()
    if talk:
        flash(SENT.format(professional.name), "done")
        return redirect(url_for("messaging.show", ref=talk.ref))
    return turned or (_page(desk), 422)


@bp.post("/<ref>/brouillon")
def keep_reply(ref: str) -> Response:
    """What is typed of an answer, at a pause."""
    talk = talk_of(ref)
    desk = Desk(Place(talk.record, talk), sent=True)
    last = talk.messages[-1]
    if desk.draft is None and last.sender_id == actor().id and last.body.startswith(service.tidy(desk.form.text.data or "")):
        return Response("", mimetype="text/plain")  # it has just gone, from this page or from another
    return _kept(desk)


@bp.post("/nouveau/<ref>/brouillon")
def keep_new(ref: str) -> Response:
    """The same of a new message."""
    return _kept(Desk(Place(opened_record(), to=professional_of(ref)), sent=True))


@bp.get("/brouillons")
def begun() -> str:
    """What was begun and not sent."""
    found = [(draft, place_of(draft)) for draft in drafts.of_record(actor(), opened_record())]
    return render_template("messaging/drafts.html", drafts=found)


@bp.post("/brouillons/<ref>/supprimer")
def drop(ref: str) -> ResponseReturnValue:
    """Throw a draft away; pressed twice, it is gone already."""
    draft = drafts.by_ref(ref)
    if draft:
        require(actor(), To.USE_DRAFT, draft)
        drafts.drop(draft)
        db.session.commit()
    flash(DROPPED, "done")
    return redirect(url_for("messaging.begun"))


def _may_write(professional: User) -> bool:
    return any(may(actor(), To.WRITE_ANEW, talk) for talk in directory.talks_with(opened_record(), professional))


def _sent(desk: Desk) -> Conversation | None:
    """The new exchange, its draft forgotten; or nothing, and the form says why."""
    form, draft, to = desk.form, desk.draft, desk.place.professional
    if not _may_write(to):
        form.text.errors = (service.ENDED,)
        return None
    try:
        talk = _gone(desk) or service.write_anew(
            actor(), desk.place.record, to, form.about or "", form.text.data or "", receipt=form.receipt.data,
            pieces=desk.pieces,
        )
    except Refused as refused:
        form.text.errors = (refused.phrase,)
        return None
    if draft:
        drafts.taken(draft)
    return talk


def _gone(desk: Desk) -> Conversation | None:
    """The exchange that the very same message opened a moment ago: the button was pressed twice, or the page sent again."""
    record, to = desk.place.record, desk.place.professional
    subject, text = without_marks(desk.form.about or ""), without_marks(desk.form.text.data or "")
    said = None if desk.pieces else service.just_said(actor(), record, text, to=to, subject=subject)
    return said.conversation if said else None


def _kept(desk: Desk) -> Response:
    """« Brouillon enregistré à 14 h 32 », or why it was not."""
    if not desk.keep() or desk.draft is None:
        wrong = next(error for field in desk.form for error in field.errors)
        return Response(str(wrong), 422, mimetype="text/plain")
    db.session.commit()
    return Response(told(desk.draft), mimetype="text/plain")


def _page(desk: Desk) -> str:
    talks = directory.talks_with(desk.place.record, desk.place.professional)
    open_ones = [talk for talk in talks if not talk.is_cleared and may(actor(), To.REPLY, talk)]
    return render_template("messaging/write.html", desk=desk, talks=open_ones)
