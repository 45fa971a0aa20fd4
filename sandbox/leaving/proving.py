"""The six digits that confirm a closing or a reopening: what the ways out and back share."""

from __future__ import annotations

from flask import session

from sandbox.account import codes
from sandbox.account.models import CodePurpose, Record, User
from sandbox.account.place import HAND
from sandbox.db import db

SENT = "Un nouveau code est arrivé sur le téléphone simulé. Le précédent ne marche plus."


def is_here(user: User) -> bool:
    """Whether this person is still the one at this browser: nobody else has shown their card since."""
    return bool(session.get(HAND) == user.ref)


def ask(user: User, purpose: CodePurpose, record: Record) -> None:
    """A new code leaves for the person's phone. Commits."""
    codes.send(user, purpose, record=record)
    db.session.commit()
