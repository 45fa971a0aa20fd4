"""The identity card (INS) of the profile that is open: on the screen, and as a sheet to print."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.db import db, end_of_writing, writes
from sandbox.settings import ins, service
from sandbox.settings.section import bp


@bp.get("/identite")
@writes
def identity() -> ResponseReturnValue:
    return render_template("settings/identity.html", **_shown())


@bp.get("/identite/feuille")
@writes
def identity_sheet() -> ResponseReturnValue:
    return render_template("settings/identity_sheet.html", **_shown())


def _shown() -> dict[str, Any]:
    """The card, once it is noted that it was looked at."""
    record = opened_record()
    require(actor(), To.SEE_IDENTITY, record)
    service.show_identity(actor(), record)
    db.session.commit()
    end_of_writing()
    return {"record": record, "traits": ins.traits(record), "oid": ins.OID, "square": ins.square(record)}
