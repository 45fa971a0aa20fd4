"""What people do at the door, and what the trainer and time do to it."""

from __future__ import annotations

import re
from datetime import timedelta

from sandbox import clock
from sandbox.db import db, writing
from sandbox.workshops.models import Workshop
from sandbox.workshops.printed import pictures
from tests.browser import Browser, text_of
from tests.room import Room


def at_the_door(room: Room, name: str = "Marie") -> Browser:
    return Browser(room.app, name).go(f"/atelier/{room.code}")


def give_password(room: Room, seat: int = 1) -> Browser:
    """Somebody who typed what their card says, and must now give the second proof."""
    card = room.card(seat)
    return at_the_door(room).submit("Se connecter", identifier=card.identifier, password=card.password)


def code_on_the_phone(browser: Browser) -> str:
    """The six digits of the newest message of the phone drawn beside the page."""
    found = re.search(r"\b\d{6}\b", text_of(browser.page.find(class_="phone-screen")))
    assert found is not None
    return found[0]


def code_in_the_email(browser: Browser) -> str:
    """The six digits of the newest e-mail: opened on the phone, then back to the page."""
    left = browser.path
    browser.go(str(browser.page.select_one(".phone-list .email a")["href"]))
    code = code_on_the_phone(browser)
    browser.go(left)
    return code


def press(person: Browser, room: Room, seat: int, *, wrongly: bool = False) -> Browser:
    """The three pictures of this seat's card, one after the other; wrongly, in the other order."""
    three = pictures(room.card(seat).token)
    for picture in reversed(three) if wrongly else three:
        person.submit(picture.label)
    return person


def settings(room: Room, **values: object) -> None:
    """The trainer changes something of the workshop."""
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        for name, value in values.items():
            setattr(workshop, name, value)
        db.session.commit()
        db.session.remove()


def allow_quick_entry(room: Room) -> None:
    settings(room, quick_entry=True)


def shut(room: Room) -> None:
    """The hour has passed at which the room shuts by itself."""
    settings(room, open_until=clock.real_now() - timedelta(seconds=1))


def later(room: Room, by: timedelta) -> None:
    """Time passes in the room's world."""
    with room.inside():
        room.world().shift_seconds += int(by.total_seconds())


def known_of(browser: Browser) -> set[str]:
    """What the browser's cookie holds, forms' tokens and sentences aside."""
    with browser.client.session_transaction("/") as session:
        return {key for key in session if not key.startswith(("csrf", "_flashes", "_fresh", "_permanent"))}
