"""A workshop as one file: its start, its present state, its cards and its files, in a zip with a manifest."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sandbox import blobs
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import service, spares, worlds
from sandbox.workshops.models import (
    Credential,
    Snapshot,
    SnapshotPart,
    Workshop,
    World,
    WorldState,
)

VERSION = 1
MOST_BYTES = 300_000_000  # unpacked: a 60-seat workshop takes about 10 MB
MOST_FILES = 5_000
MOST_SHIFT = 4 * 366 * 86_400  # seconds that a workshop's clock may be ahead
CARD = ("ref", "seat", "name", "identifier", "password", "password_hash", "token")
ABOUT = ("name", "place", "pack", "seed", "seats", "quick_entry")


# --- out ---------------------------------------------------------------------------------------------

def packed(workshop: Workshop) -> bytes:
    """The workshop's file."""
    world = db.session.get_one(World, workshop.world_id)
    start = db.session.get_one(Snapshot, workshop.start_id)
    manifest = {
        "version": VERSION,
        "code": workshop.code,
        "held_on": workshop.held_on.isoformat(),
        "shift": world.shift_seconds,
        "matrix": blobs.read(workshop.matrix).decode() if workshop.matrix else "",
        **{name: getattr(workshop, name) for name in ABOUT},
        "cards": [{name: getattr(card, name) for name in CARD} for card in service.credentials(workshop)],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "manifest.json", manifest)
        _put(archive, "start/head.json", worlds.unpack(start.head))
        names: set[str] = set()
        for seat in range(workshop.seats + 1):
            for folder, part in (("start", spares.part(workshop, seat)), ("now", worlds.freeze(world, seat))):
                _put(archive, f"{folder}/{seat}.json", part)
                names |= files_of(part)
        for name in sorted(names):
            archive.writestr(f"files/{name}", blobs.read(name))
    return buffer.getvalue()


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


# --- in ----------------------------------------------------------------------------------------------

def unpacked(path: Path) -> Workshop:
    """A workshop from its file, as it was; commits. Raises Refused, and then nothing has been written."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        known = set(db.session.scalars(sa.select(Workshop.id)))
        try:
            return _restored(archive, manifest)
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile, sa.exc.SQLAlchemyError) as error:
            db.session.rollback()
            _forget_all_but(known)
            raise Refused("Ce fichier est abîmé ou a été modifié. Exportez de nouveau l’atelier.") from error


def _forget_all_but(known: set[int]) -> None:
    """What a broken file had begun to bring in goes away with it."""
    db.session.execute(sa.delete(Workshop).where(Workshop.id.not_in(known)))
    db.session.commit()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, FileNotFoundError) as error:
        raise Refused(f"{path.name} n’est pas un atelier exporté, ou le fichier est incomplet.") from error
    if sum(item.file_size for item in archive.infolist()) > MOST_BYTES or len(archive.infolist()) > MOST_FILES:
        raise Refused(f"{path.name} est trop gros pour être un atelier.")
    return archive


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused("Ce fichier n’est pas un atelier exporté.") from error
    if manifest.get("version") != VERSION:
        raise Refused(
            f"Ce fichier est d’une autre version ({manifest.get('version')}) que ce logiciel ({VERSION}). "
            "Mettez le logiciel à jour, ou exportez depuis la même version."
        )
    return manifest


def _restored(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Workshop:
    seats = range(int(manifest["seats"]) + 1)
    start = {seat: _part(archive, f"start/{seat}.json") for seat in seats}
    now = {seat: _part(archive, f"now/{seat}.json") for seat in seats}
    _keep_files(archive)
    taken = service.find(manifest["code"]) is not None
    workshop = Workshop(
        code=service.free_code() if taken else manifest["code"], held_on=date.fromisoformat(manifest["held_on"]),
        matrix=blobs.keep(matrix.encode())[0] if (matrix := manifest.get("matrix", "")) else "",
        **{name: manifest[name] for name in ABOUT},
    )
    db.session.add(workshop)
    db.session.flush()
    head = json.loads(archive.read("start/head.json"))
    workshop.start_id = _snapshot(workshop, "Début de l’histoire", head, start).id
    present = _snapshot(workshop, "État importé", head, now)
    for card in manifest["cards"]:
        _card(workshop, card)
    db.session.commit()
    world_id = spares.fill_one(workshop.id, snapshot_id=present.id)
    workshop.world_id = world_id
    world = db.session.get_one(World, world_id)
    world.state, world.shift_seconds = WorldState.USED, max(0, min(MOST_SHIFT, int(manifest.get("shift", 0))))
    db.session.commit()
    return workshop


def _part(archive: zipfile.ZipFile, name: str) -> worlds.Part:
    """Raises ValueError when a table or a column is not ours."""
    part: worlds.Part = json.loads(archive.read(name))
    for table, told in part.items():
        known = worlds.kept_tables().get(table)
        if known is None or not set(told["columns"]) <= set(known.columns.keys()):
            raise ValueError(table)
    return part


def _keep_files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.startswith("files/"):
            content = archive.read(name)
            if blobs.name_of(content) != name.removeprefix("files/"):
                raise ValueError(name)
            blobs.keep(content)


def _snapshot(workshop: Workshop, label: str, head: Any, parts: dict[int, worlds.Part]) -> Snapshot:
    snapshot = Snapshot(workshop_id=workshop.id, label=label, head=worlds.pack(head))
    db.session.add(snapshot)
    db.session.flush()
    db.session.add_all(
        SnapshotPart(snapshot_id=snapshot.id, seat=seat, body=worlds.pack(part)) for seat, part in parts.items()
    )
    db.session.flush()
    return snapshot


def _card(workshop: Workshop, card: dict[str, Any]) -> None:
    taken = db.session.scalars(sa.select(Credential).where(Credential.token == card["token"])).first()
    values = {name: card[name] for name in CARD} | ({"token": service.new_token()} if taken else {})
    db.session.add(Credential(workshop_id=workshop.id, **values))


