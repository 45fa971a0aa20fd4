"""The page where one chooses how to read, for everybody: signed in or not yet, learner, professional or trainer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from sandbox import addresses, learner
from sandbox.account import door
from sandbox.comfort import choices
from sandbox.comfort.choices import Comfort
from sandbox.comfort.forms import Choose

bp = Blueprint("comfort", __name__)
DONE = "C’est fait. Toutes les pages s’affichent maintenant ainsi."
NORMAL = "C’est fait. Les pages s’affichent de nouveau comme au départ."


@bp.context_processor
def frame() -> dict[str, Any]:
    """The frame of whoever is in their own part; a plain sheet for all others."""
    if current_user.is_authenticated and current_user.record and current_user.record.is_active:
        return learner.frame()
    return door.frame()


@bp.route("/lecture", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """`?retour=/documents/`: the page one comes from, which the browser tells by itself the first time."""
    form = Choose(data=asdict(choices.here()) | {"back": _left(request.args.get("retour")) or _left(addresses.came_from())})
    if form.validate_on_submit():
        return _kept(form)
    return render_template("comfort/show.html", form=form, chosen=choices.here(), back=_left(form.back.data))


def _kept(form: Choose) -> Response:
    chosen = Comfort() if "reset" in request.form else Comfort.told(form.text.data, form.contrast.data, form.spacing.data)
    flash(NORMAL if chosen.is_normal else DONE, "done")
    response = redirect(url_for(".show", retour=_left(form.back.data)))
    chosen.keep(response)  # type: ignore[arg-type]
    return response


def _left(address: str | None) -> str | None:
    """An address of this site that a page answers at; None for anything else."""
    ours = addresses.of_this_site(address)
    return ours if ours and addresses.page_of(ours)[0] not in {"", "comfort.show"} else None
