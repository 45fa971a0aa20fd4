"""What the stories of a practice's messages share: an exchange in the making, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import current_app

from sandbox.db import db
from sandbox.messaging import service
from sandbox.messaging.models import Conversation, Message
from tests.asking import asked
from tests.browser import Browser
from tests.room import Room


def newest(seat: int = 1) -> Conversation:
    """Only inside: the last exchange that was opened at a seat."""
    query = sa.select(Conversation).where(Conversation.seat == seat).order_by(Conversation.id.desc())
    return db.session.scalars(query).first()  # type: ignore[return-value]


def opened(room: Room, subject: str = "Votre genou", *, by: str = "dr-lemoine", copies: tuple[str, ...] = (), **how: Any) -> str:
    """An exchange that a professional has just opened with Marie; gives its name."""
    with room.inside():
        talk = service.open_conversation(
            room.user(by), room.record(1), subject, "Bonjour, j’ai lu votre lettre.", copies=[room.user(slug) for slug in copies], **how
        )
        db.session.flush()
        return talk.ref


def answered(room: Room, ref: str, text: str, **how: Any) -> None:
    """Marie answers."""
    with room.inside():
        service.reply(room.record(1).owner, told(ref), text, **how)


def told(ref: str) -> Conversation:
    """Only inside: an exchange with all its messages."""
    found = service.find(ref)
    assert found is not None
    return found


def last(ref: str) -> Message:
    """Only inside: the last message of an exchange."""
    return told(ref).messages[-1]


def press(person: Browser, value: str, **fields: Any) -> Browser:
    """Press the button of the message being written that has this value: several say the same word."""
    button = person.page.find("button", attrs={"name": "do", "value": value})
    assert button is not None, f"pas de bouton {value} sur {person.path}"
    button.string = "ce bouton-ci"
    return person.submit("ce bouton-ci", **fields)


def shelves(person: Browser) -> list[str]:
    """The tabs of the list, each with its count."""
    return [" ".join(link.get_text().split()) for link in person.page.select(".tabs a")]


def questions(ask: Callable[[], Any]) -> int:
    """Only inside: how many times the store is asked, with nothing known yet."""
    db.session.flush()
    with asked(current_app) as found:
        ask()
    return len(found)
