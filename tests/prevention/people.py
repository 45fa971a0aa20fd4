"""What the stories of prevention share: a line by its title, its address, and a person of a given age."""

from __future__ import annotations

from datetime import date

from sandbox.account.models import Record, Sex
from sandbox.clock import today
from sandbox.prevention import recommended
from sandbox.prevention.exams import birthday
from sandbox.prevention.recommended import Item
from tests.browser import Browser, text_of
from tests.room import Room

LIST = "/agenda/examens/"


def born(record: Record, age: str) -> None:
    """Only inside: as if the person had completed that age, in months or years, today or these last days."""
    day = today()
    months = int(age[:-1]) * (12 if age[-1] == "y" else 1)
    first = day.year * 12 + day.month - 1 - months
    record.birth_date = date(first // 12, first % 12 + 1, min(day.day, 28))
    assert birthday(record.birth_date, age) <= day


def aged(room: Room, age: str, sex: str = "F", seat: int = 1) -> None:
    """The learner of a seat is of that age and sex."""
    with room.inside():
        record = room.record(seat)
        record.sex = Sex(sex)
        born(record, age)


def open_now(room: Room, code: str, seat: int = 1) -> Item:
    """The window of that thing that is open today."""
    with room.inside():
        return next(item for item in recommended.every(room.record(seat)) if item.code == code and item.is_open)


def address(item: Item) -> str:
    return f"{LIST}{item.code}/{item.opens_on.isoformat()}"


def lines(person: Browser) -> dict[str, list[str]]:
    """By group of the list, the titles of its lines."""
    found: dict[str, list[str]] = {}
    for part in person.page.select("section:has(> ul.rows), details:has(> ul.rows)"):
        title = text_of(part.find(["h2", "summary"])).rpartition(" (")[0]
        found[title] = [text_of(link) for link in part.select(".row-title a")]
    return found
