"""Answering a situation, as often as one wishes; what was answered is asked of the database."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from sandbox.account.models import User
from sandbox.acts import SituationAnswered, SituationTried, publish
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises.service import Exercise
from sandbox.journal.models import Entry

KINDS = [SituationAnswered.__name__, SituationTried.__name__]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One thing that one may do or say. `reply`: what comes of it."""

    number: int
    text: str
    right: bool
    reply: str


def answers(situation: Exercise) -> list[Answer]:
    """Those that the pack offers, in its order."""
    return [Answer(number=number, **told) for number, told in enumerate(situation.answer, 1)]


def give(actor: User, situation: Exercise, number: int) -> Answer:
    """Choose one. Raises Refused when there is no such answer, or nobody whose seat it is."""
    chosen = next((one for one in answers(situation) if one.number == number), None)
    if chosen is None or actor.record is None:
        raise Refused("Choisissez une des réponses proposées.")
    kind = SituationAnswered if chosen.right else SituationTried
    publish(kind(actor=actor, record=actor.record, situation=situation.slug, answer=number))
    return chosen


def given(actor: User, situation: Exercise) -> list[Answer]:
    """What this person answered so far, the last one last."""
    offered = {f"{situation.slug}#{one.number}": one for one in answers(situation)}
    said = sa.select(Entry.subject_ref).where(
        Entry.actor_id == actor.id, Entry.act.in_(KINDS), Entry.subject_ref.in_(offered), ~Entry.from_pack, ~Entry.redone,
    )
    return [offered[ref] for ref in db.session.scalars(said.order_by(Entry.id))]
