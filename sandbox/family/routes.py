"""The profiles that the person may open: their own, and those of the children they represent."""

from __future__ import annotations

import re

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
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from sandbox.access import OPENED, To, actor, may, opened_record, require
from sandbox.account.models import Record
from sandbox.account.place import SWITCHED
from sandbox.db import db, writes
from sandbox.family import service
from sandbox.learner import others_unread, portal, trace_section
from sandbox.notifications.models import Notification

bp = portal("family", __name__, "/profils")
AGENDA = re.compile(r"/agenda/(semaine|mois)?(\?[\w=&-]*)?", re.ASCII)


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("profils", "Mes profils")
    user, attached = actor(), [delegation.record for delegation in service.attached(actor())]
    records = [user.record or abort(404), *(record for record in attached if record.is_active)]
    return render_template(
        "family/index.html", records=records, own=user.record, current=opened_record(), waiting=_waiting(records),
        closed=[record for record in attached if may(user, To.REOPEN_SPACE, record)],
    )


@bp.get("/compteur")
def counter() -> Response:
    """What waits in the other profiles, alone: the switcher of every open page asks for it."""
    draw = get_template_attribute("family/_others.html", "others")
    response = make_response(draw(db.session.scalar(others_unread(actor(), opened_record())) or 0))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.post("/<ref>/ouvrir")
def open_(ref: str) -> ResponseReturnValue:
    record = db.session.scalars(sa.select(Record).where(Record.ref == ref)).first() or abort(404)
    require(actor(), To.OPEN_RECORD, record)
    if record is actor().record:
        return back()
    service.open_profile(actor(), record)
    db.session.commit()
    session[OPENED] = record.ref
    _leave_pages_behind()
    flash(f"Vous êtes maintenant dans le profil de {record.first_name}.", "done")
    return redirect(_next())


@bp.post("/revenir")
def back() -> ResponseReturnValue:
    session.pop(OPENED, None)
    _leave_pages_behind()
    flash("Vous êtes de retour dans votre profil.", "done")
    return redirect(_next())


def _next() -> str:
    """The view of the agenda from which one switched; the home page otherwise, since a thing is of one profile."""
    asked = request.args.get("retour", "")
    return asked if AGENDA.fullmatch(asked) else url_for("home.index")


def _leave_pages_behind() -> None:
    """A page of the former profile is still open in another tab: what it sends must not land in this one."""
    session.pop("csrf_token", None)
    session[SWITCHED] = True


def _waiting(records: list[Record]) -> dict[int, int]:
    """How many notifications wait in each profile."""
    query = sa.select(Notification.record_id, sa.func.count(Notification.id)).where(
        Notification.record_id.in_([record.id for record in records]), Notification.read_at.is_(None)
    )
    return {record_id: count for record_id, count in db.session.execute(query.group_by(Notification.record_id))}
