"""Over somebody's shoulder: the application is asked for a page as the person of a seat would, and nothing of it stays."""

from __future__ import annotations

import re
from contextvars import Context
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder, run_wsgi_app

from sandbox import audience, clock, tenancy
from sandbox.account import place
from sandbox.account.models import Record, User
from sandbox.audience import WATCHED, Audience
from sandbox.console.overview import bound_of
from sandbox.db import db, let_go, undone
from sandbox.workshops.models import Credential, Workshop

LINK = re.compile(rb'(\s(?:href|src|action)=")/(?!/|static/)')
INERT = re.compile(rb"<form\b")
SCRIPT = re.compile(rb"<script\b[^>]*></script>")
LIVE = re.compile(rb'\sdata-(?:behaviour|fragment|topics|live-url|announce|look)="[^"]*"')
TOP = re.compile(rb'<a class="skip-link".*?</a>')


@dataclass(frozen=True)
class Answer:
    """What the application answered to that person."""

    status: int
    headers: Headers
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def leads_to(self) -> str:
        """The address, when it sends elsewhere."""
        return self.headers.get("Location", "") if 300 <= self.status < 400 else ""


def look(workshop: Workshop, seat: int, path: str) -> Answer | None:
    """The page at this address as the person of that seat sees it; None when it is nothing that a learner reads."""
    app: Any = current_app
    app = app._get_current_object()
    if (writes := _writes(app, path)) is None:
        return None
    environ = _environ(workshop, seat, path)
    let_go()
    answer = Context().run(_ask, app, environ, writes)
    # A page that wrote later than it had said may have been overtaken by another writer.
    return answer if answer.status < 500 or writes else Context().run(_ask, app, environ, True)


def _writes(app: Flask, path: str) -> bool | None:
    """Whether the page says that it leaves a trace; None when it is a stream, or of another part of the site."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None if path.split("/")[1] in {"pro", "console"} else False
    if endpoint.endswith(".stream") or endpoint.split(".")[0] in {"pro", "console", "assets", "feed"}:
        return None
    return bool(getattr(app.view_functions[endpoint], "writes", False))


def _environ(workshop: Workshop, seat: int, path: str) -> dict[str, Any]:
    headers = Headers({"Accept": "text/html", "Cookie": audience.cookie(Audience.LEARNER, _session(workshop, seat))})
    builder = EnvironBuilder(
        path=path, query_string=request.query_string.decode("latin-1"), base_url=request.host_url, headers=headers,
        environ_overrides={WATCHED: True},
    )
    return builder.get_environ()


def _session(workshop: Workshop, seat: int) -> dict[str, Any]:
    """What the person's browser would hold; whoever has no active space stands at the door."""
    cards = sa.select(Credential.ref).where(Credential.workshop_id == workshop.id, Credential.seat == seat)
    ref = db.session.scalars(cards).one()
    held = {"workshop": workshop.id, "world": workshop.world_id, place.HAND: ref}
    with tenancy.world(bound_of(workshop)):
        owner = db.session.scalars(sa.select(Record).join(Record.owner).where(User.ref == ref)).first()
        is_in = owner is not None and owner.is_active
    return held | {"_user_id": ref, "entered_at": clock.real_now().timestamp()} if is_in else held


def _ask(app: Flask, environ: dict[str, Any], writes: bool) -> Answer:
    with app.app_context(), undone(writes=writes):
        body, status, headers = run_wsgi_app(app.wsgi_app, dict(environ), buffered=True)
        return Answer(int(status.split()[0]), headers, b"".join(body))


def framed(body: bytes, prefix: str, head: str, bar: str) -> bytes:
    """The page with its links inside the view, nothing that acts, and the bar on top."""
    body = LIVE.sub(b"", SCRIPT.sub(b"", INERT.sub(b"<form inert", body)))
    body = LINK.sub(lambda found: found[1] + prefix.encode() + b"/", body)
    body = body.replace(b"</head>", head.encode() + b"</head>", 1)
    return TOP.sub(lambda found: found[0] + bar.encode(), body, count=1)
