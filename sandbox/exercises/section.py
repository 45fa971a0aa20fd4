"""The blueprint of « Mes exercices », and which exercise an address speaks of."""

from __future__ import annotations

from flask import abort

from sandbox.account.place import here
from sandbox.exercises import service
from sandbox.exercises.service import Exercise
from sandbox.learner import portal

bp = portal("exercises", __name__, "/exercises")


def exercise_of(slug: str) -> Exercise:
    """The exercise of this workshop with that name; 404 when there is none."""
    return service.named(here().workshop_id, slug) or abort(404)


def situation_of(slug: str) -> Exercise:
    """The same, when it is a situation."""
    found = exercise_of(slug)
    return found if found.is_situation else abort(404)
