"""What the tours' tests share."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.browser import Browser


@pytest.fixture
def pages_read_to_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a browser does: what is kept after the answer has left is kept."""
    met = Browser._met

    def and_closed(who: Browser, response: TestResponse) -> Browser:
        met(who, response)
        response.close()
        return who

    monkeypatch.setattr(Browser, "_met", and_closed)
