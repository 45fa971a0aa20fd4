"""Headers of every answer, and the token every form carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from sandbox.db import let_go, writes_late

F = TypeVar("F", bound=Callable[..., Any])

csrf = CSRFProtect()
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; media-src 'self' blob:; form-action 'self'; frame-ancestors 'none'; frame-src 'self'; "
    "base-uri 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


def receives(most: int, parts: int) -> Callable[[F], F]:
    """Mark a POST view that may receive more than others; nobody waits, and nothing is held, while it arrives."""

    def mark(view: F) -> F:
        view.receives = most, parts  # type: ignore[attr-defined]
        return writes_late(view)

    return mark


def init_app(app: Flask) -> None:
    app.before_request(_make_room)
    csrf.init_app(app)
    app.after_request(_protect)


def _make_room() -> None:
    """Before the token is looked for, which reads the whole form: its limits, for whoever is signed in."""
    view = current_app.view_functions.get(request.endpoint or "")
    limits = getattr(view, "receives", None)
    if limits and request.method == "POST":
        if current_user.is_authenticated:
            request.max_content_length, request.max_form_parts = limits
        let_go()


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")  # a shared computer keeps nothing
    return response
