"""A closed workshop goes for good, on its day or at once: its people, records, cards, files. Numbers stay, as a proof.

This service commits, as filling does: seat by seat, so that nobody waits. One that was cut short is taken up at the next look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import sqlalchemy as sa

from sandbox import blobs, clock, tenancy
from sandbox.db import Model, db, writing
from sandbox.errors import Refused
from sandbox.tenancy import WorldScoped
from sandbox.workshops import luggage, spares, worlds
from sandbox.workshops.models import Snapshot, SnapshotPart, Workshop, World

TOLD = {"record": "dossiers", "document": "documents", "message": "messages", "entry": "lignes d’historique"}
AT_ONCE = 400  # names in one question
Figures = Callable[[int], dict[str, int]]
_remembered: list[Figures] = []


def remembers(function: Figures) -> Figures:
    """Subscribe: numbers to keep of a workshop, by what they count; never a name."""
    _remembered.append(function)
    return function


def erase(workshop_id: int) -> Workshop:
    """Erase everything of a closed workshop and verify that nothing is left. Commits. Raises Refused while it is open."""
    with writing():
        seen = db.session.get_one(Workshop, workshop_id)
        if not seen.is_closed:
            raise Refused("Terminez d’abord cet atelier : on n’efface pas un atelier ouvert.")
        counted, files = seen.figures or _counted(seen), _files_in(seen) - _files_elsewhere(seen)
        workshop = spares.lock(workshop_id)
        workshop.figures, workshop.matrix = workshop.figures or counted, ""
        workshop.world_id = workshop.start_id = None
        db.session.commit()
        for world in _worlds(workshop):
            spares.demolish(world, workshop.seats)
        _forget(workshop, files)
        db.session.commit()
    return workshop


def erase_due() -> list[str]:
    """Erase what is due today, or was cut short; returns the codes. Commits."""
    due = sa.select(Workshop).where(
        Workshop.erased_at.is_(None), Workshop.closed_at.is_not(None),
        sa.or_(Workshop.erase_on <= clock.real_now().date(), Workshop.figures.is_not(None)),
    )
    return [erase(workshop.id).code for workshop in db.session.scalars(due).all()]


def left(workshop_id: int) -> int:
    """The rows that still say something of the workshop, worlds included: none once it is erased."""
    counts = [sa.select(sa.func.count()).select_from(kind).where(kind.workshop_id == workshop_id) for kind in _of_workshop()]
    return sum(db.session.scalar(count) or 0 for count in counts)


def _of_workshop() -> list[Any]:
    """Every table whose rows are a workshop's."""
    kinds = (mapper.class_ for mapper in Model.registry.mappers)
    return [kind for kind in kinds if hasattr(kind, "workshop_id")]


def _counted(workshop: Workshop) -> dict[str, int]:
    """In numbers, what its present world and its starting points hold."""
    figures = {name: count for function in _remembered for name, count in function(workshop.id).items()}
    rows = 0
    for world in _worlds(workshop):
        with tenancy.world(world.bound):
            for kind in _scoped():
                count = db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0
                rows += count
                if world.id == workshop.world_id and kind.__tablename__ in TOLD:
                    figures[TOLD[kind.__tablename__]] = count
    return figures | {"lignes en tout": rows}


def _scoped() -> list[Any]:
    return [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, WorldScoped)]


def _worlds(workshop: Workshop) -> list[World]:
    return list(db.session.scalars(sa.select(World).where(World.workshop_id == workshop.id)))


def _files_in(workshop: Workshop) -> set[str]:
    """The files that its worlds and its starting points name."""
    return set(chain(_files_of_worlds(workshop), _files_of_starts(workshop), [workshop.matrix] if workshop.matrix else []))


def _files_of_worlds(workshop: Workshop) -> Iterator[str]:
    for world in _worlds(workshop):
        with tenancy.world(world.bound):
            for kind in _scoped():
                if hasattr(kind, "blob_hash"):
                    yield from db.session.scalars(sa.select(kind.blob_hash).distinct())


def _files_of_starts(workshop: Workshop) -> Iterator[str]:
    bodies = sa.select(SnapshotPart.body).join(Snapshot, Snapshot.id == SnapshotPart.snapshot_id)
    for body in db.session.scalars(bodies.where(Snapshot.workshop_id == workshop.id)).all():
        yield from luggage.files_of(worlds.unpack(body))


def _files_elsewhere(workshop: Workshop) -> set[str]:
    """Files are stored once, whoever names them: those of other workshops stay."""
    others = sa.select(Workshop).where(Workshop.id != workshop.id, Workshop.erased_at.is_(None))
    return {name for other in db.session.scalars(others).all() for name in _files_in(other)}


def _forget(workshop: Workshop, files: set[str]) -> None:
    """The last rows, and the files that nobody else names. Verified before it is said."""
    for kind in _of_workshop():
        db.session.execute(sa.delete(kind).where(kind.workshop_id == workshop.id))
    names = sorted(files)
    for at in range(0, len(names), AT_ONCE):
        for kind in (blobs.Blob, blobs.Words, blobs.Rendering):
            db.session.execute(sa.delete(kind).where(kind.hash.in_(names[at : at + AT_ONCE])))
    db.session.flush()
    if not left(workshop.id):
        workshop.erased_at = clock.real_now()
