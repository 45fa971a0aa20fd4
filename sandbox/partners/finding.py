"""With whom, and when: the professionals who publish hours, by speciality and place, and the hours that they have left."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sandbox import clock
from sandbox.account.models import User
from sandbox.agenda import slots
from sandbox.french import folded
from sandbox.workshops.fixtures import common

SHOWN, NEAREST = 3, 3
MOMENT = "%Y-%m-%dT%H:%M"
TOWN = re.compile(r"\b\d{5} (.+)$")
Choices = list[tuple[str, str]]  # values of an address, and their words
Days = dict[date, list[datetime]]


@dataclass(frozen=True)
class Offer:
    """A professional, and when they may be seen."""

    user: User
    free: list[datetime]

    @property
    def first(self) -> list[tuple[date, list[datetime]]]:
        """The next hours, day by day."""
        return [(day, list(its)) for day, its in groupby(self.free[:SHOWN], key=datetime.date)]


@dataclass(frozen=True)
class Wanted:
    """What is looked for, as the address says it: with or without accents, in capitals or not; empty, everything."""

    speciality: str = ""
    place: str = ""

    def keeps(self, user: User) -> bool:
        return self.speciality in {"", folded(speciality_of(user))} and self.place in {"", folded(place_of(user))}


@dataclass(frozen=True)
class Answer:
    """Whoever was found, the soonest seen first; `unknown`: words of the address that nobody answers to."""

    wanted: Wanted
    offers: list[Offer]
    specialities: Choices
    places: Choices
    unknown: list[str]


def search(asked: Mapping[str, str]) -> Answer:
    """`?specialite=cardiologie&lieu=valbrune`."""
    everybody = slots.bookable()
    speciality, place = (_said(asked, name) for name in ("specialite", "lieu"))
    wanted = Wanted(_known(speciality, speciality_of, everybody), _known(place, place_of, everybody))
    found = [user for user in everybody if wanted.keeps(user)]
    free = slots.search(found, clock.today(), slots.SEARCHED)
    offers = sorted((Offer(user, free[user.id]) for user in found), key=lambda one: (not one.free, one.free[:1], one.user.name))
    return Answer(
        wanted, offers,
        [("", "Toutes les spécialités"), *_choices(everybody, speciality_of, Wanted(place=wanted.place), wanted.speciality)],
        [("", "Partout"), *_choices(everybody, place_of, Wanted(speciality=wanted.speciality), wanted.place)],
        [said for said, kept in ((speciality, wanted.speciality), (place, wanted.place)) if said and not kept],
    )


def speciality_of(user: User) -> str:
    return user.professional.specialty if user.professional else ""


def place_of(user: User) -> str:
    """The town, which ends the address."""
    card = user.professional
    found = TOWN.search(card.address) if card else None
    return found[1] if found else card.address if card else ""


def days(professional: User, *, far: bool) -> Days:
    """The hours that are free, day by day, over four weeks, or as far as they go."""
    found: Days = defaultdict(list)
    for slot in slots.free_slots(professional, clock.today(), slots.SEARCHED if far else slots.AHEAD):
        found[slot.date()].append(slot)
    return dict(found)


def nearest(professional: User, wanted: datetime) -> list[tuple[User, list[datetime]]]:
    """When a slot is gone: the closest ones of the same professional, then of the others of the same speciality."""
    alike = [user for user in slots.bookable() if speciality_of(user) == speciality_of(professional) and user.id != professional.id]
    free = slots.search([professional, *alike], clock.today(), slots.SEARCHED)
    others = [(slot, user) for user in alike for slot in slots.closest(free[user.id], wanted, NEAREST)]
    best = sorted(others, key=lambda each: abs(each[0] - wanted))[:NEAREST]
    by_whom = groupby(sorted(best, key=lambda each: (each[1].name, each[0])), key=lambda each: each[1])
    found = [(professional, slots.closest(free[professional.id], wanted, NEAREST))]
    return [(user, its) for user, its in [*found, *((user, [slot for slot, _ in its]) for user, its in by_whom)] if its]


def reasons(professional: User) -> list[str]:
    """Why people usually come to see somebody of this speciality."""
    usual: dict[str, list[str]] = common("reasons")
    return usual.get(speciality_of(professional), usual["autres"])


def moment(told: str) -> datetime | None:
    """« 2026-03-03T09:20 », in Paris; nothing when there is no such hour."""
    try:
        wanted = datetime.strptime(told, MOMENT)  # noqa: DTZ007
    except ValueError:
        return None
    return clock.at(wanted.date(), wanted.hour, wanted.minute)


def day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _said(asked: Mapping[str, str], name: str) -> str:
    return " ".join(asked.get(name, "").split())[:80]


def _known(said: str, what: Callable[[User], str], everybody: list[User]) -> str:
    return folded(said) if folded(said) in {folded(what(user)) for user in everybody} else ""


def _choices(everybody: list[User], what: Callable[[User], str], among: Wanted, chosen: str) -> Choices:
    """« Cardiologie (2) », in alphabetical order: whatever somebody is left for, and what is chosen."""
    counted = Counter(what(user) for user in everybody if among.keeps(user))
    labels = sorted({what(user) for user in everybody}, key=folded)
    return [(folded(one), f"{one} ({counted[one]})") for one in labels if counted[one] or folded(one) == chosen]
