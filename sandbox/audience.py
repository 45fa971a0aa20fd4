"""Three audiences, three cookies: a trainer can be learner, professional and trainer in one browser."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface


class Audience(StrEnum):
    LEARNER = "learner"
    PROFESSIONAL = "pro"
    TRAINER = "console"


def of_request() -> Audience:
    """Whose part of the site this address is in."""
    first = request.path.split("/", 2)[1] if request else ""
    return next((a for a in (Audience.PROFESSIONAL, Audience.TRAINER) if a.value == first), Audience.LEARNER)


class AudienceSessions(SecureCookieSessionInterface):
    """A signed cookie for each audience, sent back only to that part of the site."""

    def get_cookie_name(self, app: Flask) -> str:
        return f"{super().get_cookie_name(app)}_{of_request().value}"

    def get_cookie_path(self, app: Flask) -> str:
        audience = of_request()
        return "/" if audience is Audience.LEARNER else f"/{audience.value}"
