"""Changing one's password: the present one, the new one under its rules, then the code."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account import rules
from sandbox.account.models import Record
from sandbox.account.settling import tried
from sandbox.db import writes_late
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
    """Whether a code has left."""
    typed = (form.current.data or "").strip(), (form.new.data or "").strip()
    return tried(form, form.current, lambda: service.ask_password(actor(), *typed))


def _marks(form: ChangePassword, record: Record) -> list[rules.Mark]:
    asked = rules.of_password(record, record.owner.identifier)
    return rules.marks(asked, form.new.data, form.broken)
