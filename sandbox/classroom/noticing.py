"""After a learner's page has left, where they are is noted: nobody waits for it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, request
from flask_login import current_user

from sandbox.audience import is_watched
from sandbox.classroom import presence
from sandbox.classroom.presence import Seen
from sandbox.db import db, writing

WHOLE = {200, 422}  # a page, or a form refused


def watch(bp: Blueprint) -> None:
    """Every page of this blueprint is noted."""
    bp.after_request(_noticed)


def _noticed(response: Response) -> Response:
    if seen := _seen(response):
        app: Any = current_app
        app = app._get_current_object()
        response.call_on_close(lambda: _note(app, seen))
    return response


def _seen(response: Response) -> Seen | None:
    """What this answer says of where the person is; nothing when it is no page."""
    place = g.get("place")
    if response.status_code not in WHOLE or response.mimetype != "text/html" or g.get("is_fragment") or not place or is_watched():
        return None
    if response.direct_passthrough or not current_user.is_authenticated or not (label := presence.heading(response.get_data())):
        return None
    return Seen(place.workshop_id, place.world_id, current_user.seat, request.path, label, response.status_code == 422)


def _note(app: Flask, seen: Seen) -> None:
    """What cannot be noted is left: the next page says it again."""
    with app.app_context(), writing():
        try:
            presence.note(seen)
            db.session.commit()
        except Exception:
            app.logger.exception("presence of seat %s was not noted", seen.seat)
