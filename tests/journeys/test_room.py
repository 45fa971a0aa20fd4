"""A room of real browsers: the five practices, several people at once, and everything put back."""

from __future__ import annotations

import pytest

from tests.cast import Cast

pytestmark = pytest.mark.browser


def test_a_beneficiary_comes_in_by_phone(people: Cast) -> None:
    marie = people.learner(1, phone=True)
    marie.sees("Bonjour")
