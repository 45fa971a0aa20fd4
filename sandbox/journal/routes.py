"""The activity history: who did what in the record, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import Flask, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import addresses, clock, french, subjects, tenancy
from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import Record
from sandbox.account.place import here
from sandbox.clock import PARIS
from sandbox.db import EPOCH, MICROSECOND, db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.journal import service, sheet
from sandbox.journal.forms import Period
from sandbox.journal.models import ActorKind
from sandbox.journal.service import Asked, Page, Place
from sandbox.learner import portal, trace_section

bp = portal("journal", __name__, "/historique")
TABS = {  # in the words and the order of the real portal (reference §1.11)
    "": ("Tous", None),
    "professionnels": ("Professionnels", ActorKind.PROFESSIONAL),
    "moi": ("Mes activités", ActorKind.OWNER),
    "representants": ("Représentants légaux", ActorKind.REPRESENTATIVE),
    "services": ("Services synchronisés", ActorKind.SERVICE),
    "systeme": ("Support et système", ActorKind.SYSTEM),
}
PERIODS = {"7-jours": ("7 derniers jours", 7), "30-jours": ("30 derniers jours", 30), "12-mois": ("12 derniers mois", 365)}
ICONS = {
    ActorKind.PROFESSIONAL: "briefcase", ActorKind.OWNER: "user", ActorKind.SYSTEM: "building-office",
    ActorKind.REPRESENTATIVE: "users", ActorKind.SERVICE: "squares-2x2",
}
LAST_ID = 2**31 - 1
NOWHERE = Page([], has_newer=False, has_older=False)


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """Opening the section leaves a trace; going from tab to tab, choosing a period and turning pages do not."""
    came_from = (addresses.came_from() or "").partition("?")[0]
    if set(request.args) <= {"onglet"} and came_from != url_for(".index"):
        trace_section("historique", "Historique d’activité")
    db.session.commit()
    end_of_writing()
    page = _page()
    return render_template("journal/index.html", **page), 422 if page["form"].errors else 200


@bp.get("/lignes")
def lines() -> Response:
    """The live part: what professionals do appears while one looks."""
    return fragment("journal/_lines.html", **_page())


@bp.get("/telecharger")
@writes
def download() -> Response:
    """The whole history, for a spreadsheet."""
    record = opened_record()
    require(actor(), To.GET_ALL_DATA, record)
    service.take_away(actor(), record)
    db.session.commit()
    end_of_writing()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    name = "" if record is actor().record else record.first_name
    response = Response(_pieces(app, here(), record, name), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="historique-{clock.today():%Y-%m-%d}.csv"'
    return response


def _pieces(app: Flask, where: tenancy.Bound, record: Record, name: str) -> Iterator[str]:
    """The file, batch after batch, each read in a context of its own: nothing is held while it leaves."""
    yield sheet.head()
    place: Place | None = None
    while True:
        with app.app_context(), tenancy.world(where):
            found = service.batch(record, place)
        if not found:
            return
        yield sheet.rows(found, name)
        place = found[-1].place


def _page() -> dict[str, Any]:
    asked = {name: value for name in ("onglet", "periode", "du", "au") if (value := request.args.get(name, ""))}
    place = {name: value for name in ("avant", "apres") if (value := request.args.get(name, ""))}
    tab = asked.get("onglet", "")
    tab = tab if tab in TABS else ""
    form = Period(request.args)
    found = _found(TABS[tab][1], form) if form.validate() else NOWHERE
    days = [(day, list(group)) for day, group in groupby(found.lines, key=lambda line: line.at.astimezone(PARIS).date())]
    return {
        "form": form, "days": days, "tab": tab, "icons": ICONS, "kinds": ActorKind,
        "where": subjects.addresses(opened_record(), {line.subject for line in found.lines}),
        "newer": _beside(found, asked) if found.has_newer else None,
        "older": _beside(found, asked, older=True) if found.has_older else None,
        "live": _url(asked | place, ".lines"),
        "tabs_shown": [(label, _url(asked | {"onglet": name}), name == tab) for name, (label, _) in TABS.items()],
        "periods": _periods(asked), "period": _in_words(form), "entire": _url({"onglet": tab}), "report": _report,
    }


def _found(kind: ActorKind | None, form: Period) -> Page:
    since, until = _bounds(form)
    asked = Asked(
        kind, since=clock.at(since) if since else None, until=clock.at(until + timedelta(days=1)) if until else None
    )
    before, after = _place("avant"), _place("apres")
    return service.page_of(opened_record(), asked, before=before, after=after)


def _bounds(form: Period) -> tuple[date | None, date | None]:
    """The dates written, or else the ready choice."""
    if form.du.data or form.au.data:
        return form.du.data, form.au.data
    _, days = PERIODS.get(request.args.get("periode", ""), ("", 0))
    return (clock.today() - timedelta(days=days) if days else None), None


def _in_words(form: Period) -> str:
    """« du 1er mars au 31 mars 2026 »; nothing when the whole history is shown."""
    if form.errors:
        return ""
    since, until = _bounds(form)
    if since and until:
        return f"du {french.long_date(since)} au {french.long_date(until)}"
    return f"depuis le {french.long_date(since)}" if since else f"jusqu’au {french.long_date(until)}" if until else ""


def _periods(asked: dict[str, str]) -> list[tuple[str, str, bool]]:
    """The ready choices: words, address, whether it is the present one."""
    written, tab = asked.keys() & {"du", "au"}, {"onglet": asked.get("onglet", "")}
    present = "" if written else asked.get("periode", "")
    ready = [(label, _url(tab | {"periode": name}), name == present) for name, (label, _) in PERIODS.items()]
    return [("Toutes les dates", _url(tab), not written and present not in PERIODS), *ready]


def _beside(found: Page, asked: dict[str, str], *, older: bool = False) -> str:
    """The address of the lines before or after these."""
    if not found.lines:
        return _url(asked)
    at, id_ = found.lines[-1 if older else 0].place
    return _url(asked | {"avant" if older else "apres": f"{(at - EPOCH) // MICROSECOND}-{id_}"})


def _report(line: service.Line) -> str:
    """Where to tell the support that this look was not expected."""
    return url_for("help.report_access", ref=line.actor_ref, quand=line.at.isoformat(timespec="seconds"))


def _url(asked: dict[str, str], endpoint: str = ".index") -> str:
    told: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for(endpoint, **told)


def _place(name: str) -> Place | None:
    """A place in the order, as an address says it; anything else is the beginning."""
    written = re.fullmatch(r"(\d{1,16})-(\d{1,18})", request.args.get(name, ""))
    return Place(EPOCH + int(written[1]) * MICROSECOND, min(int(written[2]), LAST_ID)) if written else None
