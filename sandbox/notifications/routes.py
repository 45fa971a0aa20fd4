"""The centre of notifications: each leads to the thing it announces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import (
    Response,
    abort,
    flash,
    get_template_attribute,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.agenda.models import Appointment
from sandbox.db import db, writes
from sandbox.documents.models import Document
from sandbox.fragments import fragment
from sandbox.learner import portal
from sandbox.messaging.models import Conversation
from sandbox.notifications import service
from sandbox.notifications.models import Code, Notification
from sandbox.prescriptions.models import Prescription

bp = portal("notifications", __name__, "/notifications")
GONE = "Ce que cette notification annonçait n’est plus dans votre dossier : il a été supprimé."
SUBJECTS: dict[str, tuple[Any, Callable[[str], str]]] = {
    "document": (Document, lambda ref: url_for("documents.show", ref=ref)),
    "conversation": (Conversation, lambda ref: url_for("messaging.show", ref=ref)),
    "prescription": (Prescription, lambda ref: url_for("prescriptions.show", ref=ref)),
    "appointment": (Appointment, lambda ref: url_for("agenda.index")),
}
LINKS = {
    Code.AJOUT_DOC: ("document-plus", "Voir le document"),
    Code.CONSULT_DOCUMENT: ("document-magnifying-glass", "Voir le document"),
    Code.RECEPTION_MESSAGE: ("chat-bubble-left-right", "Lire le message"),
    Code.ACCES_DMP_PS: ("eye", "Voir l’historique des accès"),
    Code.RAPPEL_RDV_USAGER: ("calendar-days", "Voir l’agenda"),
    Code.DELIVRANCE: ("shopping-bag", "Voir l’ordonnance"),
}


@bp.get("/")
def index() -> ResponseReturnValue:
    return render_template("notifications/index.html", **_page())


@bp.get("/liste")
def listing() -> Response:
    """The live part of the centre."""
    return fragment("notifications/_list.html", **_page())


@bp.get("/cloche")
def bell() -> Response:
    """The live inside of the bell, made without the rest of the frame: every open page asks for it."""
    draw = get_template_attribute("components/bell.html", "bell")
    response = make_response(draw(service.unread_count(opened_record())))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    """Open one: it is read, and the person is led to the thing itself."""
    notification = _notification(ref)
    service.open_one(actor(), notification)
    address = _address(notification)
    db.session.commit()
    if address is None:
        flash(GONE, "info")
    return redirect(address or url_for(".index"))


@bp.post("/tout-lire")
def read_all() -> ResponseReturnValue:
    service.read_all(opened_record())
    db.session.commit()
    flash("Toutes vos notifications sont marquées comme lues.", "done")
    return redirect(url_for(".index"))


@bp.post("/<ref>/lue", defaults={"read": True})
@bp.post("/<ref>/non-lue", defaults={"read": False})
def mark(ref: str, read: bool) -> ResponseReturnValue:
    service.mark(actor(), _notification(ref), read=read)
    db.session.commit()
    flash("La notification est marquée comme lue." if read else "La notification est de nouveau à lire.", "done")
    return redirect(url_for(".index", **_here()))


@bp.post("/<ref>/supprimer")
def delete(ref: str) -> ResponseReturnValue:
    service.delete(actor(), _notification(ref))
    db.session.commit()
    flash("La notification est supprimée. Ce qu’elle annonçait reste dans votre dossier.", "done")
    return redirect(url_for(".index", **_here()))


def _page() -> dict[str, Any]:
    """One page of the centre, with what each line says and offers."""
    record = opened_record()
    lines, page, pages = service.page_of(record, request.args.get("page", 1, type=int))
    return {
        "lines": lines, "page": page, "pages": pages, "links": LINKS, "left": service.unread_count(record),
        "manage": "gerer" in request.args, "here": _here(),
        "page_url": lambda n: url_for(".index", **_here() | {"page": n}),
    }


def _here() -> dict[str, Any]:
    """What the address says of the list one looks at, to come back to it."""
    return {name: request.args[name] for name in ("page", "gerer") if name in request.args}


def _notification(ref: str) -> Notification:
    notification = service.find(ref) or abort(404)
    require(actor(), To.SEE_NOTIFICATION, notification)
    return notification


def _address(notification: Notification) -> str | None:
    """Where the thing is; the history for an access; None when the thing is gone."""
    if notification.about not in SUBJECTS:
        return url_for("journal.index", onglet="professionnels")
    subject, address = SUBJECTS[notification.about]
    known = db.session.scalar(sa.select(subject.id).where(subject.ref == notification.object_ref))
    return address(notification.object_ref) if known else None
