"""The learner's messages: the blueprint that its pages share, and how an exchange is found by its address."""

from __future__ import annotations

from flask import abort

from sandbox.access import To, actor, require
from sandbox.learner import portal
from sandbox.messaging import service
from sandbox.messaging.models import Conversation

bp = portal("messaging", __name__, "/messages")


def talk_of(ref: str) -> Conversation:
    """The conversation of that name, with all that its page shows; 404 when it is somebody else's."""
    talk = service.find(ref) or abort(404)
    require(actor(), To.SEE_CONVERSATION, talk)
    return talk
