"""The end of a session: what was practised, how one feels, and a certificate that names nobody."""

from __future__ import annotations

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account.place import here
from sandbox.db import db
from sandbox.exercises import certificate, feelings, standing
from sandbox.exercises.feelings import LEVELS
from sandbox.exercises.section import bp
from sandbox.workshops.models import Workshop


@bp.get("/bilan")
def finish() -> ResponseReturnValue:
    where, seat = here(), actor().seat
    return render_template(
        "exercises/finish.html", standing=standing.of_seat(where, seat), felt=feelings.of_seat(where, seat), levels=LEVELS
    )


@bp.get("/attestation.pdf")
def download() -> Response:
    """The certificate: the workshop and what was done, never the fictional person."""
    workshop = db.session.get_one(Workshop, here().workshop_id)
    done = [item.exercise.practised for item in standing.of_seat(here(), actor().seat).done]
    response = make_response(certificate.pdf(workshop, done))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="attestation-entrainement.pdf"'
    return response
