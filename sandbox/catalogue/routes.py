"""The learner's catalogue of services: search, filter, read a sheet."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.access import actor, opened_record
from sandbox.catalogue import service
from sandbox.db import db, end_of_writing, writes
from sandbox.learner import portal, trace_section

bp = portal("catalogue", __name__, "/catalogue")
BOOKING = "rdv-valbrune"  # the service whose site is simulated


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """`?q=diabete&theme=observance&region=Bretagne`: the filters are in the address."""
    asked = {name: request.args.get(name, "").strip()[:60] for name in ("q", "theme", "region")}
    if asked["q"]:
        service.searched(actor(), opened_record())
    trace_section("catalogue", "Catalogue de services")
    return render_template(
        "catalogue/index.html", asked=asked, found=service.search(asked["q"], asked["theme"], asked["region"]),
        themes=service.themes(), regions=service.regions(),
    )


@bp.get("/<slug>")
@writes
def show(slug: str) -> ResponseReturnValue:
    sheet = service.services().get(slug) or abort(404)
    service.view(actor(), opened_record(), sheet)
    db.session.commit()
    end_of_writing()
    return render_template("catalogue/show.html", service=sheet, books=slug == BOOKING and sheet.is_online)
