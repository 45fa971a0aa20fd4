"""Changing one's password: the present one, the new one under its rules, then the code."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account import rules
from sandbox.account.models import Record
from sandbox.db import db, writes_late
from sandbox.errors import Refused
from sandbox.settings import service
from sandbox.settings.forms import ChangePassword
from sandbox.settings.section import bp, until


@bp.route("/mot-de-passe", methods=["GET", "POST"])
@writes_late
def password() -> ResponseReturnValue:
    record = actor().record or abort(404)
    form = ChangePassword(record=record)
    if form.validate_on_submit() and _asked(form):
        return redirect(url_for(".confirm", step="mot-de-passe"))
    page = render_template(
        "settings/password.html", form=form, marks=_marks(form, record), identifier=actor().identifier,
        until=until(form, actor()),
    )
    return page, 422 if form.errors else 200


def _asked(form: ChangePassword) -> bool:
    """Whether a code has left; what is wrong is told beside the field."""
    try:
        service.ask_password(actor(), (form.current.data or "").strip(), (form.new.data or "").strip())
    except Refused as refused:
        form.refusal, form.current.errors = refused, [refused.phrase]
        return False
    finally:
        db.session.commit()  # the count of wrong tries stays
    return True


def _marks(form: ChangePassword, record: Record) -> list[rules.Mark]:
    asked = rules.of_password(record, record.owner.identifier)
    return rules.marks(asked, form.new.data, form.broken)
