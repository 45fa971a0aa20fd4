"""What calendars read, without signing in: the secret in the address says whose agenda, and says nothing else.

No cookie is read nor set. In a world that does not hold the secret (after a reset, in another workshop) there is nothing.
"""

from __future__ import annotations

import hashlib
import re

from flask import Blueprint, Response, request

from sandbox.account import place
from sandbox.agenda import calendar, ical
from sandbox.agenda.models import CalendarLink
from sandbox.agenda.subscribing import FILE, TYPE
from sandbox.db import begin_writing, db, end_of_writing

bp = Blueprint("feed", __name__, url_prefix="/agenda-abonne")
CODE, SECRET = re.compile(r"[A-Za-z0-9]{1,8}"), re.compile(rf"[a-z0-9]{{{calendar.SIGNS}}}")
UNKNOWN = "Cette adresse ne mène à aucun agenda. Copiez-la de nouveau en entier, ou demandez-en une autre à la personne."
CLOSED = "Cette adresse a été fermée par la personne. Vous pouvez la retirer de votre calendrier."


@bp.get("/<code>/<secret>.ics")
def read(code: str, secret: str) -> Response:
    """The agenda as it is now; not sent again when the calendar has it already."""
    link = _link(code, secret)
    if link is None:
        return _plain(UNKNOWN, 404)
    if not calendar.is_open(link):
        return _plain(CLOSED, 410)
    response = Response(ical.written(link.record), content_type=TYPE)
    response.headers["Content-Disposition"] = f"inline; filename={FILE}"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest())
    _note(link)
    response.make_conditional(request)
    return response


def _link(code: str, secret: str) -> CalendarLink | None:
    """Nothing is asked of the store for what cannot be an address of ours."""
    if not (CODE.fullmatch(code) and SECRET.fullmatch(secret)):
        return None
    where = place.find_by_code(code)
    if where is None:
        return None
    place.go_to(where)
    return calendar.known(secret)


def _note(link: CalendarLink) -> None:
    """The person sees when it was last read; calendars that ask all the time hold nobody up."""
    if calendar.is_to_note(link):
        begin_writing()
        calendar.note_reading(link)
        db.session.commit()
        end_of_writing()


def _plain(words: str, status: int) -> Response:
    response = Response(words + "\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
