"""After the answer has left, the next spare world is filled, and what must go goes: nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask, Response, after_this_request, current_app

from sandbox.workshops import spares, vanishing


def later(workshop_id: int) -> None:
    """Keep a spare ready once this request's answer is sent; tests fill their own."""
    _after_the_answer(f"spare-{workshop_id}", lambda: spares.keep_ready(workshop_id))


def later_everywhere() -> None:
    """Erase the workshops whose day has come, once this request's answer is sent; tests do it themselves."""
    _after_the_answer("erase", vanishing.erase_due)


def _after_the_answer(name: str, work: Callable[[], object]) -> None:
    if current_app.testing:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    @after_this_request
    def attach(response: Response) -> Response:
        response.call_on_close(lambda: threading.Thread(target=_done, args=(app, name, work), name=name, daemon=True).start())
        return response


def _done(app: Flask, name: str, work: Callable[[], object]) -> None:
    """What could not be done is done at the next occasion: a reset without a spare fills one first, an erasing goes on."""
    with app.app_context():
        try:
            work()
        except Exception:
            app.logger.exception("Le travail « %s » n’a pas pu être fait.", name)
