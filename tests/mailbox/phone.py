"""What the tests of the simulated phone do again and again."""

from __future__ import annotations

from sandbox.account.service import institution
from sandbox.acts import LureArrived, publish
from sandbox.db import db
from sandbox.mailbox import service
from sandbox.mailbox.models import Channel, Mail
from tests.browser import Browser, text_of
from tests.room import Room


def screen_of(person: Browser) -> str:
    """The words on the phone's screen."""
    return text_of(person.page.find(class_="phone-screen"))


def sent(room: Room, channel: Channel = Channel.EMAIL, body: str = "Bonjour.", subject: str = "Un message", *, seat: int = 1) -> str:
    """A true message; its ref."""
    with room.inside():
        mail = service.send(room.record(seat).owner, channel, body, subject, link="/documents/", link_label="Ouvrir mes documents")
        db.session.flush()
        return mail.ref


def lured(room: Room, lure: str = "carte-vitale", *, seat: int = 1) -> str:
    """A false message; its ref."""
    with room.inside():
        publish(LureArrived(actor=institution(), record=room.record(seat), lure=lure))
        return newest(room, seat).ref


def newest(room: Room, seat: int = 1) -> Mail:
    """Only inside: the latest message of a seat."""
    return service.inbox(room.record(seat).owner, 1)[0]


def at_the_door(room: Room, name: str = "Marie") -> Browser:
    """Somebody who knows the workshop and is not signed in."""
    return Browser(room.app, name).go(f"/atelier/{room.code}")
