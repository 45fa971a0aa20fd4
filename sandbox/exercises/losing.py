"""What going back would take, in figures: what was done here and is not in the point gone back to."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from sandbox import acts, french, tenancy
from sandbox.db import db
from sandbox.distances import tell_moment
from sandbox.exercises import service as exercises
from sandbox.journal.models import Entry
from sandbox.workshops import points, spares
from sandbox.workshops.models import Snapshot, Workshop
from sandbox.workshops.service import bound_of

LOST: tuple[tuple[str, str, tuple[type[acts.Act], ...]], ...] = (
    ("document ajouté ou déposé", "documents ajoutés ou déposés", (acts.DocumentAdded, acts.DocumentDeposited)),
    ("document masqué", "documents masqués", (acts.DocumentMasked,)),
    ("document supprimé", "documents supprimés", (acts.DocumentDeleted,)),
    ("message écrit", "messages écrits", (acts.MessageReplied, acts.MessageReceived)),
    ("rendez-vous pris ou ajouté", "rendez-vous pris ou ajoutés", (acts.AppointmentBooked, acts.AppointmentAdded)),
    ("rendez-vous annulé", "rendez-vous annulés", (acts.AppointmentCancelled,)),
    ("ordonnance établie", "ordonnances établies", (acts.PrescriptionSigned,)),
    ("médicament délivré", "médicaments délivrés", (acts.LineDelivered,)),
)
Deed = tuple[int, str, str]  # the seat, the act, its moment as a point tells it


def losses(workshop: Workshop, seats: list[int] | None = None, point: Snapshot | None = None) -> list[str]:
    """What would be lost by these seats (or all of them) going back to the start, or to another point."""
    who = set(seats if seats is not None else range(1, workshop.seats + 1))
    start = point or db.session.get_one(Snapshot, workshop.start_id)
    kept: dict[str, list[int]] = points.head_of(start).get("done", {})
    deeds, done = _here(workshop, who)
    found = Counter(act for _, act, _ in (deeds - _there(start, who)).elements())
    counted = [(sum(found[act.__name__] for act in kinds), one, many) for one, many, kinds in LOST]
    made = sum(len(at & who - set(kept.get(slug, []))) for slug, at in done.items())
    counted.append((made, "exercice fait", "exercices faits"))
    return [french.several(count, one, many) for count, one, many in counted if count]


def _here(workshop: Workshop, who: set[int]) -> tuple[Counter[Deed], dict[str, set[int]]]:
    """What was done in the present world, and the exercises done."""
    query = sa.select(Entry.seat, Entry.act, Entry.at).where(~Entry.from_pack, Entry.seat.in_(who))
    asked, here = exercises.of_workshop(workshop.id), bound_of(workshop)
    with tenancy.world(here):
        deeds = Counter((seat, act, tell_moment(at, here.day)) for seat, act, at in db.session.execute(query))
        return deeds, exercises.done(asked)


def _there(point: Snapshot, who: set[int]) -> Counter[Deed]:
    """What was done in the world that the point was frozen from."""
    if not point.moment:
        return Counter()
    found: Counter[Deed] = Counter()
    for seat, part in spares.parts(point.id):
        if seat in who and "entry" in part:
            at = {name: number for number, name in enumerate(part["entry"]["columns"])}
            rows: list[list[Any]] = [row for row in part["entry"]["rows"] if not row[at["from_pack"]]]
            found.update((seat, row[at["act"]], row[at["at"]]) for row in rows)
    return found
