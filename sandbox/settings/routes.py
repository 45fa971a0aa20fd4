"""The settings of one's account: the list of them, each with its present value."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record
from sandbox.account.contact import CONTACTS
from sandbox.db import writes
from sandbox.learner import trace_section
from sandbox.settings import confirming, contacts, devices, identity, secret, service
from sandbox.settings.section import bp

__all__ = ["bp"]
PAGES = (confirming, contacts, devices, identity, secret)  # imported for the views they register


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("parametres", "Paramètres")
    user, record = actor(), opened_record()
    own = user.record or abort(404)
    return render_template(
        "settings/index.html", record=record, own=own, is_account=may(user, To.CHANGE_CONTACT, record),
        contacts={slug: contact.partly(contact.of(own)) for slug, contact in CONTACTS.items()},
        devices=len(service.devices(user)), may_close=may(user, To.CLOSE_SPACE, record),
    )


@bp.get("/conditions")
def terms() -> ResponseReturnValue:
    """The terms of use that were accepted at the activation, to be read again."""
    return render_template("settings/terms.html")
