"""The identity of each seat: Faker for names, our own numbers, nobody who could exist."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sandbox.french import folded
from sandbox.late import Late
from sandbox.workshops.fixtures import common
from sandbox.workshops.packs import Item

if TYPE_CHECKING:
    from faker import Faker

_library = Late("faker")
TOWN = "00100 Valbrune"
ELSEWHERE = 31  # how far in the list of communes a child was born from where the parent was
PHOTO_PREFIX = "8025000002"  # reference §1.1: a card with a photo begins so


@dataclass(frozen=True)
class Person:
    """One seat's identity; `birth` is told as a snapshot tells it (« 67:03-12 »)."""

    seat: int
    sex: str
    family_name: str
    first_name: str
    age: int
    birth: str
    birth_place: str
    birth_code: str
    address: str
    phone: str
    email: str
    vitale_serial: str
    identifier: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.family_name.upper()}"


def plain(text: str) -> str:
    """Lower-case letters only, without accents."""
    return "".join(sign for sign in folded(text) if "a" <= sign <= "z")


def seated(seed: str, seat: int) -> Person:
    """The person of that seat: the same for the same seed, another for another seat."""
    draw = random.Random(f"{seed}:{seat}")  # noqa: S311 — reproducible on purpose
    sex = draw.choice("FM")
    first, family = _names(f"{seed}:{seat}", sex)
    commune = _birth_place(seed, seat)
    age = draw.randint(62, 79)
    born = date(1950, 1, 1) + timedelta(days=draw.randrange(365))
    short = plain(first)[:10] + "." + plain(family)[:12]
    return Person(
        seat=seat,
        sex=sex,
        first_name=first,
        family_name=family,
        age=age,
        birth=f"{age}:{born:%m-%d}",
        birth_place=commune["name"],
        birth_code=commune["insee"],
        address=f"{draw.randint(1, 60)} {draw.choice(common('streets')['streets'])}, {TOWN}",
        phone=f"06 39 98 {draw.randint(0, 99):02d} {draw.randint(0, 99):02d}",
        email=f"{short}{seat}@courriel.example",
        vitale_serial=_vitale(draw),
        identifier=f"{short}{seat:02d}",
    )


def minor(seed: str, parent: Person, told: Item) -> Person:
    """The child of that seat, as the pack tells it: lives with the parent, and has neither card nor way in."""
    draw = random.Random(f"{seed}:{parent.seat}:{told['ref']}")  # noqa: S311 — reproducible on purpose
    sex = told.get("sex") or draw.choice("FM")
    first = draw.choice(told["girls"] if sex == "F" else told["boys"])
    birth = random.Random(f"{seed}:{parent.seat}:{told.get('born_with', told['ref'])}:born")  # noqa: S311 — twins share it
    age, born = birth.randint(*told["ages"]), date(1950, 1, 1) + timedelta(days=birth.randrange(365))
    commune = _birth_place(seed, parent.seat + ELSEWHERE)
    return replace(
        parent, sex=sex, first_name=first, age=age, birth=f"{age}:{born:%m-%d}", birth_place=commune["name"],
        birth_code=commune["insee"], vitale_serial="", identifier=f"{told['ref']}-{parent.seat}",
    )


@lru_cache(maxsize=1)
def _faker() -> Faker:
    made: Faker = _library.Faker("fr_FR")
    return made


def _names(seed: str, sex: str) -> tuple[str, str]:
    """A first name and a family name by Faker, whose version is pinned."""
    faker = _faker()
    faker.seed_instance(seed)
    return faker.first_name_female() if sex == "F" else faker.first_name_male(), faker.last_name()


def _birth_place(seed: str, seat: int) -> dict[str, str]:
    """Each seat its own commune, so that no two numbers are alike."""
    communes: list[dict[str, str]] = common("communes")["commune"]
    order = random.Random(seed).sample(range(len(communes)), len(communes))  # noqa: S311
    return communes[order[seat % len(communes)]]


def _vitale(draw: random.Random) -> str:
    """A card with a photo (prefix and 11 digits) or without (8 to 13 digits)."""
    digits = "".join(draw.choice("0123456789") for _ in range(13))
    return PHOTO_PREFIX + digits[:11] if draw.random() < 0.5 else digits[: draw.randint(8, 13)]
