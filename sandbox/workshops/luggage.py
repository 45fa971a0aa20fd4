"""A workshop as one file: its starting points, its present state, its cards and its files, in a zip with a manifest.

What reads one is `unpacking`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any

import sqlalchemy as sa

from sandbox import blobs
from sandbox.db import db, still
from sandbox.errors import Refused
from sandbox.workshops import dating, points, returning, service, worlds
from sandbox.workshops.models import Snapshot, SnapshotPart, Workshop, World

VERSION = 2  # 1: one starting point, no « kind »
WHOLE, START = "workshop", "start"
CARD = ("ref", "seat", "name", "identifier", "password", "password_hash", "token")
ABOUT = ("name", "place", "territory", "quick_entry")
ALWAYS = ("pack", "seed", "seats")
NOTHING = "Cet atelier est effacé, ou n’est pas encore prêt : il n’y a rien à emporter."


def pack(workshop: Workshop, out: IO[bytes]) -> None:
    """The whole workshop, all of one moment; nobody waits meanwhile. Raises Refused when there is nothing in it."""
    with still():
        _pack(db.session.get_one(Workshop, workshop.id, populate_existing=True), out)


def _pack(workshop: Workshop, out: IO[bytes]) -> None:
    world, kept = _world(workshop), points.of_workshop(workshop)
    manifest = _always(workshop, WHOLE) | {
        "code": workshop.code,
        "held_on": workshop.held_on.isoformat(),
        "matrix": _matrix(workshop),
        **{name: getattr(workshop, name) for name in ABOUT},
        "cards": [{name: getattr(card, name) for name in CARD} for card in service.credentials(workshop)],
        "hours": returning.told(workshop),
        "points": [_about(point) for point in kept],
        "start": [point.id for point in kept].index(workshop.start_id or 0),
        "now": {"moment": dating.moment_of(world), "shift": world.shift_seconds},
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "manifest.json", manifest)
        names = {name for number, point in enumerate(kept) for name in _put_point(archive, number, point)}
        for seat in range(workshop.seats + 1):
            present = worlds.freeze(world, seat)
            _put(archive, f"now/{seat}.json", present)
            names |= files_of(present)
        _put_files(archive, names)


def pack_start(workshop: Workshop, out: IO[bytes]) -> None:
    """Its starting point alone, to make other workshops: neither its name, nor its place, nor its cards, nor what was done."""
    with still():
        _pack_start(db.session.get_one(Workshop, workshop.id, populate_existing=True), out)


def _pack_start(workshop: Workshop, out: IO[bytes]) -> None:
    _world(workshop)
    point = db.session.get_one(Snapshot, workshop.start_id)
    manifest = _always(workshop, START) | {"matrix": _matrix(workshop), "points": [_about(point)], "start": 0, "now": None}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "manifest.json", manifest)
        _put_files(archive, set(_put_point(archive, 0, point)))


def packed(workshop: Workshop) -> bytes:
    """The whole workshop, in memory."""
    buffer = io.BytesIO()
    pack(workshop, buffer)
    return buffer.getvalue()


def _world(workshop: Workshop) -> World:
    if workshop.world_id is None or workshop.start_id is None:
        raise Refused(NOTHING)
    return db.session.get_one(World, workshop.world_id)


def _always(workshop: Workshop, kind: str) -> dict[str, Any]:
    return {"version": VERSION, "kind": kind, **{name: getattr(workshop, name) for name in ALWAYS}}


def _matrix(workshop: Workshop) -> str:
    return blobs.read(workshop.matrix).decode() if workshop.matrix else ""


def _about(point: Snapshot) -> dict[str, Any]:
    return {"label": point.label, "moment": point.moment, "shift": point.shift_seconds}


def _put_point(archive: zipfile.ZipFile, number: int, point: Snapshot) -> Iterator[str]:
    """Write a starting point; the files that it names."""
    _put(archive, f"points/{number}/head.json", points.head_of(point))
    parts = sa.select(SnapshotPart.seat, SnapshotPart.body).where(SnapshotPart.snapshot_id == point.id)
    for seat, body in db.session.execute(parts.order_by(SnapshotPart.seat)).all():
        part = worlds.unpack(body)
        _put(archive, f"points/{number}/{seat}.json", part)
        yield from files_of(part)


def _put_files(archive: zipfile.ZipFile, names: set[str]) -> None:
    for name in sorted(names):
        archive.writestr(f"files/{name}", blobs.read(name))


def _put(archive: zipfile.ZipFile, name: str, value: Any) -> None:
    archive.writestr(name, worlds.canonical(value))


def files_of(part: worlds.Part) -> set[str]:
    """The files that any of its tables names."""
    found: set[str] = set()
    for told in part.values():
        if "blob_hash" in told["columns"]:
            at = told["columns"].index("blob_hash")
            found |= {row[at] for row in told["rows"]}
    return found
