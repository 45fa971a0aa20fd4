"""Reads every pack as a proof-reader: what is wrong, where, and how to mend it."""

from __future__ import annotations

import sys

from sandbox.workshops import checks

problems = checks.check_all()
print("\n".join(problems) or "Tous les packs sont bons.")
sys.exit(1 if problems else 0)
