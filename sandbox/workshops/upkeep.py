"""After the answer has left, the next spare world is filled: nobody waits for it."""

from __future__ import annotations

import threading

from flask import Flask, Response, after_this_request, current_app

from sandbox.workshops import spares


def later(workshop_id: int) -> None:
    """Keep a spare ready once this request's answer is sent; tests fill their own."""
    if current_app.testing:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    @after_this_request
    def attach(response: Response) -> Response:
        response.call_on_close(lambda: _begin(app, workshop_id))
        return response


def _begin(app: Flask, workshop_id: int) -> None:
    threading.Thread(target=_keep_ready, args=(app, workshop_id), name=f"spare-{workshop_id}", daemon=True).start()


def _keep_ready(app: Flask, workshop_id: int) -> None:
    """A spare that could not be filled is filled by the next reset instead: correct, merely slower."""
    with app.app_context():
        try:
            spares.keep_ready(workshop_id)
        except Exception:
            app.logger.exception("Le monde d’avance de l’atelier %s n’a pas pu être préparé.", workshop_id)
