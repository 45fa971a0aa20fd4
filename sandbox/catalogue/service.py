"""The services of the catalogue, read from the fixtures, and how one finds them (reference §1.9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sandbox.account.models import Record, User
from sandbox.acts import ServicesSearched, ServiceViewed, publish
from sandbox.workshops.fixtures import common
from sandbox.workshops.people import plain

EVERYWHERE = "toute la France"
SAID_OTHERWISE = {"diabete": "glycemie", "sucre": "glycemie", "rdv": "rendezvous"}  # typed → in sheets
AREAS = {"agenda": "Agenda", "documents": "Documents", "mesures": "Mesures", "identite": "Identité"}


class Status(StrEnum):
    ONLINE = "EN_LIGNE"
    SUSPENDED = "SUSPENDUE"
    DELISTED = "DEREFERENCEE"

    @property
    def label(self) -> str:
        return STATUS_WORDS[self]


STATUS_WORDS = {
    Status.ONLINE: "Disponible", Status.SUSPENDED: "Suspendu", Status.DELISTED: "Retiré du catalogue",
}


@dataclass(frozen=True)
class Theme:
    slug: str
    label: str
    plain: str
    icon: str


@dataclass(frozen=True)
class Need:
    """One kind of data that a service asks for, and what for."""

    area: str
    access: str
    purpose: str

    @property
    def label(self) -> str:
        return f"{AREAS.get(self.area, self.area)}, {self.access}"


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
    words: str  # what a search looks into, without accents

    @property
    def is_online(self) -> bool:
        return self.status is Status.ONLINE

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
    found = [_service(item) for item in common("services")["service"]]
    return {each.slug: each for each in sorted(found, key=lambda each: (not each.is_online, plain(each.name)))}


def _service(item: dict[str, object]) -> Service:
    known = {name: value for name, value in item.items() if name in Service.__dataclass_fields__}
    theme = themes()[str(item["theme"])]
    searched = (item["name"], item["publisher"], theme.label, item["summary"], item["description"])
    values = known | {
        "theme": theme, "status": Status(str(item["status"])), "regions": tuple(item["regions"]),  # type: ignore[arg-type]
        "criteria": tuple(item["criteria"]), "needs": tuple(Need(**need) for need in item["data"]),  # type: ignore[arg-type,attr-defined]
        "words": _folded(" ".join(map(str, searched))),
    }
    return Service(**values)  # type: ignore[arg-type]


def _folded(text: str) -> str:
    return " ".join(map(plain, text.split()))


@lru_cache(maxsize=1)
def regions() -> list[str]:
    named = {region for service in services().values() for region in service.regions}
    return sorted(named - {EVERYWHERE}, key=plain)


def search(words: str = "", theme: str = "", region: str = "") -> list[Service]:
    """Services that have every word, accents or not, of one theme and offered in one region where these are given."""
    wanted = _folded(words).split()
    return [
        service for service in services().values()
        if all(word in service.words or SAID_OTHERWISE.get(word, word) in service.words for word in wanted)
        and (not theme or service.theme.slug == theme)
        and (not region or service.is_offered_in(region))
    ]


def searched(user: User, record: Record) -> None:
    """The person searched the catalogue."""
    publish(ServicesSearched(actor=user, record=record))


def view(user: User, record: Record, service: Service) -> None:
    """The person reads a sheet."""
    publish(ServiceViewed(actor=user, record=record, service=service.slug, name=service.name))
