"""Who stands at the counter: noted from their card or found by their name, until the next person comes."""

from __future__ import annotations

import sqlalchemy as sa
from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.numbers import tidy_number
from sandbox.pro import finding, reading
from sandbox.pro.portal import bp
from sandbox.pro.portal import patient as patient_of

PERSON, RELATIVE = "in_front", "relative"  # in the session: the record's ref; the prescription that somebody came for
NIR_LENGTH, MOST = 15, 20
NOBODY = "Personne de cet atelier ne correspond. Essayez avec le nom seul, ou la date de naissance, par exemple 12/03/1958."


@bp.get("/delivrance/devant")
def who() -> str:
    """The patients whom these words, or this card, may be."""
    require(actor(), To.DISPENSE)
    words = request.args.get("q", "").strip()[:200]
    found, problem = _found(words) if words else ([], "")
    return render_template("pro/in_front.html", words=words, found=found[:MOST], count=len(found), problem=problem)


@bp.post("/delivrance/devant")
def note() -> ResponseReturnValue:
    """This person is here."""
    require(actor(), To.DISPENSE)
    session[PERSON] = patient_of(request.form.get("ref", ""), To.FIND_PATIENT).ref
    session.pop(RELATIVE, None)
    return redirect(url_for("pro.counter"))


@bp.post("/delivrance/personne-suivante")
def next_person() -> ResponseReturnValue:
    """Somebody else comes."""
    session.pop(PERSON, None)
    session.pop(RELATIVE, None)
    return redirect(url_for("pro.counter"))


def noted() -> Record | None:
    """The person noted, if they are still of this world."""
    ref = session.get(PERSON)
    return db.session.scalars(sa.select(Record).where(Record.ref == ref)).first() if ref else None


def _found(words: str) -> tuple[list[Record], str]:
    """Who may be meant; or why nobody is."""
    number = tidy_number(words)
    if reading.is_square(words) or (number.isdigit() and len(number) >= reading.SHORTEST and len(number) != NIR_LENGTH and "/" not in words):
        try:
            return [reading.patient_of(words)], ""
        except Refused as refused:
            return [], refused.phrase
    found = finding.by_words(words, finding.everyone())
    return found, "" if found else NOBODY
