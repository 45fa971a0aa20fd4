"""What the stories of getting out and coming back share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from sandbox.account import life
from sandbox.account.models import Record, Role, User
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.workshops import worlds
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.room import Room

DAYS_TO_ERASE = 90


def put(room: Room, start: Start, seat: int = 1) -> None:
    """The trainer puts a seat in a starting state."""
    with room.inside():
        life.put(room.record(seat), start)


def at_the_door(room: Room, name: str = "Marie") -> Browser:
    return Browser(room.app, name).go(f"/atelier/{room.code}")


def code_received(room: Room, seat: int = 1) -> str:
    """The six digits of the newest message that has any, on the person's simulated phone."""
    with room.inside():
        mine = sa.select(Mail.body).join(Mail.user).where(Mail.seat == seat, User.role == Role.LEARNER)
        for body in db.session.scalars(mine.order_by(Mail.id.desc())):
            if found := re.search(r"\b\d{6}\b", body):
                return found[0]
    raise AssertionError("aucun code n’est arrivé")


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def sign_in(person: Browser, room: Room, seat: int = 1) -> Browser:
    """By identifier and password; with the code, where one is asked for."""
    card = room.card(seat)
    person.go(f"/atelier/{room.code}").submit("Se connecter", identifier=card.identifier, password=card.password)
    return person.submit("Valider", code=code_received(room, seat)) if person.heading == "Saisir le code reçu" else person


def numbers(room: Room, seat: int = 1) -> dict[str, Any]:
    """What the person reads on their card, as the page of the opposition asks it."""
    with room.inside():
        record = room.record(seat)
        photo = record.vitale_serial.startswith("8025000002")
        return {
            "nir": record.nir, "card": "photo" if photo else "plain",
            "serial": record.vitale_serial[10:] if photo else record.vitale_serial,
        }


def close(person: Browser, room: Room, *, erase: bool = False, seat: int = 1) -> Browser:
    """The three steps, from the beginning."""
    person.go("/parametres/cloture/").click("Continuer")
    person.submit("Continuer et recevoir un code", fate="effacer" if erase else "garder")
    return person.submit("Fermer", code=code_received(room, seat))


def reopen(person: Browser, room: Room, seat: int = 1) -> Browser:
    """From the page of the closed space."""
    sign_in(person, room, seat)
    person.submit("Rouvrir mon espace")
    return person.submit("Rouvrir mon espace", code=code_received(room, seat))


def days_go_by(room: Room, days: int) -> None:
    """The trainer moves the clock of the world."""
    with room.inside():
        world = room.world()
        world.shift_seconds += int(timedelta(days=days).total_seconds())


def life_of(room: Room, seat: int = 1) -> str:
    with room.inside():
        return room.record(seat).life.value


def holdings(room: Room, seat: int = 1) -> dict[str, list[Any]]:
    """Every row of a seat, but for what getting in and out leaves behind: the history, and the phone's messages."""
    with room.inside():
        frozen = worlds.freeze(room.world(), seat)
        return {name: told["rows"] for name, told in frozen.items() if name not in {"entry", "mail"}}


def lost(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> set[str]:
    """The kinds of rows of which there are fewer; time that passes adds notifications."""
    return {name for name, rows in before.items() if len(after.get(name, [])) < len(rows)}


def done(room: Room, act: str, seat: int = 1) -> int:
    with room.inside():
        return db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.act == act, Entry.seat == seat)) or 0


def child(room: Room, seat: int = 1) -> Record:
    """Only inside: the child whose profile the seat opens."""
    return next(delegation.record for delegation in room.record(seat).owner.delegations)
