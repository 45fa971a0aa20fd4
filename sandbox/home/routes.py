"""The first page, the shortcuts on it, and the stream that keeps every open page fresh."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock, live_stream
from sandbox.access import actor, opened_record
from sandbox.account.models import Record
from sandbox.account.place import here
from sandbox.db import db, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.home import service, shortcuts
from sandbox.home.forms import ChooseShortcuts
from sandbox.learner import audiences, portal, trace_section

bp = portal("home", __name__)
SINCE = "since"  # in the session: for each profile, when the visit before this one was
STEPS = {"monter": -1, "descendre": 1}


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    record = opened_record()
    since = _since(record)
    trace_section("accueil", "Accueil")
    return render_template(
        "home/index.html", record=record, since=since, seen=clock.now(), told=service.told(record),
        appointment=service.next_appointment(record), shortcuts=_addressed(shortcuts.of(record)), **_news(record, since),
    )


@bp.get("/nouveautes")
def news() -> Response:
    """The live part of the first page: what came since it was made waits to be asked for, so that nothing moves."""
    return fragment("home/_arrived.html", arrived=service.arrived(opened_record(), _moment(request.args.get("vu", ""))))


@bp.get("/aujourdhui")
def today() -> Response:
    """The live part of the banner: the workshop's date, when the trainer has moved its clock."""
    return fragment("layouts/_today.html")


@bp.get("/direct")
def stream() -> Response:
    """What changed, as it changes."""
    return live_stream.answer(audiences())


@bp.route("/raccourcis", methods=["GET", "POST"])
def choose_shortcuts() -> ResponseReturnValue:
    """At most five, in one's own order."""
    chosen = shortcuts.of(opened_record())
    form = ChooseShortcuts.of(chosen)
    if form.validate_on_submit() and _chosen(form):
        db.session.commit()
        flash("Vos raccourcis sont enregistrés.", "done")
        return redirect(url_for(".index", _anchor="raccourcis"))
    return render_template("home/shortcuts.html", form=form, chosen=chosen), 422 if form.form_errors else 200


@bp.post("/raccourcis/<code>/<way>")
def move_shortcut(code: str, way: str) -> ResponseReturnValue:
    if code not in shortcuts.ALL or way not in STEPS:
        abort(404)
    shortcuts.move(actor(), opened_record(), code, STEPS[way])
    db.session.commit()
    return redirect(url_for(".choose_shortcuts", _anchor="ordre"))


@bp.post("/raccourcis/origine")
def reset_shortcuts() -> ResponseReturnValue:
    shortcuts.reset(actor(), opened_record())
    db.session.commit()
    flash("Les raccourcis d’origine sont revenus.", "done")
    return redirect(url_for(".choose_shortcuts"))


def _chosen(form: ChooseShortcuts) -> bool:
    try:
        shortcuts.choose(actor(), opened_record(), form.ticked())
    except Refused as refused:
        form.form_errors.append(refused.phrase)
        return False
    return True


def _addressed(chosen: list[shortcuts.Shortcut]) -> list[tuple[str, str, str]]:
    return [(one.label, url_for(one.endpoint, **one.asked), one.icon) for one in chosen]


def _since(record: Record) -> datetime | None:
    """When the person was here before this visit, the same all through the visit; None the first time."""
    before = service.visit(record)
    known: dict[str, str] = session.get(SINCE, {})
    if record.ref not in known or service.is_another_visit(before):
        service.resume(record)
        known = {**known, record.ref: before.isoformat() if before else ""}
        session[SINCE] = known
    return datetime.fromisoformat(known[record.ref]) if known[record.ref] else None


def _moment(text: str) -> datetime:
    """The moment an address says; now, when it says none."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return clock.now()
    return said if said.tzinfo else clock.now()


def _news(record: Record, since: datetime | None) -> dict[str, Any]:
    """What is to be read, kind by kind, and what it comes to in words."""
    found = {
        "documents": service.documents(record, since), "messages": service.messages(record, since),
        "prescriptions": service.prescriptions(record, since), "notifications": service.notifications(record, since),
    }
    words = {
        "documents": ("document", "documents"), "messages": ("message", "messages"),
        "prescriptions": ("ordonnance", "ordonnances"), "notifications": ("notification", "notifications"),
    }
    quiet = not any(found.values())
    return {
        **found, "summary": service.summary((found[kind], *words[kind]) for kind in found), "is_quiet": quiet,
        "exercise": service.next_exercise(here().workshop_id, actor().seat) if quiet else None,
    }
