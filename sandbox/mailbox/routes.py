"""The simulated phone: the SMS and e-mails that the portal « sent »."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.db import db, end_of_writing, writes
from sandbox.fragments import fragment
from sandbox.learner import portal
from sandbox.mailbox import service

bp = portal("mailbox", __name__, "/telephone")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    return render_template("mailbox/index.html", **_read())


@bp.get("/messages")
@writes
def messages() -> Response:
    """The live part; what is shown is read."""
    return fragment("mailbox/_messages.html", **_read())


def _read() -> dict[str, Any]:
    shown, page, pages = service.page_of(actor(), request.args.get("page", 1, type=int))
    service.read_all(actor())
    db.session.commit()
    end_of_writing()
    return {"messages": shown, "page": page, "pages": pages, "page_url": lambda n: url_for(".index", page=n)}
