"""Where a thing is: the page that a line of the history or a notification leads to, if it is still there to be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from flask import url_for

from sandbox.account.models import Record, Role, User
from sandbox.agenda.models import Appointment, Reminder
from sandbox.clock import now
from sandbox.db import db
from sandbox.documents.models import Document, Folder
from sandbox.export.models import Export
from sandbox.help.models import Ticket
from sandbox.messaging.models import Conversation
from sandbox.prescriptions.models import Prescription
from sandbox.profile.models import Measure, ProfileEntry

Subject = tuple[str, str]  # the kind of thing, as acts name it in `about`, and its ref
PLACES: dict[str, tuple[Any, Callable[[str], str]]] = {
    "document": (Document, lambda ref: url_for("documents.show", ref=ref)),
    "folder": (Folder, lambda ref: url_for("documents.index", dossier=ref)),
    "conversation": (Conversation, lambda ref: url_for("messaging.show", ref=ref)),
    "prescription": (Prescription, lambda ref: url_for("prescriptions.show", ref=ref)),
    "appointment": (Appointment, lambda ref: url_for("agenda.show", ref=ref)),
    "reminder": (Reminder, lambda ref: url_for("agenda.reminder", ref=ref)),
    "measure": (Measure, lambda ref: url_for("profile.measures")),
    "entry": (ProfileEntry, lambda ref: url_for("profile.index")),
    "export": (Export, lambda ref: url_for("export.index")),
    "ticket": (Ticket, lambda ref: url_for("help.show", ref=ref)),
    "professional": (User, lambda ref: url_for("privacy.professional", ref=ref)),
}

ELSEWHERE: dict[str, Callable[[str], str]] = {  # what is no row of the record
    "service": lambda ref: url_for("catalogue.show", slug=ref),
    "exams": lambda ref: url_for("prevention.index"),
    "services": lambda ref: url_for("synchronized.index"),
}


def addresses(record: Record, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """The page of each of these things that the person may still see; one question for each kind of thing."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for about, ref in subjects:
        if about in PLACES and ref:
            wanted[about].add(ref)
    return {(about, ref): ELSEWHERE[about](ref) for about, ref in subjects if about in ELSEWHERE and ref} | {
        (about, ref): PLACES[about][1](ref)
        for about, refs in wanted.items()
        for ref in db.session.scalars(_seen(record, PLACES[about][0], refs))
    }


def _seen(record: Record, model: Any, refs: set[str]) -> sa.Select[Any]:
    """Which of these refs are things of this record; a document that is not announced yet does not exist."""
    query = sa.select(model.ref).where(model.ref.in_(refs))
    if model is User:
        return query.where(User.role == Role.PROFESSIONAL)
    if model is Document:
        announced = sa.and_(Document.hidden_until <= now(), Document.withdrawn_at.is_(None))
        query = query.where(sa.or_(Document.hidden_until.is_(None), announced))
    if model is Appointment:
        query = query.where(Appointment.in_agenda)
    return query.where(model.record_id == record.id)
