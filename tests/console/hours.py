"""The machine's clock, set by a test: nobody sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox import clock


class Hours:
    """`pass_(minutes)` lets time go by; `set(moment)` puts the hands somewhere."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime.now(UTC)
        monkeypatch.setattr(clock, "real_now", lambda: self.now.astimezone(clock.PARIS))

    def set(self, moment: datetime) -> None:
        self.now = moment.astimezone(UTC)

    def pass_(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
