"""The trainer's desk: one blueprint, one guard, one frame, and whose workshop it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox import access, live, navigation
from sandbox.account.place import login
from sandbox.console import planning
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import planned, returning, service
from sandbox.workshops.models import Trainer, Workshop

bp = Blueprint("console", __name__, url_prefix="/console")
THEIRS = "Seul le formateur qui a créé l’atelier peut le terminer, ou choisir qui l’anime avec lui."
MOST_NUMBER = 2**31  # that the store can count to
OVER = "Cet atelier est terminé : plus rien ne peut y changer."


@bp.before_request
def _guard() -> Any:
    if request.endpoint == "console.sign_in" or current_user.is_authenticated:
        return None
    return login.unauthorized()


@bp.before_request
def _settle() -> None:
    """What is late in the workshop that is looked at happens first, as when somebody who sits there asks for a page."""
    if current_user.is_authenticated and (code := (request.view_args or {}).get("code")):
        returning.settle_code(service.tidy_code(code))
        planning.settle(service.tidy_code(code))


@bp.context_processor
def _frame() -> dict[str, Any]:
    """What the console's layout shows around every page."""
    if not current_user.is_authenticated or g.get("is_fragment"):
        return {}
    code, is_admin = (request.view_args or {}).get("code"), access.administers(trainer())
    return {
        "viewer": SimpleNamespace(
            name=current_user.name, role="trainer", subtitle="Administrateur" if is_admin else "Formateur", sign_out_url=url_for("console.sign_out")
        ),
        "nav": navigation.items(navigation.TRAINER + (navigation.ADMINISTRATOR if is_admin else ())),
        "live_url": url_for("console.stream", code=code, depuis=live.latest()) if code else None,
        "watch_url": url_for("console.watch", code=code) if code else None,
        "next_moment": planned.next_of(g.entered) if g.get("entered") else None,
    }


@bp.errorhandler(Refused)
def _refused(error: Refused) -> ResponseReturnValue:
    """What the domain refuses is told on the room's page; nothing of it is kept."""
    db.session.rollback()
    flash(error.phrase, "error")
    code = (request.view_args or {}).get("code")
    return redirect(url_for("console.show", code=code) if code else url_for("console.index"))


def trainer() -> Trainer:
    """Who is at the desk."""
    found: Trainer = current_user._get_current_object()
    return found


def administrator() -> Trainer:
    """Who is at the desk, when they manage the trainers; for others the page does not exist."""
    if not access.administers(trainer()):
        abort(404)
    return trainer()


def workshop_of(code: str) -> Workshop:
    """A workshop that this trainer runs, alone or with a colleague; 404 for another's; of one erased, its proof."""
    workshop = even_erased_workshop_of(code)
    if workshop.is_erased:
        abort(redirect(url_for("console.proof", code=workshop.code)))
    return workshop


def even_erased_workshop_of(code: str) -> Workshop:
    """The same, though nothing but its name be left."""
    workshop = service.find(code)
    if workshop is None or not access.runs(trainer(), workshop):
        abort(404)
    g.entered = workshop.code  # it is theirs: the page may watch over it
    return workshop


def workshop_with_seat(code: str, seat: int) -> Workshop:
    """An open workshop that has this seat; 404 when it has not."""
    workshop = open_workshop_of(code)
    return workshop if 1 <= seat <= workshop.seats else abort(404)


def own_workshop_of(code: str) -> Workshop:
    """The same, for whom it is, and not for the colleagues who run it too. Raises Refused."""
    workshop = workshop_of(code)
    if not access.holds(trainer(), workshop):
        raise Refused(THEIRS)
    return workshop


def open_workshop_of(code: str) -> Workshop:
    """The same, while something may still change in it. Raises Refused."""
    workshop = workshop_of(code)
    if workshop.is_closed or workshop.world_id is None:
        raise Refused(OVER)
    return workshop


def ready_workshop_of(code: str) -> Workshop:
    """The same, once its first world is there; 404 before."""
    workshop = workshop_of(code)
    if workshop.world_id is None:
        abort(404)
    return workshop


def spoken(address: str) -> str:
    """The address as one types it."""
    return address.split("://", 1)[-1]
