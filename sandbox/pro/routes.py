"""Every page of the professional's part, gathered on its one blueprint."""

from __future__ import annotations

from sandbox.pro import consent, counter, deposit, dispensing, entry, patients, pieces, prescribing, talks
from sandbox.pro.portal import bp

PAGES = (entry, patients, consent, deposit, talks, pieces, prescribing, counter, dispensing)  # imported for the addresses they add
__all__ = ["PAGES", "bp"]
