"""Who one is and how one is reached; changing an e-mail address or a mobile number."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor, opened_record
from sandbox.account import codes
from sandbox.account.contact import CONTACTS
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.settings import service
from sandbox.settings.forms import CONTACT_FORMS
from sandbox.settings.section import bp


@bp.get("/informations")
def personal() -> ResponseReturnValue:
    """What identifies the person cannot be changed here; how to reach them can."""
    waiting = {slug: codes.awaited(actor(), contact.purpose) for slug, contact in CONTACTS.items()}
    return render_template("settings/personal.html", record=opened_record(), waiting=waiting)


@bp.route("/contact/<which>", methods=["GET", "POST"])
def contact(which: str) -> ResponseReturnValue:
    """Type the new one: a code leaves for it."""
    changed = CONTACTS.get(which) or abort(404)
    form = CONTACT_FORMS[which]()
    if form.validate_on_submit():
        try:
            service.ask_contact(actor(), changed, form.new.data or "")
            db.session.commit()
            return redirect(url_for(".confirm", step=which))
        except Refused as refused:
            form.new.errors = [refused.phrase]
    now = changed.of(opened_record())
    return render_template("settings/contact.html", form=form, contact=changed, now=now), 422 if form.errors else 200
