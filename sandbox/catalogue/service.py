"""The services of the catalogue, read from the fixtures, as each record sees them (reference §1.9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox.account.models import Record, Role, User
from sandbox.acts import ServicesSearched, ServiceViewed, publish
from sandbox.catalogue.models import Listing, Purpose, Status
from sandbox.db import db
from sandbox.french import folded
from sandbox.workshops.fixtures import common
from sandbox.workshops.people import plain

EVERYWHERE = "toute la France"
ADULT = 18
AREAS = {"agenda": "Agenda", "documents": "Documents", "mesures": "Mesures", "identite": "Identité"}


@dataclass(frozen=True)
class Theme:
    slug: str
    label: str
    plain: str
    icon: str


@dataclass(frozen=True)
class Need:
    """One kind of data that a service asks for, and what for; `since` is the version of the service that began to."""

    area: str
    access: str
    purpose: str
    since: int = 1

    @property
    def label(self) -> str:
        return f"{AREAS.get(self.area, self.area)}, {self.access}"

    @property
    def asked(self) -> Purpose | None:
        """What must be agreed to; the identity is told by the pairing itself."""
        return next((one for one in Purpose if one.value == plain_purpose(self.area, self.access)), None)


@dataclass(frozen=True)
class Screen:
    """A drawn picture of the service: `alt` says it to whoever does not see it."""

    title: str
    alt: str
    image: str


@dataclass(frozen=True)
class Service:
    """One sheet of the catalogue."""

    slug: str
    name: str
    publisher: str
    theme: Theme
    regions: tuple[str, ...]
    price: str
    price_detail: str
    medical_device: bool
    status: Status
    summary: str
    description: str
    icon: str
    criteria: tuple[str, ...]
    needs: tuple[Need, ...]
    contact: str
    used_on: tuple[str, ...]
    terms: tuple[str, ...]  # its terms of use, in short
    screens: tuple[Screen, ...]
    also: str  # words that people type instead of those of the sheet
    words: str  # what a search looks into: every word without accents, between spaces
    why: str = ""  # why it is not online, as the fixtures tell it
    site: bool = False  # whether the publisher's own site is simulated
    version: int = 1

    @property
    def is_online(self) -> bool:
        return self.status is Status.ONLINE

    @property
    def present(self) -> list[Need]:
        """What it asks for in its present version."""
        return [need for need in self.needs if need.since <= self.version]

    @property
    def purposes(self) -> dict[Purpose, Need]:
        """What must be agreed to or refused, each with what for, in the order of the sheet."""
        return {need.asked: need for need in self.present if need.asked}

    @property
    def latest(self) -> int:
        """The newest version that the fixtures know."""
        return max(need.since for need in self.needs)

    @property
    def can_be_tried(self) -> bool:
        """Whether one may go and use it in the training."""
        return self.site and self.is_online

    @property
    def price_in_words(self) -> str:
        """The model, then the detail, unless that says it already."""
        model = self.price[0].upper() + self.price[1:]
        return self.price_detail if self.price_detail.startswith(model) else f"{model}. {self.price_detail}"

    @property
    def paragraphs(self) -> list[str]:
        return self.description.strip().split("\n\n")

    def is_offered_in(self, region: str) -> bool:
        return region in self.regions or EVERYWHERE in self.regions


@lru_cache(maxsize=1)
def themes() -> dict[str, Theme]:
    """By slug, in the order of the fixtures."""
    return {item["slug"]: Theme(**item) for item in common("services")["theme"]}


@lru_cache(maxsize=1)
def services() -> dict[str, Service]:
    """By slug: those that can be used first, in alphabetical order."""
    return _in_order(_service(item) for item in common("services")["service"])


def _in_order(found: Iterable[Service]) -> dict[str, Service]:
    usable = sorted(found, key=lambda each: (not each.is_online, not each.site, plain(each.name)))
    return {each.slug: each for each in usable}


def plain_purpose(area: str, access: str) -> str:
    return f"{area}-{'lecture' if access == 'lecture' else 'ecriture'}"


def find(slug: str, record: Record) -> Service | None:
    """One sheet, as the trainer made it for this record: suspended, taken out, of a newer version."""
    sheet = services().get(slug)
    if sheet is None:
        return None
    query = sa.select(Listing).where(Listing.record_id == record.id, Listing.service == slug)
    changed = db.session.scalars(query).first()
    return _changed(sheet, changed) if changed else sheet


def every(record: Record) -> dict[str, Service]:
    """All the sheets, by slug, as the trainer made them for this record."""
    changes = db.session.scalars(sa.select(Listing).where(Listing.record_id == record.id))
    changed = {one.service: _changed(services()[one.service], one) for one in changes if one.service in services()}
    return _in_order((services() | changed).values()) if changed else services()


def _changed(sheet: Service, listing: Listing) -> Service:
    status = listing.status or sheet.status
    return replace(sheet, status=status, version=listing.version, why=sheet.why if status is sheet.status else "")


def agent(slug: str) -> User:
    """The service itself, as it acts in the world one is in; worlds of before it existed get it when it first acts."""
    query = sa.select(User).where(User.slug == slug, User.role == Role.SERVICE)
    found = db.session.scalars(query).first()
    if found is None:
        found = User(slug=slug, name=services()[slug].name, identifier=slug, role=Role.SERVICE, seat=0)
        db.session.add(found)
        db.session.flush()
    return found


def _service(item: dict[str, Any]) -> Service:
    known = {name: value for name, value in item.items() if name in Service.__dataclass_fields__}
    theme = themes()[item["theme"]]
    searched = (item["name"], item["publisher"], theme.label, item["summary"], item["description"], item["also"])
    values = known | {
        "theme": theme, "status": Status(item["status"]), "needs": tuple(Need(**need) for need in item["data"]),
        "screens": tuple(
            Screen(**screen, image=f"img/services/{item['slug']}-{number}.svg") for number, screen in enumerate(item["screens"], 1)
        ),
        **{name: tuple(item[name]) for name in ("regions", "criteria", "used_on", "terms")},
        "words": " ".join(["", *re.findall(r"\w+", folded(" ".join(searched))), ""]),
    }
    return Service(**values)


def regions() -> list[str]:
    """All of them: a service offered everywhere is offered there too."""
    return sorted(common("services")["regions"], key=plain)


def searched(user: User, record: Record) -> None:
    """The person searched the catalogue."""
    publish(ServicesSearched(actor=user, record=record))


def view(user: User, record: Record, service: Service) -> None:
    """The person reads a sheet."""
    publish(ServiceViewed(actor=user, record=record, service=service.slug, name=service.name))
