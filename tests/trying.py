"""How often hypothesis tries an order of things: in full on SQLite, a third as often on PostgreSQL, where each try costs three."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings


def tried(times: int, **more: Any) -> settings:
    """So many orders, in the same room, which the test itself makes as new, however long they take."""
    if os.environ.get("SANDBOX_TEST_STORE") == "postgresql":
        times = max(3, times // 3)
    return settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck), **more)
