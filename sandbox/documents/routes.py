"""The pages of the learner's documents."""

from __future__ import annotations

from sandbox.documents import (
    adding,
    editing,
    extraction,
    eyes,
    filing,
    keeping,
    listing,
    masking,
    reading,
    selecting,
    sending,
    sick_leave,
)
from sandbox.documents.section import bp

__all__ = [
    "adding", "bp", "editing", "extraction", "eyes", "filing", "keeping", "listing", "masking", "reading", "selecting", "sending", "sick_leave",
]
