"""Somebody who comes with their printed card and letter to activate a space."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from sandbox.account import life
from sandbox.account.models import Life, Record, Role, User
from sandbox.db import db
from sandbox.mailbox.service import inbox
from sandbox.numbers import spaced_nir
from sandbox.workshops.models import World
from sandbox.workshops.people import PHOTO_PREFIX
from sandbox.workshops.printed import letter_code
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.room import Room

CODE = re.compile(r"\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}\b")
PHOTO, PLAIN = "photo", "plain"


@dataclass
class Applicant:
    """What is printed for one seat, and the browser of who holds it."""

    room: Room
    seat: int
    born: date
    nir: str
    serial: str
    browser: Browser

    @property
    def card(self) -> str:
        return PHOTO if self.serial.startswith(PHOTO_PREFIX) else PLAIN

    @property
    def typed_serial(self) -> str:
        return self.serial.removeprefix(PHOTO_PREFIX)

    @property
    def letter(self) -> str:
        return letter_code(self.room.card(self.seat).token)

    @property
    def facts(self) -> dict[str, str]:
        """The three pieces of information, as they are printed."""
        return {"birth": self.born.isoformat(), "nir": spaced_nir(self.nir), "serial": self.typed_serial}

    def prepare(self, whom: str = "me", card: str = "") -> Browser:
        self.browser.go("/activation/").click("Continuer sans FranceConnect")
        return self.browser.submit("Continuer", whom=whom, card=card or self.card)

    def identify(self, whom: str = "me", **facts: str) -> Browser:
        return self.prepare(whom).submit("Continuer", **(self.facts | facts))

    def ask_for_code(self, channel: str = "sms") -> Browser:
        return self.browser.submit("Recevoir mon code", channel=channel)

    def received(self) -> str:
        """The newest code that came, without its spaces."""
        with self.room.inside():
            owner = self.room.record(self.seat).owner
            found = next(code for mail in inbox(owner) if (code := CODE.search(mail.body)))
        return found[0].replace(" ", "")

    def life(self) -> Life:
        with self.room.inside():
            return self.room.record(self.seat).life


def at_the_door(room: Room, seat: int = 1, start: Start = Start.CREATED) -> Applicant:
    """Somebody who has just given the code of the workshop, and whose space is in this state."""
    with room.inside():
        record = room.record(seat)
        life.put(record, start)
        born, nir, serial = record.birth_date, record.nir, record.vitale_serial
    return Applicant(room, seat, born, nir, serial, Browser(room.app, f"place {seat}").go(f"/atelier/{room.code}"))


def give_card(room: Room, seat: int, kind: str) -> None:
    """The seat's card has a photo, or has not."""
    with room.inside():
        room.record(seat).vitale_serial = PHOTO_PREFIX + "12345678901" if kind == PHOTO else "123456789"


def children(room: Room, seat: int) -> list[Record]:
    """Only inside: the children known with the number of this seat, the youngest first."""
    query = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.DEPENDANT)
    return list(db.session.scalars(query.order_by(Record.birth_date.desc(), Record.first_name)))


def twins(room: Room, seat: int) -> tuple[date, list[str]]:
    """The birth date and the first names of the twins of this seat, read from its printed card."""
    sheet = room.trainer().go(f"/console/{room.code}/cartes").page
    card = next(card for card in sheet.find_all(class_="seat-card") if card.find(class_="seat-number").string == str(seat))
    lines = [str(line.get_text()).rsplit(" ", 1) for line in card.select(".seat-children dd")]
    names, day = next((names, day) for names, day in lines if " et " in names)
    return datetime.strptime(day, "%d/%m/%Y").date(), names.split(" et ")  # noqa: DTZ007


def pass_time(room: Room, **by: int) -> None:
    """The world's clock goes on."""
    with room.inside():
        world = db.session.get_one(World, room.world().id)
        world.shift_seconds += int(timedelta(**by).total_seconds())
