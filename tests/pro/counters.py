"""What the stories of the counter share: reading a prescription, writing on one line, waiting for days to go by."""

from __future__ import annotations

from datetime import timedelta

from bs4 import Tag

from sandbox.prescriptions import code, service
from sandbox.prescriptions.models import Kind
from sandbox.prescriptions.service import NewLine
from tests.browser import Browser, text_of
from tests.pro.people import told
from tests.room import Room

SAVE = "Enregistrer la délivrance"


def read(browser: Browser, room: Room, slug: str = "traitement-de-fond") -> Browser:
    """The patient's square, read by the scanner that types for its owner."""
    with room.inside():
        square = code.payload(told(slug).number, room.workshop_id)
    return show(browser, square)


def show(browser: Browser, what: str) -> Browser:
    return browser.go("/pro/delivrance").submit("Ouvrir l’ordonnance", number=what)


def prescribed(room: Room, kind: Kind, *lines: NewLine, seat: int = 1) -> str:
    """The number of what the doctor has just prescribed."""
    with room.inside():
        return service.prescribe(room.user("dr-lemoine"), room.record(seat), lines, kind=kind).number


def on(browser: Browser, drug: str, **values: str) -> dict[str, str]:
    """What is written on one line: its fields have its name in front."""
    line = next(part for part in browser.page.select("fieldset.handing") if drug in text_of(part.legend))
    prefix = str(line.find("input")["name"]).rpartition("-")[0]  # type: ignore[index]
    return {f"{prefix}-{name}": value for name, value in values.items()}


def row(browser: Browser, drug: str) -> str:
    """What the analysis says of one line, its history with it."""
    rows: list[Tag] = browser.page.select(".analysis tbody tr")
    at = next(at for at, one in enumerate(rows) if drug in text_of(one.th))
    after = rows[at + 1 : at + 2]
    return " ".join(text_of(one) for one in [rows[at], *(one for one in after if "history" in one.get("class", []))])


def press(browser: Browser, address: str) -> Browser:
    """What a page left open, or made by hand, sends: the button's address, with the token of the page that is open."""
    token = browser.page.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    return browser._met(browser.client.post(address, data={"csrf_token": token}, follow_redirects=True))


def days_go_by(room: Room, days: int) -> None:
    """The trainer moves the clock of the world."""
    with room.inside():
        room.world().shift_seconds += int(timedelta(days=days).total_seconds())
