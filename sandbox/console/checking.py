"""Before the doors open: what is ready, what is not and its cure, the address that the squares bear, the printer's sheet."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from sandbox import clock, french, network, qr, serving
from sandbox.console import readiness
from sandbox.console.desk import bp, open_workshop_of, ready_workshop_of
from sandbox.console.printing import as_pdf, note_paper
from sandbox.db import writes
from sandbox.forms import Form
from sandbox.fragments import fragment
from sandbox.workshops import doorstep, trial_sheet, upkeep
from sandbox.workshops.models import Workshop


class Addresses(Form):
    ip = RadioField("Par quelle adresse les tablettes entrent-elles ?")


def _choice() -> Addresses | None:
    """The addresses to choose from; None where there is nothing to choose."""
    settings, found = current_app.config["SETTINGS"], network.addresses()
    if settings.public_url or not found or not serving.listens_to_others(settings.data):
        return None
    form = Addresses()
    form.ip.choices = [(one.ip, one.label) for one in found]
    if form.ip.data is None:
        form.ip.data = next((one.ip for one in found if f"//{one.ip}:" in serving.public("/")), None)
    return form


def _told(workshop: Workshop) -> dict[str, Any]:
    found = readiness.checks(workshop)
    return {"workshop": workshop, "checks": found, "counted": readiness.counted(found)}


@bp.get("/<code>/verifier")
def check(code: str) -> ResponseReturnValue:
    """Each thing to look at, and the square that a tablet aims at."""
    workshop = ready_workshop_of(code)
    return _page(workshop, _choice())


def _page(workshop: Workshop, form: Addresses | None, status: int = 200) -> ResponseReturnValue:
    address = serving.public(url_for("account.trial", code=workshop.code))
    return render_template(
        "console/check.html", form=form, address=address, square=qr.square(address), is_local=serving.is_local(address), **_told(workshop),
    ), status


@bp.get("/<code>/verifier/etat")
def check_state(code: str) -> Response:
    """The live part: each line again."""
    return fragment("console/_checks.html", **_told(ready_workshop_of(code)))


@bp.post("/<code>/verifier/adresse")
def choose_address(code: str) -> ResponseReturnValue:
    """Every square leads there from now on."""
    workshop, form = open_workshop_of(code), _choice()
    if form is None:
        return redirect(url_for("console.check", code=workshop.code))
    if not form.validate_on_submit():
        form.ip.errors = ["Choisissez une adresse de la liste."]
        return _page(workshop, form, 422)
    address = serving.choose(current_app.config["SETTINGS"].data, form.ip.data)
    flash(f"Tous les carrés mènent maintenant à {address} Les cartes déjà imprimées sont à réimprimer.", "done")
    return redirect(url_for("console.check", code=workshop.code))


@bp.post("/<code>/verifier/avance")
def prepare_spare(code: str) -> ResponseReturnValue:
    """Fill the spare world now, off this request's path."""
    workshop = open_workshop_of(code)
    upkeep.later(workshop.id)
    flash("La copie neuve se prépare. Vérifiez de nouveau dans une minute.", "done")
    return redirect(url_for("console.check", code=workshop.code))


@bp.get("/<code>/feuille-essai.pdf")
@writes
def trial_sheet_pdf(code: str) -> Response:
    """One page that tries the printer: a line to measure, a square to aim at, the smallest letters of the cards."""
    workshop = ready_workshop_of(code)
    note_paper(workshop, doorstep.SHEET)
    address = serving.public(url_for("account.trial", code=workshop.code, feuille=1))
    content = trial_sheet.pdf(workshop.name, address, french.full_moment(clock.real_now()))
    return as_pdf(content, f"essai-{workshop.code}")
