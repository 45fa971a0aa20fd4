"""What the stories of the settings share: the code that came, what the record says, what the history kept."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa

from sandbox.db import db, writing
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from tests.browser import Browser
from tests.room import Room

NEW_EMAIL, NEW_MOBILE, NEW_PASSWORD = "grand.jardin@courriel.example", "06 39 98 12 34", "Pommier+2041"


def code(room: Room, seat: int = 1) -> str:
    """The six digits of the newest message of the seat's simulated phone."""
    with room.inside():
        newest = sa.select(Mail).where(Mail.seat == seat).order_by(Mail.id.desc())
        found = next((m for m in map(digits_of, db.session.scalars(newest.limit(3))) if m), None)
        assert found is not None, "aucun code sur le téléphone"
        return found


def digits_of(mail: Mail) -> str:
    found = re.search(r"\b\d{6}\b", mail.body)
    return found[0] if found else ""


def other_than(right: str) -> str:
    return "000000" if right != "000000" else "111111"


def as_read(address: str) -> str:
    """An address in the words of a page, where its line may break before the @."""
    return address.replace("@", " @")


def asks_email(person: Browser, new: str = NEW_EMAIL) -> Browser:
    return person.go("/parametres/contact/email").submit("Recevoir le code", new=new)


def contacts(room: Room, seat: int = 1) -> tuple[str, str]:
    with room.inside():
        record = room.record(seat)
        return record.email, record.phone


def lines(room: Room, act: str, seat: int = 1) -> int:
    """How many lines the history of the seat's own record has of this act, since the start."""
    with room.inside():
        mine = Entry.record_id == room.record(seat).id, Entry.act == act, ~Entry.from_pack
        return db.session.scalar(sa.select(sa.func.count(Entry.id)).where(*mine)) or 0


def later(room: Room, by: timedelta) -> None:
    """The world's clock moves on."""
    with room.app.app_context(), writing():
        room.world().shift_seconds += int(by.total_seconds())
        db.session.commit()
        db.session.remove()
