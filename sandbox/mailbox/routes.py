"""The simulated phone: the SMS and e-mails that the portal « sent »."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.db import db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.learner import portal
from sandbox.mailbox import service
from sandbox.mailbox.models import Mail

bp = portal("mailbox", __name__, "/telephone")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    return render_template("mailbox/index.html", messages=_read())


@bp.get("/messages")
@writes
def messages() -> Response:
    """The live part; what is shown is read."""
    return fragment("mailbox/_messages.html", messages=_read())


def _read() -> list[Mail]:
    shown = service.inbox(actor())
    service.read_all(actor())
    db.session.commit()
    end_of_writing()
    return shown
