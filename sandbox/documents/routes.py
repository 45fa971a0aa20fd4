"""The pages of the learner's documents."""

from __future__ import annotations

from sandbox.documents import adding, keeping, listing, reading
from sandbox.documents.section import bp

__all__ = ["adding", "bp", "keeping", "listing", "reading"]
