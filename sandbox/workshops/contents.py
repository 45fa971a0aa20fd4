"""What a workshop's file holds, read and verified before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from sandbox import texts
from sandbox.errors import Refused
from sandbox.workshops import returning, vetting, worlds
from sandbox.workshops.luggage import START, VERSION, WHOLE
from sandbox.workshops.suitcase import NOT_ONE, SPOILT, Suitcase
from sandbox.workshops.vetting import YEARS, Refs, need, number, text

MOST_SEATS, MOST_POINTS = 60, 31
MOST_SHIFT = 4 * 366 * 86_400  # seconds that a workshop's clock may be ahead
MOST_COST = 12  # of a password's hash: a forged one would keep the server busy for hours
WEEKDAYS = re.compile("1?2?3?4?5?6?7?")
CODE, TOKEN = re.compile(r"[A-Z0-9]{4,8}"), re.compile(r"[A-Za-z0-9_-]{8,32}")
HASH = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}")
ARRIVED = "État à l’arrivée"
NEWER = "Ce fichier vient d’une version plus récente du logiciel. Mettez ce logiciel à jour, puis recommencez."
TOO_MANY = f"Cet atelier a plus de {MOST_SEATS} places : ce logiciel ne peut pas le reprendre."
UNREADABLE = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError)


@dataclass(frozen=True)
class Point:
    """A starting point, or the present state: its parts as they are stored."""

    label: str
    moment: str  # empty: as a pack tells it
    shift: int
    head: vetting.Head
    bodies: Mapping[int, bytes]
    people: set[tuple[int, str, str, str]]  # seat, ref, name, identifier of those who have a card


@dataclass(frozen=True)
class Contents:
    """A file that can be trusted to be a workshop."""

    case: Suitcase
    manifest: Mapping[str, Any]
    points: list[Point]
    start: Point
    now: Point | None

    @property
    def is_whole(self) -> bool:
        """Whether it is a workshop with its cards, rather than a start to make others."""
        return bool(self.manifest["kind"] == WHOLE)


def read(stream: IO[bytes]) -> Contents:
    """Raises Refused, with a sentence that says what to do."""
    case = Suitcase(stream)
    try:
        return _read(case, _manifest(case))
    except UNREADABLE as error:
        raise Refused(SPOILT) from error


def _manifest(case: Suitcase) -> dict[str, Any]:
    """What the file says of itself, in the terms of this version."""
    if "manifest.json" not in case:
        raise Refused(NOT_ONE)
    manifest = case.told("manifest.json")
    need(isinstance(manifest, dict))
    version = number(manifest.get("version"), 10**9, 1)
    if version > VERSION:
        raise Refused(NEWER)
    if version == 1:
        alone = {"label": "Début de l’histoire", "folder": "start"}
        manifest |= {"kind": WHOLE, "territory": "", "points": [alone], "start": 0, "now": {"shift": manifest.get("shift", 0)}}
    return dict(manifest)


def _read(case: Suitcase, manifest: dict[str, Any]) -> Contents:
    need(manifest["kind"] in {WHOLE, START})
    if number(manifest["seats"], 10**9, 1) > MOST_SEATS:
        raise Refused(TOO_MANY)
    _plain(manifest)
    need(isinstance(manifest["points"], list) and 1 <= len(manifest["points"]) <= MOST_POINTS)
    start = number(manifest["start"], len(manifest["points"]) - 1)
    files = case.files()
    folders = [about.get("folder", f"points/{at}") for at, about in enumerate(manifest["points"])]
    points = [_point(case, about, folder, manifest["seats"], files) for about, folder in zip(manifest["points"], folders, strict=True)]
    about = manifest["now"]
    now = None if about is None else _point(case, about, "now", manifest["seats"], files, points[start].head)
    if manifest["kind"] == WHOLE:
        _whole(manifest, [*points, *([now] if now else [])])
    return Contents(case, manifest, points, points[start], now)


def _plain(manifest: Mapping[str, Any]) -> None:
    """What any file says of itself."""
    text(manifest["pack"], 40, 1)
    text(manifest["seed"], 40, 1)
    text(manifest.get("matrix", ""), 1_000_000)


def _whole(manifest: Mapping[str, Any], points: list[Point]) -> None:
    """What a workshop with its cards says besides."""
    text(manifest["name"], 120, 1)
    text(manifest["place"], 120)
    text(manifest["territory"], 80)
    need(type(manifest["quick_entry"]) is bool and CODE.fullmatch(manifest["code"]))
    need(date.fromisoformat(manifest["held_on"]).year in YEARS)
    seats: dict[str, int] = {}
    for card in manifest["cards"]:
        _card(card, manifest["seats"])
        seats[card["ref"]] = card["seat"]
    _hours(manifest.get("hours", []))
    need(len(seats) == len(manifest["cards"]) == len({card["token"] for card in manifest["cards"]}))
    need(all(seats.get(ref) == seat for point in points for seat, ref, _, _ in point.people))


def _hours(told: list[Mapping[str, Any]]) -> None:
    """When it goes back to its start by itself; files of former versions do not say."""
    need(isinstance(told, list) and len(told) <= returning.MOST)
    for hour in told:
        number(hour["minute"], 24 * 60 - 1)
        need(type(hour["is_on"]) is bool and WEEKDAYS.fullmatch(text(hour["weekdays"], 7, 1)))


def _card(card: Mapping[str, Any], seats: int) -> None:
    number(card["seat"], seats)
    need(vetting.REF.fullmatch(card["ref"]) and TOKEN.fullmatch(card["token"]))
    for name, most in (("name", 120), ("identifier", 60), ("password", 40)):
        text(card[name], most, 1)
    hashed = HASH.fullmatch(card["password_hash"])
    need(hashed and int(hashed[1]) <= MOST_COST)


# --- a starting point --------------------------------------------------------------------------------

def _point(
    case: Suitcase, about: Mapping[str, Any], folder: str, seats: int, files: set[str], known: vetting.Head | None = None
) -> Point:
    told = known or vetting.head(case.told(f"{folder}/head.json"))
    shared, bodies, people, templates = Refs(), dict[int, bytes](), set(), set[str]()
    for seat in range(seats + 1):
        part = case.told(f"{folder}/{seat}.json")
        refs = vetting.part(part, shared, files)
        shared = shared or refs
        bodies[seat] = worlds.pack(part)
        templates |= vetting.templates(part)
        people |= set(_people(part, seat))
    for name in templates:
        texts.check_plain(case.file(name).decode())
    shift = number(about.get("shift", 0), MOST_SHIFT)
    return Point(text(about.get("label", ARRIVED), 120, 1), vetting.moment(about.get("moment", "")), shift, told, bodies, people)


def _people(part: worlds.Part, seat: int) -> Iterator[tuple[int, str, str, str]]:
    """Those who have a card; a seat has exactly one learner. Raises Wrong."""
    rows = part["user"]
    users = [dict(zip(rows["columns"], row, strict=True)) for row in rows["rows"]]
    need(sum(user["role"] == "learner" for user in users) == (1 if seat else 0))
    for user in users:
        if user["role"] in {"learner", "professional"}:
            yield seat, user["ref"], user["name"], user["identifier"]
