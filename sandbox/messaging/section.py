"""The learner's messages: the blueprint that its pages share, and how an exchange or somebody is found by an address."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from sandbox.access import To, actor, require
from sandbox.account.models import Role, User
from sandbox.db import db
from sandbox.learner import portal
from sandbox.messaging import service
from sandbox.messaging.models import Conversation

bp = portal("messaging", __name__, "/messages")


def talk_of(ref: str) -> Conversation:
    """The conversation of that name, with all that its page shows; 404 when it is somebody else's."""
    talk = service.find(ref) or abort(404)
    require(actor(), To.SEE_CONVERSATION, talk)
    return talk


def professional_of(ref: str) -> User:
    """The professional of that name."""
    query = sa.select(User).where(User.ref == ref, User.role == Role.PROFESSIONAL)
    return db.session.scalars(query.options(joinedload(User.professional))).first() or abort(404)
