"""The learner's catalogue of services: search, filter, read a sheet."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record
from sandbox.catalogue import consenting, pairing, searching, service
from sandbox.catalogue.searching import Wanted
from sandbox.catalogue.section import bp
from sandbox.catalogue.service import Service
from sandbox.db import db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.learner import trace_section

__all__ = ["bp"]
PAGES = (consenting,)  # imported for the views that it registers


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """`?q=diabete&theme=observance&region=Bretagne`: the filters are in the address; turning pages leaves no trace."""
    wanted = searching.read(request.args)
    _trace(wanted)
    held, regions = searching.held(), service.regions()
    return render_template(
        "catalogue/index.html", **_listed(wanted), region_choices=[("", "Toutes les régions"), *((one, one) for one in regions)],
        theme_choices=[("", "Tous les thèmes"), *((one.slug, f"{one.label} ({held[one.slug]})") for one in service.themes().values())],
    )


@bp.get("/liste")
def listing() -> Response:
    """Live: a service was suspended, synchronised…"""
    return fragment("catalogue/_list.html", **_listed(searching.read(request.args)))


def _trace(wanted: Wanted) -> None:
    """Opening the section and searching leave a trace; turning pages does not."""
    if "page" in request.args:
        db.session.commit()
        return end_of_writing()
    if wanted.words:
        service.searched(actor(), opened_record())
    return trace_section("catalogue", "Catalogue de services")


def _listed(wanted: Wanted) -> dict[str, Any]:
    return {
        "wanted": wanted, "answer": searching.answer(opened_record(), wanted),
        "tied": {tie.service for tie in pairing.of(opened_record())},
        "chips": [(chip.label, url_for(".index", **wanted.address(**chip.without))) for chip in wanted.chips()],
        "page_url": lambda page: url_for(".index", **wanted.address(page=page)),
    }


@bp.get("/<slug>")
@writes
def show(slug: str) -> ResponseReturnValue:
    sheet = _sheet(slug)
    service.view(actor(), opened_record(), sheet)
    db.session.commit()
    end_of_writing()
    return render_template("catalogue/show.html", **_standing(sheet))


@bp.get("/<slug>/etat")
def standing(slug: str) -> Response:
    """Live: what one may do with the service now."""
    return fragment("catalogue/_standing.html", **_standing(_sheet(slug)))


def _sheet(slug: str) -> Service:
    return service.find(slug, opened_record()) or abort(404)


def _standing(sheet: Service) -> dict[str, Any]:
    """The service, whether it is synchronised, and the way to go on."""
    tie = pairing.with_service(opened_record(), sheet.slug)
    return {
        "service": sheet, "tie": tie, "may_synchronize": may(actor(), To.SYNCHRONIZE, opened_record()),
        "to_renew": tie is not None and pairing.is_stale(tie, sheet),
        "usable": [one for one in service.every(opened_record()).values() if one.can_be_tried],
    }
