"""The answer of the support, on a page that nobody touches."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.help.test_support import SUBJECT, TEXT, time_passes
from tests.room import Room


@pytest.mark.browser
def test_the_answer_comes_by_itself_on_the_open_page(room: Room, people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/aide/ecrire").write("Sujet", SUBJECT).write("Votre message", TEXT)
    marie.press("Envoyer au support").sees("Le support a reçu votre demande")
    time_passes(room, 118)
    marie.page.reload()
    marie.page.evaluate("window.neverReloaded = true")
    marie.sees("Votre message est bien arrivé")
    assert marie.page.evaluate("window.neverReloaded")
    marie.look()
