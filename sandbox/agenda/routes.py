"""The pages of the learner's agenda."""

from __future__ import annotations

from sandbox.agenda import looking, noting, recalling, showing
from sandbox.agenda.section import bp

__all__ = ["bp", "looking", "noting", "recalling", "showing"]
