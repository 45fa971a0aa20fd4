"""The activity history: who did what in the record, and when."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import opened_record
from sandbox.clock import PARIS
from sandbox.db import writes
from sandbox.fragments import fragment
from sandbox.journal import service
from sandbox.journal.models import ActorKind
from sandbox.learner import portal, trace_section

bp = portal("journal", __name__, "/historique")
TABS = {
    "": ("Tous", None),
    "professionnels": ("Professionnels", ActorKind.PROFESSIONAL),
    "moi": ("Mes activités", ActorKind.OWNER),
}
ICONS = {
    ActorKind.PROFESSIONAL: ("briefcase", "Professionnel"), ActorKind.OWNER: ("user", "Vous"),
    ActorKind.SYSTEM: ("building-office", "Organisme"), ActorKind.REPRESENTATIVE: ("users", "Représentant légal"),
    ActorKind.SERVICE: ("squares-2x2", "Service synchronisé"),
}


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("historique", "Historique d’activité")
    return render_template("journal/index.html", **_page())


@bp.get("/lignes")
def lines() -> Response:
    """The live part: what professionals do appears while one looks."""
    return fragment("journal/_lines.html", **_page())


def _page() -> dict[str, Any]:
    tab = request.args.get("onglet", "")
    tab = tab if tab in TABS else ""
    found, page, pages = service.page_of(opened_record(), TABS[tab][1], request.args.get("page", 1, type=int))
    days = [(day, list(group)) for day, group in groupby(found, key=lambda line: line.at.astimezone(PARIS).date())]
    asked: dict[str, Any] = {"onglet": tab} if tab else {}
    return {
        "days": days, "page": page, "pages": pages, "tab": tab, "icons": ICONS, "asked": asked,
        "tabs_shown": [(label, url_for(".index", onglet=name or None), name == tab) for name, (label, _) in TABS.items()],
        "page_url": lambda n: url_for(".index", page=n, **asked),
    }
