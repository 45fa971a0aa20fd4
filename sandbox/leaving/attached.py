"""A child's profile that was closed, opened again by the legal representative, from their own."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.account import life
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, Record
from sandbox.account.settling import accepted
from sandbox.db import db
from sandbox.leaving import erasure, proving
from sandbox.leaving.section import bp


@bp.route("/rouvrir/<ref>", methods=["GET", "POST"])
def shut(ref: str) -> ResponseReturnValue:
    """What became of the profile; then the code leaves for the representative's phone."""
    record = _closed(ref)
    if request.method == "POST":
        proving.ask(actor(), CodePurpose.REOPENING, record)
        return redirect(url_for(".reopen", ref=ref))
    return render_template(
        "leaving/shut_child.html", record=record, kept=erasure.kept(record), erased_at=erasure.erased_at(record)
    )


@bp.route("/rouvrir/<ref>/code", methods=["GET", "POST"])
def reopen(ref: str) -> ResponseReturnValue:
    record, form = _closed(ref), OneTimeCodeForm()
    if form.validate_on_submit() and accepted(form, actor(), CodePurpose.REOPENING):
        life.reopen(actor(), record)
        db.session.commit()
        flash(f"C’est fait : le profil de {record.first_name} est rouvert. Vous pouvez y entrer.", "done")
        return redirect(url_for("family.index"))
    page = render_template("leaving/reopen_child.html", form=form, record=record)
    return page, 422 if form.errors else 200


@bp.post("/rouvrir/<ref>/nouveau-code")
def another_code(ref: str) -> ResponseReturnValue:
    proving.ask(actor(), CodePurpose.REOPENING, _closed(ref))
    flash(proving.SENT, "done")
    return redirect(url_for(".reopen", ref=ref))


def _closed(ref: str) -> Record:
    """The closed profile of that name, for whoever answers for it; those that are open again are in their list."""
    record = db.session.scalars(sa.select(Record).where(Record.ref == ref)).first() or abort(404)
    if record.is_active and record.owner_id != actor().id:
        require(actor(), To.OPEN_RECORD, record)
        flash(f"Le profil de {record.first_name} est ouvert.", "info")
        abort(redirect(url_for("family.index")))
    require(actor(), To.REOPEN_SPACE, record)
    return record
