"""The first page, and the stream that keeps every open page fresh."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import live_stream
from sandbox.access import opened_record
from sandbox.db import writes
from sandbox.fragments import fragment
from sandbox.home import service
from sandbox.learner import audiences, portal, trace_section

bp = portal("home", __name__)
SHORTCUTS: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("Ajouter un document", "documents.add", {}, "document-plus"),
    ("Mes résultats de biologie", "documents.index", {"categorie": "BIOLOGIE"}, "beaker"),
    ("Mes ordonnances numériques", "prescriptions.index", {}, "qr-code"),
    ("Mon agenda", "agenda.index", {}, "calendar-days"),
    ("Qui a consulté mon dossier", "journal.index", {"onglet": "professionnels"}, "eye"),
)


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    before = service.visit(opened_record())
    trace_section("accueil", "Accueil")
    shortcuts = [(label, _address(endpoint, asked), icon) for label, endpoint, asked, icon in SHORTCUTS]
    return render_template("home/index.html", before=before, shortcuts=shortcuts, **_news())


@bp.get("/nouveautes")
def news() -> Response:
    """The live part of the first page."""
    return fragment("home/_news.html", **_news())


@bp.get("/direct")
def stream() -> Response:
    """What changed, as it changes."""
    return live_stream.answer(audiences())


def _address(endpoint: str, asked: dict[str, Any]) -> str:
    return url_for(endpoint, **asked)


def _news() -> dict[str, Any]:
    record = opened_record()
    return {
        "documents": service.documents(record), "messages": service.messages(record),
        "notifications": service.notifications(record), "appointment": service.next_appointment(record),
    }
