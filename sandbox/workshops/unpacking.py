"""A workshop from its file: all of it in one transaction, which the caller commits, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from sandbox import blobs, clock
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import dating, returning, service, spares, worlds
from sandbox.workshops.contents import Contents, Point
from sandbox.workshops.luggage import ABOUT, ALWAYS, CARD
from sandbox.workshops.models import (
    Credential,
    Snapshot,
    SnapshotPart,
    Trainer,
    Workshop,
    World,
    WorldState,
)
from sandbox.workshops.suitcase import SPOILT


@dataclass(frozen=True)
class Arrival:
    """What came out of the file."""

    workshop: Workshop
    contents: Contents
    code_before: str  # empty when the code is the same, or when the file has none
    new_squares: bool  # the cards printed elsewhere lead nowhere here

    @property
    def code_changed(self) -> bool:
        return self.code_before != ""


def unpack(contents: Contents, trainer: Trainer | None, *, anew: bool = False) -> Arrival:
    """The workshop, as it was; `anew`: as its starting point says. Nothing of it is kept when it is refused. Raises Refused."""
    try:
        return _unpacked(contents, trainer, anew or contents.now is None)
    except (sa.exc.SQLAlchemyError, db.engine.dialect.loaded_dbapi.Error, KeyError, ValueError, OverflowError) as error:
        db.session.rollback()
        raise Refused(SPOILT) from error
    except Refused:
        db.session.rollback()
        raise


def _unpacked(contents: Contents, trainer: Trainer | None, anew: bool) -> Arrival:
    for name in sorted(contents.case.files()):
        blobs.keep(contents.case.file(name))
    workshop = _workshop(contents, trainer)
    kept = {id(point): _kept(workshop, point) for point in contents.points}
    workshop.start_id = kept[id(contents.start)].id
    returning.bring(workshop, contents.manifest.get("hours", []))
    new_squares = _cards(workshop, contents)
    if anew or contents.now is None:
        _enter(workshop, kept[id(contents.start)], contents.start)
    else:
        arrived = _kept(workshop, contents.now)
        arrived.removed_at = clock.real_now()  # it is where people are, not a point to start from
        _enter(workshop, arrived, contents.now)
    before = contents.manifest.get("code", workshop.code)
    return Arrival(workshop, contents, "" if before == workshop.code else before, new_squares)


def _workshop(contents: Contents, trainer: Trainer | None) -> Workshop:
    told, start = contents.manifest, contents.start
    matrix = told.get("matrix", "")
    if contents.is_whole:
        code = service.free_code() if service.find(told["code"]) else told["code"]
        about = {"code": code, "held_on": date.fromisoformat(told["held_on"]), **{name: told[name] for name in ABOUT}}
    else:
        about = {"code": service.free_code(), "held_on": clock.real_now().date(), "name": start.head["pack"]["title"][:120]}
    workshop = Workshop(
        trainer=trainer, matrix=blobs.keep(matrix.encode())[0] if matrix else "", **about, **{name: told[name] for name in ALWAYS}
    )
    db.session.add(workshop)
    db.session.flush()
    return workshop


def _kept(workshop: Workshop, point: Point) -> Snapshot:
    snapshot = Snapshot(
        workshop_id=workshop.id, label=point.label, head=worlds.pack(point.head), moment=point.moment, shift_seconds=point.shift
    )
    db.session.add(snapshot)
    db.session.flush()
    db.session.add_all(SnapshotPart(snapshot_id=snapshot.id, seat=seat, body=body) for seat, body in point.bodies.items())
    db.session.flush()
    return snapshot


def _cards(workshop: Workshop, contents: Contents) -> bool:
    """The cards of the file, or new ones; says whether what was printed elsewhere leads nowhere here."""
    if not contents.is_whole:
        for seat, ref, name, identifier in sorted(contents.start.people):
            service.add_credential(workshop, seat, {"ref": ref, "name": name, "identifier": identifier})
        db.session.flush()
        return False
    told: list[Mapping[str, Any]] = contents.manifest["cards"]
    wanted = [card["token"] for card in told]
    taken = set(db.session.scalars(sa.select(Credential.token).where(Credential.token.in_(wanted))))
    for card in told:
        token = service.new_token() if card["token"] in taken else card["token"]
        db.session.add(Credential(workshop_id=workshop.id, **({name: card[name] for name in CARD} | {"token": token})))
    db.session.flush()
    return bool(taken)


def _enter(workshop: Workshop, snapshot: Snapshot, point: Point) -> None:
    """Its first world, written at once: half a workshop is never seen."""
    world = World(
        workshop_id=workshop.id, snapshot_id=snapshot.id, day=dating.first_day(snapshot, clock.real_now()), shift_seconds=point.shift,
        state=WorldState.USED,
    )
    db.session.add(world)
    db.session.flush()
    writer = worlds.Writer(world, spares.secrets_of(workshop.id))
    for seat, body in sorted(point.bodies.items()):
        writer.write(seat, worlds.unpack(body))
    workshop.world_id = world.id
    db.session.flush()
