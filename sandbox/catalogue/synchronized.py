"""« Services synchronisés »: what may exchange data with the record, changed or stopped at any time (reference §1.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.catalogue import calls, consenting, history, listing, pairing, service
from sandbox.catalogue.calls import Denial
from sandbox.catalogue.forms import agreements
from sandbox.catalogue.models import Synchronization
from sandbox.catalogue.service import Service
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section

__all__ = ["bp", "listing"]  # imported for what it does on time
bp = portal("synchronized", __name__, "/services-synchronises")
UNTIED = "« {} » n’est pas synchronisé avec cet espace : il ne peut rien y lire ni y écrire."
DONE = "C’est enregistré. « {} » suit vos nouvelles réponses dès maintenant."
STOPPED = "« {} » n’est plus synchronisé. Il ne peut plus rien lire ni écrire ici."


@dataclass(frozen=True)
class Held:
    """A service that is synchronised, as it stands: `stopped` when nothing is exchanged any more."""

    tie: Synchronization
    sheet: Service
    exchanged_at: datetime | None

    @property
    def stopped(self) -> Denial | None:
        return calls.stopped(self.tie, self.sheet)

    @property
    def granted(self) -> str:
        return pairing.in_words([one for one in self.sheet.purposes if self.tie.grants(one)])


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("services-synchronises", "Services synchronisés")
    return render_template("catalogue/synchronized.html", **_held())


@bp.get("/liste")
def rows() -> Response:
    """Live: what a service did, or what became of it."""
    return fragment("catalogue/_synchronized.html", **_held())


def _held() -> dict[str, Any]:
    record = opened_record()
    sheets, exchanged = service.every(record), history.last_exchanges(record)
    ties = [tie for tie in pairing.of(record) if tie.service in sheets]
    return {"held": [Held(tie, sheets[tie.service], exchanged.get(tie.service)) for tie in ties], "denials": Denial, "name": consenting.somebody()}


@bp.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """One service: what it may do, what it did, and how to stop it."""
    return render_template("catalogue/synchronized_show.html", **_standing(slug))


@bp.get("/<slug>/etat")
def standing(slug: str) -> Response:
    """Live: the same, alone."""
    return fragment("catalogue/_synchronized_show.html", **_standing(slug))


def _standing(slug: str) -> dict[str, Any]:
    sheet, tie, record = _sheet(slug), _tie(slug), opened_record()
    held = Held(tie, sheet, history.last_exchanges(record).get(slug))
    return {
        "held": held, "lines": history.of_service(record, slug), "denials": Denial, "is_grown": calls.came_of_age(tie),
        "asked": {consent.purpose for consent in tie.consents}, "name": consenting.somebody(),
    }


@bp.route("/<slug>/accords", methods=["GET", "POST"])
def change(slug: str) -> ResponseReturnValue:
    """The same questions as the first time, with the present answers."""
    sheet, tie = _sheet(slug), _tie(slug)
    if pairing.is_stale(tie, sheet):
        return redirect(url_for(".show", slug=slug))
    form = agreements(sheet.purposes, [one for one in sheet.purposes if tie.grants(one)], consenting.somebody())
    if form.validate_on_submit():
        try:
            pairing.change(actor(), tie, sheet, form.granted)
        except Refused as refused:
            form.form_errors.append(refused.phrase)
        else:
            db.session.commit()
            flash(DONE.format(sheet.name), "done")
            return redirect(url_for(".show", slug=slug))
    return render_template("catalogue/synchronized_change.html", **consenting.about(sheet), form=form), 422 if form.errors else 200


@bp.post("/<slug>/arreter")
def stop(slug: str) -> ResponseReturnValue:
    """Every agreement falls at once; what was written stays."""
    sheet, tie = _sheet(slug), _tie(slug)
    pairing.end(actor(), tie, sheet.name)
    db.session.commit()
    flash(STOPPED.format(sheet.name), "done")
    return redirect(url_for(".index"))


def _sheet(slug: str) -> Service:
    return service.find(slug, opened_record()) or abort(404)


def _tie(slug: str) -> Synchronization:
    """What is synchronised; or the list, when it no longer is."""
    tie = pairing.with_service(opened_record(), slug)
    if tie is None:
        end_of_writing()
        flash(UNTIED.format(_sheet(slug).name), "info")
        abort(redirect(url_for(".index")))
    require(actor(), To.MANAGE_SYNCHRONIZATION, tie)
    return tie
