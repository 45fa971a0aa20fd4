"""A person synchronises a service: out to the firm's site, back for the consent, purpose by purpose (reference §1.9)."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.catalogue import calls, errands, pairing, service
from sandbox.catalogue.errands import AGREED, REFUSED, Errand
from sandbox.catalogue.forms import EXAMPLES, Agreements, agreements
from sandbox.catalogue.models import Synchronization
from sandbox.catalogue.section import bp
from sandbox.catalogue.service import Service
from sandbox.db import db
from sandbox.errors import Refused

NO_SITE = "« {} » ne peut pas être essayé dans cet entraînement : son site n’est pas simulé. Choisissez un service qui porte « À essayer »."
STALE = "Cette demande de synchronisation ne sert plus : elle a déjà servi, ou elle a plus de dix minutes. Vous pouvez recommencer."
SLOW = "Dix minutes ont passé. Par sécurité, vérifiez vos réponses, puis validez-les encore une fois."


@bp.post("/<slug>/synchroniser")
def synchronize(slug: str) -> ResponseReturnValue:
    """Out to the firm's site, with a state that serves once."""
    sheet = _sheet(slug)
    if phrase := _why_not(sheet):
        flash(phrase, "error")
        return redirect(url_for(".show", slug=slug))
    errand = errands.begin(actor(), opened_record(), slug)
    return redirect(url_for("partners.sign_in", slug=slug, etat=errand.nonce))


@bp.route("/<slug>/accord", methods=["GET", "POST"])
def consent(slug: str) -> ResponseReturnValue:
    """What the service would have, one question for each purpose; nothing is tied before all are answered."""
    sheet, errand = _sheet(slug), _errand(slug)
    if errand is None:
        return _stale(sheet)
    if errand.answer or not errand.is_known:
        return redirect(_way_back(errand) if errand.answer else url_for("partners.sign_in", slug=slug, etat=errand.nonce))
    if phrase := _why_not(sheet):
        return _impossible(sheet, phrase)
    form = agreements(sheet.purposes, name=somebody())
    if form.validate_on_submit():
        return _slow(sheet, errand, form) if errand.is_over else _answered(sheet, errand, form)
    return _asked(sheet, errand, form), 422 if form.errors else 200


@bp.post("/<slug>/renoncer")
def give_up(slug: str) -> ResponseReturnValue:
    """The way out: nothing is tied, nothing that was tied changes."""
    errands.end(request.form.get("etat", ""))
    flash(f"Rien n’a changé : vous n’avez donné aucun accord à « {_sheet(slug).name} ».", "info")
    return redirect(url_for(".show", slug=slug))


def _answered(sheet: Service, errand: Errand, form: Agreements) -> ResponseReturnValue:
    try:
        tie = pairing.agree(actor(), opened_record(), sheet, form.granted)
    except Refused as refused:
        return _impossible(sheet, refused.phrase)
    db.session.commit()
    errand.answer, errand.tie = (AGREED, tie.ref) if tie else (REFUSED, "")
    errands.keep(errand)
    return redirect(_way_back(errand))


def _slow(sheet: Service, errand: Errand, form: Agreements) -> ResponseReturnValue:
    """What was ticked is kept, under a new state."""
    flash(SLOW, "info")
    return _asked(sheet, errands.again(errand), form), 422


def _asked(sheet: Service, errand: Errand, form: Agreements) -> str:
    tie = pairing.with_service(opened_record(), sheet.slug)
    return render_template("catalogue/consent.html", **about(sheet, tie), form=form, errand=errand, is_own=opened_record() is actor().record)


def about(sheet: Service, tie: Synchronization | None = None) -> dict[str, Any]:
    """What the questions are about: the service, what it learns anyway, what was answered before, why it asks again."""
    return {
        "service": sheet, "tie": tie, "record": opened_record(), "name": somebody(), "examples": EXAMPLES,
        "identity": next((need for need in sheet.present if need.asked is None), None),
        "former": {one.purpose: one.granted for one in tie.consents} if tie else {},
        "is_newer": tie is not None and tie.version < sheet.version,
        "is_grown": tie is not None and calls.came_of_age(tie),
    }


def somebody() -> str:
    """The first name of the person whose profile is open, when it is not one’s own."""
    return "" if opened_record() is actor().record else opened_record().first_name


def _way_back(errand: Errand) -> str:
    return url_for("partners.back", slug=errand.service, etat=errand.nonce, reponse=errand.answer)


def _errand(slug: str) -> Errand | None:
    """The errand of the address; over, it still serves to keep what was ticked."""
    errand = errands.find(request.args.get("etat", ""), actor(), opened_record(), slug)
    return None if errand and errand.is_over and request.method == "GET" else errand


def _why_not(sheet: Service) -> str:
    """Why it cannot be synchronised now; nothing when it can."""
    if not sheet.site:
        return NO_SITE.format(sheet.name)
    return "" if sheet.is_online else pairing.NOT_NOW.format(sheet.name, sheet.status.label.lower())


def _stale(sheet: Service) -> ResponseReturnValue:
    flash(STALE, "info")
    return redirect(url_for(".show", slug=sheet.slug))


def _impossible(sheet: Service, phrase: str) -> ResponseReturnValue:
    page = render_template("catalogue/consent_impossible.html", service=sheet, phrase=phrase, tie=pairing.with_service(opened_record(), sheet.slug))
    return page, 409 if request.method == "POST" else 200


def _sheet(slug: str) -> Service:
    require(actor(), To.SYNCHRONIZE, opened_record())
    return service.find(slug, opened_record()) or abort(404)
