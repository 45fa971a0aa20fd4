"""All my data, in one archive: ask, see how far it is, download."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.db import db, writes
from sandbox.export import making, service
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section

bp = portal("export", __name__, "/mes-donnees")
NAME = "Mes données (entraînement).zip"
GONE = "Cette archive n’est plus gardée. Demandez-en une nouvelle : elle sera prête en quelques secondes."


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("mes-donnees", "Mes données")
    return render_template("export/index.html", **_state())


@bp.get("/avancement")
def progress() -> Response:
    """The live part: how far the archive is."""
    return fragment("export/_progress.html", **_state())


@bp.post("/")
def ask() -> ResponseReturnValue:
    require(actor(), To.GET_ALL_DATA, opened_record())
    export = service.ask(actor(), opened_record())
    db.session.commit()
    making.later(export)
    flash("Votre demande est enregistrée. L’archive se prépare : vous pouvez continuer, une notification vous préviendra.", "done")
    return redirect(url_for(".index"))


@bp.post("/telecharger")
def download() -> ResponseReturnValue:
    require(actor(), To.GET_ALL_DATA, opened_record())
    export = service.latest(opened_record())
    content = service.content_of(export) if export and export.is_ready else None
    if export is None or content is None:
        flash(GONE, "info")
        return redirect(url_for(".index"))
    service.download(actor(), export)
    db.session.commit()
    response = send_file(BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=NAME)
    response.headers["Cache-Control"] = "no-store"
    return response


def _state() -> dict[str, Any]:
    export = service.latest(opened_record())
    kept = export is not None and export.is_ready and service.is_kept(export)
    stalled = export is not None and service.is_stalled(export)
    return {"export": export, "kept": kept, "stalled": stalled, "own": opened_record().owner_id == actor().id}
