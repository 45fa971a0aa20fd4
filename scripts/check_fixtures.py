"""Reads every pack, and the calendar of prevention, as a proof-reader: what is wrong, where, and how to mend it."""

from __future__ import annotations

import sys

from sandbox.cli_views import pack_problems
from sandbox.prevention import checks as prevention

problems = pack_problems() + prevention.problems()
print("\n".join(problems) or "Tous les packs sont bons.")
sys.exit(1 if problems else 0)
