"""Addresses of this site, whoever tells them: a form, the browser, a link kept. Another site's is none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException


def of_this_site(told: str | None) -> str | None:
    """The path and query told, when they are an address of this site."""
    is_ours = told and told.isprintable() and told.startswith("/") and not told.startswith(("//", "/\\"))
    return told if is_ours else None


def came_from() -> str | None:
    """The page of this site where the link was followed, or that held the form, when the browser says it."""
    try:
        left = urlsplit(request.referrer or "")
    except ValueError:
        return None
    query = f"?{left.query}" if left.query else ""
    return of_this_site(left.path + query) if left.netloc == request.host else None


def page_of(address: str) -> tuple[str, dict[str, Any]]:
    """The endpoint that answers there, and what the path says; an empty name when no page does."""
    try:
        endpoint, values = current_app.url_map.bind("").match(address.partition("?")[0], method="GET")
    except (HTTPException, ValueError):
        return "", {}
    return endpoint, dict(values)
