"""Live parts: a piece of page fetched again by itself, and not sent when it has not changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, g, make_response, render_template, request, session


def fragment(template: str, **values: Any) -> Response:
    """The piece with its ETag: 304 when the browser already has it."""
    g.is_fragment = True  # a layout's variables are not for it
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(_print_of(response.get_data()))
    response.make_conditional(request)
    return response


def unless_known(tag: str, template: str, values: Callable[[], dict[str, Any]]) -> Response:
    """The piece that this tag stands for; not even made when the browser has it. It holds no form: a token would be stale."""
    g.is_fragment = True
    response = Response(status=304)
    if not request.if_none_match.contains(tag):
        response = make_response(render_template(template, **values()))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(tag)
    return response


def _print_of(body: bytes) -> str:
    """The same for the same piece: the token that its forms carry changes at each second, and is of one session."""
    token = g.get("csrf_token")
    if token:
        body = body.replace(token.encode(), session.get("csrf_token", "").encode())
    return hashlib.sha256(body).hexdigest()
