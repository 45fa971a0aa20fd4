"""The learner's medical profile: a hub, a page a block, the measures."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import opened_record
from sandbox.db import writes
from sandbox.learner import portal, trace_section
from sandbox.profile import plot, service
from sandbox.profile.models import Block

bp = portal("profile", __name__, "/profil")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("profil", "Profil médical")
    record = opened_record()
    counts, measured = service.counts(record), service.series(record)
    return render_template("profile/index.html", counts=counts, parts=service.PARTS, measured=len(measured))


@bp.get("/<block>")
def show(block: str) -> ResponseReturnValue:
    """One block: /profil/allergies."""
    if block not in {known.value for known in Block}:
        abort(404)
    chosen = Block(block)
    entries = service.entries(opened_record(), chosen)
    return render_template("profile/block.html", part=service.PARTS[chosen], block=chosen, entries=entries)


@bp.get("/mesures")
def measures() -> ResponseReturnValue:
    """The latest values, then each kind with its graph and its table."""
    series = service.series(opened_record())
    plots = {one.slug: plot.plot(one) for one in series}
    return render_template("profile/measures.html", series=series, plots=plots, sources=service.SOURCES)
