"""Closing the space that is open: what it does, what becomes of the data, the code that confirms it."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import OPENED, To, actor, opened_record, require
from sandbox.account import life
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import TO_ERASE, CodePurpose, Record
from sandbox.account.place import SWITCHED, arrive, here, hold_phone_of, leave
from sandbox.account.settling import accepted
from sandbox.clock import now
from sandbox.db import db, writes
from sandbox.learner import trace_section
from sandbox.leaving import attached, proving
from sandbox.leaving.forms import ERASE, KEEP, Fate
from sandbox.leaving.section import bp

__all__ = ["attached", "bp"]
CHOSEN = "closing"  # in the session: whose space is being closed, and whether its data are to be erased
CLOSED = "closed"  # in the session: that a space has just been closed here, and until when its erasure can be stopped


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """What closing does."""
    record = _mine()
    trace_section("cloture", "Clôture du profil")
    return render_template("leaving/closing.html", record=record)


@bp.route("/donnees", methods=["GET", "POST"])
def data() -> ResponseReturnValue:
    """Kept in the archive, or erased; then the code leaves."""
    record = _mine()
    form = Fate(own=record.owner_id == actor().id, fate=ERASE if _erases(record) else KEEP)
    if form.validate_on_submit():
        session[CHOSEN] = {"record": record.ref, "erase": form.fate.data == ERASE}
        proving.ask(actor(), CodePurpose.CLOSING, record)
        return redirect(url_for(".confirm"))
    page = render_template("leaving/data.html", form=form, record=record, erased_by=now() + TO_ERASE)
    return page, 422 if form.errors else 200


@bp.route("/confirmer", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """The six digits: then it is done."""
    record, form = _mine(), OneTimeCodeForm()
    erase = _erases(record)
    if erase is None:
        flash("Choisissez d’abord ce que deviennent les données.", "info")
        return redirect(url_for(".data"))
    if form.validate_on_submit() and accepted(form, actor(), CodePurpose.CLOSING):
        return _close(record, erase=erase)
    page = render_template("leaving/confirm.html", form=form, record=record, erase=erase, erased_by=now() + TO_ERASE)
    return page, 422 if form.errors else 200


@bp.post("/nouveau-code")
def new_code() -> ResponseReturnValue:
    proving.ask(actor(), CodePurpose.CLOSING, _mine())
    flash(proving.SENT, "done")
    return redirect(url_for(".confirm"))


def _mine() -> Record:
    """The space that is open, for whoever may close it; 404 for a carer."""
    record = opened_record()
    require(actor(), To.CLOSE_SPACE, record)
    return record


def _erases(record: Record) -> bool | None:
    """What was chosen for this space; None when nothing was."""
    chosen = session.get(CHOSEN, {})
    return bool(chosen["erase"]) if chosen.get("record") == record.ref else None


def _close(record: Record, *, erase: bool) -> ResponseReturnValue:
    """One's own: out, the room still known. A child's: back to one's own profile."""
    user, place = actor(), here()
    life.close(user, record, erase=erase)
    db.session.commit()
    if record.owner_id != user.id:
        return _back_to_profiles(record)
    leave()
    arrive(place)
    hold_phone_of(user)
    session[CLOSED] = record.erased_by.isoformat() if record.erased_by else ""
    return redirect(url_for("reopening.done"))


def _back_to_profiles(record: Record) -> ResponseReturnValue:
    for kept in (OPENED, CHOSEN, "csrf_token"):  # what a page of that profile sends from now on is not taken
        session.pop(kept, None)
    session[SWITCHED] = True
    flash(f"C’est fait : le profil de {record.first_name} est clos. Vous êtes de retour dans votre profil.", "done")
    return redirect(url_for("family.index"))
