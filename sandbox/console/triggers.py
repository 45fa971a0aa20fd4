"""Making things happen: any professional's act, or the portal's, for one seat, several or all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from sandbox import french, tenancy
from sandbox.account.models import Record, Role, User
from sandbox.account.service import institution
from sandbox.console import deeds, practice_deeds
from sandbox.console.deeds import NotReached
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import worlds
from sandbox.workshops.models import Snapshot, Workshop
from sandbox.workshops.packs import Item

DEEDS = deeds.DEEDS | practice_deeds.DEEDS
NEEDS_OPEN = set(DEEDS) - {"lure", "expire", "service", "push"}  # what a record that is shut cannot receive


@dataclass(frozen=True)
class Outcome:
    """The people it happened to, by seat; the seats that it did not reach."""

    done: dict[int, str] = field(default_factory=dict)
    missed: dict[int, str] = field(default_factory=dict)  # and why


def prepared(workshop: Workshop) -> list[Item]:
    """What the pack's author prepared, in order."""
    start = db.session.get_one(Snapshot, workshop.start_id)
    head: Item = worlds.unpack(start.head)
    return list(head["triggers"])


def named(workshop: Workshop, slug: str) -> Item:
    """A prepared thing. Raises Refused."""
    trigger = next((item for item in prepared(workshop) if item["slug"] == slug), None)
    if trigger is None:
        raise Refused("Ce déclencheur n’existe pas dans cet atelier.")
    return trigger


def run(workshop: Workshop, slug: str, seats: Iterable[int]) -> Outcome:
    """Make a prepared thing happen. Raises Refused."""
    return happen(workshop, named(workshop, slug), seats)


def happen(workshop: Workshop, deed: Item, seats: Iterable[int]) -> Outcome:
    """The professional (the portal, when none is named) does it at each seat: all of them, or none when one is refused; what
    cannot be at one seat stops no other. Raises Refused.
    """
    with tenancy.world(bound_of(workshop)):
        return do(deed, seats)


def do(deed: Item, seats: Iterable[int]) -> Outcome:
    """The same in the world one is in. Raises Refused."""
    outcome = Outcome()
    actor = _professional(deed["professional"]) if "professional" in deed else institution()
    records = _records(set(seats))
    if deed["act"] in NEEDS_OPEN:
        _need_open(records)
    for record in records:
        try:
            DEEDS[deed["act"]](actor, record, deed)
            outcome.done[record.seat] = record.name
        except NotReached as reason:
            outcome.missed[record.seat] = reason.why
    return outcome


def _professional(slug: str) -> User:
    query = sa.select(User).where(User.slug == slug, User.role == Role.PROFESSIONAL)
    found = db.session.scalars(query.options(joinedload(User.professional))).first()
    if found is None:
        raise Refused(f"Personne ne s’appelle « {slug} » dans cet atelier.")
    return found


def _records(seats: set[int]) -> list[Record]:
    query = sa.select(Record).join(Record.owner).where(Record.seat.in_(seats), User.role == Role.LEARNER)
    query = query.options(contains_eager(Record.owner)).order_by(Record.seat)
    found = list(db.session.scalars(query))
    if not found:
        raise Refused("Choisissez au moins une place de cet atelier.")
    return found


def _need_open(records: list[Record]) -> None:
    """Nobody reads a shut record, nobody adds to it. Raises Refused, naming the seats."""
    if shut := [record.seat for record in records if record.is_shut]:
        verb = "a un espace clos ou refusé" if len(shut) == 1 else "ont un espace clos ou refusé"
        raise Refused(f"{french.places(shut)} {verb} : rien ne peut y arriver. Décochez, ou changez d’abord l’état.")
