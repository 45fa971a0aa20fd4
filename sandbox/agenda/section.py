"""The learner's agenda: the blueprint that its pages share, and how a thing of it is found by its address."""

from __future__ import annotations

from flask import abort, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.acts import Act
from sandbox.agenda import kept, own, reminders
from sandbox.agenda.models import Appointment, Reminder
from sandbox.db import db
from sandbox.journal.service import has_done
from sandbox.learner import portal

bp = portal("agenda", __name__, "/agenda")
REMOVED = "agenda"  # in the session: the last thing deleted, to be put back
GONE = "« {} » n’est plus dans l’agenda."
ALREADY = "C’est déjà supprimé."


def appointment_of(ref: str, what: To) -> Appointment:
    """The appointment of that name; 404 when one may not do this to it."""
    appointment = own.find(ref) or abort(404)
    require(actor(), what, appointment)
    return appointment


def reminder_of(ref: str, what: To) -> Reminder:
    """The reminder of that name; 404 when one may not do this to it."""
    reminder = reminders.find(ref) or abort(404)
    require(actor(), what, reminder)
    return reminder


def just_removed() -> kept.Kept | None:
    """What this person has just deleted from the agenda that is open, while it can be put back."""
    found: kept.Kept | None = session.get(REMOVED)
    return found if kept.is_of(found, opened_record()) else None


def removed(was: kept.Kept) -> ResponseReturnValue:
    """Commit a deletion, keep what it said at hand, and back to the agenda, which says so and offers to undo it."""
    db.session.commit()
    session[REMOVED] = was if kept.fits(was) else None
    if session[REMOVED] is None:
        flash(GONE.format(was["title"]), "done")
    return redirect(url_for("agenda.index", retire=1))


def gone(act: type[Act], ref: str) -> ResponseReturnValue:
    """Pressed twice: it is gone already. 404 when it never was."""
    if not has_done(actor(), act, ref):
        abort(404)
    flash(ALREADY, "info")
    return redirect(url_for("agenda.index", retire=1))
