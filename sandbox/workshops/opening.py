"""From a trainer's plan to a room that people can enter."""

from __future__ import annotations

from sandbox.db import db, writing
from sandbox.workshops import service, spares
from sandbox.workshops.models import Trainer, Workshop, World, WorldState


def open_workshop(plan: service.Plan, trainer: Trainer | None) -> Workshop:
    """Make the workshop and its first world. Commits, since filling does. Raises Refused and BrokenPack."""
    with writing():
        workshop = service.create(plan, trainer)
        db.session.commit()
        first_world(workshop)
    return workshop


def first_world(workshop: Workshop) -> None:
    """Fill and enter the first world: also what mends an opening that was cut short. Commits."""
    with writing():
        world = db.session.get_one(World, spares.fill_one(workshop.id))
        workshop.world_id, world.state = world.id, WorldState.USED
        db.session.commit()
