"""The simulated phone: three boxes, a message opened, its link, and whether it is true."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import live, live_stream
from sandbox.account.place import here
from sandbox.db import begin_writing, db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.mailbox import answers, faces, holding, service
from sandbox.mailbox.models import Channel, Mail
from sandbox.mailbox.section import Held, Shown, bp, is_alone, owner

__all__ = ["answers", "bp", "holding"]  # imported for what they subscribe and for their pages
TITLE = "Téléphone simulé"


@bp.get("/")
def index() -> ResponseReturnValue:
    """The box that is asked for, or the one where something waits."""
    return screen("box", shown=_box())


@bp.get("/messages")
def messages() -> Response:
    """The live part of a box."""
    return fragment("mailbox/_messages.html", shown=_box())


@bp.get("/compte")
def count() -> Response:
    """How many messages are to be read, on the button that opens the phone."""
    return fragment("mailbox/_count.html", count=service.unread_count(owner()))


@bp.get("/nouveau")
def news() -> Response:
    """The live part beside an opened message: what has come since."""
    return fragment("mailbox/_news.html", count=service.unread_count(owner()))


@bp.get("/direct")
def stream() -> Response:
    """What changed for the seat whose phone it is: topics, never what they are about."""
    workshop = here().workshop_id
    return live_stream.answer((live.audience_of_seat(workshop, owner().seat), live.audience_of_workshop(workshop)))


@bp.get("/<ref>")
def show(ref: str) -> ResponseReturnValue:
    mail = _mail(ref)
    _mark_read([mail])
    return screen("message", mail=mail, face=faces.of(mail), count=service.unread_count(owner()))


@bp.get("/<ref>/lien")
@writes
def follow(ref: str) -> ResponseReturnValue:
    """The link of a message: a path of this site, and nothing else. That of a false one leads to what it was."""
    mail = _mail(ref)
    if not mail.link_label:
        abort(404)
    service.follow(owner(), mail)
    db.session.commit()
    if mail.lure:
        return redirect(url_for(".trap", ref=ref))
    return screen("elsewhere", mail=mail) if is_alone() else redirect(faces.inside(mail.link))


@bp.get("/<ref>/faux-message")
def trap(ref: str) -> ResponseReturnValue:
    """Nobody is shamed: what it was, the signs, and what to do in real life."""
    mail = _mail(ref)
    if not mail.is_told:
        return redirect(url_for(".show", ref=ref))
    return screen("trap", title="C’était un faux message", mail=mail, face=faces.of(mail))


@bp.post("/<ref>/signaler")
def report(ref: str) -> ResponseReturnValue:
    """« Signaler ce message »: the answer stands on the message itself."""
    service.report(owner(), _mail(ref))
    db.session.commit()
    return redirect(url_for(".show", ref=ref))


def screen(name: str, *, title: str = TITLE, **values: Any) -> ResponseReturnValue:
    """One screen of the phone: alone for the panel beside a page (`?volet=1`), or as a page of its own."""
    template = f"mailbox/_{name}.html"
    if "volet" in request.args:
        return fragment(template, **values)
    return render_template("mailbox/page.html", screen=template, title=title, **values)


def _box() -> Shown:
    """What is shown of it; what is short is shown in full: it is read."""
    asked = request.args.get("boite", "")
    channel = Channel(asked) if asked in set(Channel) else None
    shown = Held(owner()).shown(channel, request.args.get("page", 1, type=int))
    _mark_read([mail for mail in shown.mails if mail.is_short])
    return shown


def _mail(ref: str) -> Mail:
    return service.find(owner(), ref) or abort(404)


def _mark_read(mails: list[Mail]) -> None:
    """Shown in full is read; a look that reads nothing new writes nothing."""
    if any(mail.read_at is None for mail in mails):
        begin_writing()
        service.read(mails)
        db.session.commit()
        end_of_writing()
