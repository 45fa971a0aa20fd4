"""Live parts: a piece of page fetched again by itself, and not sent when it has not changed."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template, request


def fragment(template: str, **values: Any) -> Response:
    """The piece with its ETag: 304 when the browser already has it."""
    g.is_fragment = True  # a layout's variables are not for it
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
