"""Pages leave compressed: thirty tablets share one hotspot."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

SMALLEST = 800  # bytes under which it is not worth it
LEVEL = 5
COMPRESSED = {"text/html", "application/json", "text/plain", "text/csv", "image/svg+xml"}


def _compress(response: Response) -> Response:
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not wanted or response.mimetype not in COMPRESSED or response.is_streamed or response.direct_passthrough:
        return response
    if "Content-Encoding" in response.headers or response.status_code == 304:
        return response
    content = response.get_data()
    if len(content) >= SMALLEST:
        response.set_data(gzip.compress(content, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
    return response


def init_app(app: Flask) -> None:
    app.after_request(_compress)
