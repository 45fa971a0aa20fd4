"""A prescription that is found and cannot be carried out: why, what to do, and the explanation that goes to the patient."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, require
from sandbox.account.models import Record
from sandbox.clock import now
from sandbox.db import db
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.prescriptions import problems
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Prescription
from sandbox.prescriptions.problems import Problem
from sandbox.pro import in_front
from sandbox.pro.portal import bp

SAME_EXPLANATION = timedelta(minutes=30)  # a second press sends nothing more
LETTER = "Bonjour,\n\n{say}\n\nVous pouvez répondre à ce message si quelque chose n’est pas clair.\n\n{name}\n{place}"
SENT = "Votre explication est partie. {} la lira dans ses messages, et peut vous répondre."
FOR_RELATIVE = "Un proche est venu pour {} : son identité est vérifiée. Écrivez qui il est dans la remarque."


@bp.get("/delivrance/<ref>/arret")
def stopped(ref: str) -> ResponseReturnValue:
    """Why nothing can be done with it here and now."""
    found = _shown(ref)
    slug = stop(found)
    if not slug:
        return redirect(url_for("pro.dispense", ref=ref))
    return render_template(
        "pro/stopped.html", prescription=found, problem=_told(slug, found), slug=slug, words=problems.words_of(actor()),
        in_front=in_front.noted(), patient=(patient := _addressee(slug, found)), can_explain=may_explain(patient),
        can_look=may(actor(), To.EXECUTE, found) and slug in problems.CLOSED.values(),
    )


@bp.post("/delivrance/<ref>/proche")
def for_relative(ref: str) -> ResponseReturnValue:
    """Somebody close came in the patient's place, and showed who they are."""
    found = _shown(ref)
    require(actor(), To.EXECUTE, found)
    session[in_front.RELATIVE] = found.ref
    if not stop(found):
        flash(FOR_RELATIVE.format(found.record.name), "info")
    return redirect(url_for("pro.stopped", ref=ref))


@bp.post("/delivrance/<ref>/expliquer")
def explain(ref: str) -> ResponseReturnValue:
    """A message to the patient about their prescription."""
    found = _shown(ref)
    if slug := stop(found):
        _explain(_told(slug, found), _addressee(slug, found))
        db.session.commit()
    return redirect(url_for("pro.stopped", ref=ref))


@bp.post("/delivrance/expliquer/<slug>")
def explain_square(slug: str) -> ResponseReturnValue:
    """A message to whoever is in front, about what they showed."""
    require(actor(), To.DISPENSE)
    if slug not in problems.every() or slug in problems.OF_A_PRESCRIPTION:
        abort(404)
    _explain(problems.told(slug, actor()), in_front.noted())
    db.session.commit()
    return redirect(url_for("pro.counter"))


def stop(found: Prescription) -> str:
    """The problem's slug; nothing when the prescription may be carried out for whoever is in front."""
    person = in_front.noted()
    is_for_other = person is not None and person.id != found.record_id and session.get(in_front.RELATIVE) != found.ref
    return problems.stopping(found, executes=may(actor(), To.EXECUTE, found), is_for_other=is_for_other)


def may_explain(record: Record | None) -> bool:
    return record is not None and may(actor(), To.OPEN_CONVERSATION, record)


def _told(slug: str, found: Prescription) -> Problem:
    return problems.told(slug, actor(), found, in_front.noted())


def _addressee(slug: str, found: Prescription) -> Record | None:
    """The patient; but of a prescription in another name, only whoever is in front is told anything."""
    return in_front.noted() if slug == problems.ANOTHER_PERSON else found.record


def _explain(problem: Problem, record: Record | None) -> None:
    """Open an exchange with the explanation, once. 404 for whoever cannot be written to."""
    user = actor()
    if record is None or user.professional is None or not may_explain(record):
        abort(404)
    if not _has_just(problem, record):
        text = LETTER.format(say=problem.say, name=user.name, place=user.professional.place)
        messaging.open_conversation(user, record, problem.subject, text)
    flash(SENT.format(record.name), "done")


def _has_just(problem: Problem, record: Record) -> bool:
    query = sa.select(Conversation.id).where(
        Conversation.professional_id == actor().id, Conversation.record_id == record.id,
        Conversation.subject == problem.subject, Conversation.last_at > now() - SAME_EXPLANATION,
    )
    return db.session.execute(query.limit(1)).first() is not None


def _shown(ref: str) -> Prescription:
    require(actor(), To.DISPENSE)
    return prescriptions.find(ref) or abort(404)
