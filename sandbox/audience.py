"""Three audiences, three cookies: a trainer can be learner, professional and trainer in one browser."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface

WATCHED = "sandbox.watched"  # in the environment of a request that the server asks of itself: no header can put it there


class Audience(StrEnum):
    LEARNER = "learner"
    PROFESSIONAL = "pro"
    TRAINER = "console"


def of_request() -> Audience:
    """Whose part of the site this address is in."""
    first = request.path.split("/", 2)[1] if request else ""
    return next((a for a in (Audience.PROFESSIONAL, Audience.TRAINER) if a.value == first), Audience.LEARNER)


def forget(response: Response, audience: Audience) -> None:
    """The browser drops its cookie of another part of the site."""
    interface = current_app.session_interface
    response.delete_cookie(
        f"{current_app.config['SESSION_COOKIE_NAME']}_{audience.value}", path=f"/{audience.value}", httponly=True,
        secure=interface.get_cookie_secure(current_app), samesite=interface.get_cookie_samesite(current_app),
    )


def is_watched() -> bool:
    """Whether a trainer looks over the shoulder of whoever this request is of."""
    return WATCHED in request.environ


def cookie(audience: Audience, content: dict[str, Any]) -> str:
    """The cookie of a session that no browser holds, as a browser would send it."""
    signer = AudienceSessions().get_signing_serializer(current_app._get_current_object())  # type: ignore[attr-defined]
    assert signer is not None  # noqa: S101
    return f"{current_app.config['SESSION_COOKIE_NAME']}_{audience.value}={signer.dumps(content)}"


class AudienceSessions(SecureCookieSessionInterface):
    """A signed cookie for each audience, sent back only to that part of the site."""

    def get_cookie_name(self, app: Flask) -> str:
        return f"{super().get_cookie_name(app)}_{of_request().value}"

    def get_cookie_path(self, app: Flask) -> str:
        audience = of_request()
        return "/" if audience is Audience.LEARNER else f"/{audience.value}"
