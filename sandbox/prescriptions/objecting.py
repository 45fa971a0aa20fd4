"""The person decides whether a prescriber reads what was delivered (reference §2.1)."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import User
from sandbox.acts import ReadingAllowed, ReadingObjected, publish
from sandbox.db import db
from sandbox.prescriptions.models import Objection, Prescription


def oppose(user: User, prescription: Prescription) -> None:
    """From now on its prescriber reads nothing of what is delivered of any of their prescriptions; once is enough."""
    if prescription.is_objected:
        return
    db.session.add(Objection(record=prescription.record, prescriber=prescription.prescriber))
    db.session.flush()
    db.session.expire(prescription, ["objections"])
    publish(ReadingObjected(actor=user, record=prescription.record, prescription=prescription))


def allow(user: User, prescription: Prescription) -> None:
    """Its prescriber reads again what is delivered."""
    if not prescription.is_objected:
        return
    query = sa.select(Objection).where(
        Objection.record_id == prescription.record_id, Objection.prescriber_id == prescription.prescriber_id
    )
    for objection in db.session.scalars(query):
        db.session.delete(objection)
    db.session.flush()
    db.session.expire(prescription, ["objections"])
    publish(ReadingAllowed(actor=user, record=prescription.record, prescription=prescription))
