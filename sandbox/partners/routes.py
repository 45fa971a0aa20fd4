"""The simulated sites of other firms."""

from __future__ import annotations

from sandbox.partners import admission, booked, booking, entering, meter, vaccines
from sandbox.partners.portal import bp

__all__ = ["bp"]
PAGES = (admission, booked, booking, entering, meter, vaccines)  # imported for the views that they register
