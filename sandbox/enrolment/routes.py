"""The pages of the activation, in the portal's order."""

from __future__ import annotations

from sandbox.enrolment import beginning, consent, contacts, identifying, login, proving
from sandbox.enrolment.section import bp

__all__ = ["beginning", "bp", "consent", "contacts", "identifying", "login", "proving"]
