"""What falls due in a world happens on the next request of its workshop, once: no timer is trusted.

A world remembers when it must be looked at next (`due_at`). Packages register what may fall due with `on_time`; whoever
makes something fall due later says so with `expect`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import clock, tenancy
from sandbox.db import db, writing
from sandbox.workshops.models import Workshop, World

Duty = Callable[[], datetime | None]
_duties: list[Duty] = []
_on_the_wall: list[Duty] = []  # by the machine's clock, wherever the world's is
FAR = timedelta(days=3650)
AGAIN = timedelta(minutes=5)  # until what broke is tried again
log = logging.getLogger(__name__)


def on_time(duty: Duty) -> Duty:
    """Subscribe: the function does what is due in the world one is in, once, and says when it wants to look again."""
    _duties.append(duty)
    return duty


def on_the_wall(duty: Duty) -> Duty:
    """Subscribe: the same, for what waits by the machine's clock; the moment that it says is the machine's."""
    _on_the_wall.append(duty)
    return duty


def settle(world_id: int, due_at: datetime | None) -> None:
    """Before a request: do what has fallen due. Costs nothing while nothing has. Commits."""
    if due_at is not None and due_at > clock.now():
        return
    db.session.commit()
    with writing():
        look(world_id)
        db.session.commit()


def look(world_id: int, *, anyway: bool = False) -> None:
    """Do what is due in the world one is in, under the workshop's lock, then the world's: a reset takes them in the same
    order. `anyway`: whatever the world expects. The caller commits.
    """
    where = tenancy.bound()
    if where:
        db.session.execute(sa.select(Workshop.id).where(Workshop.id == where.workshop_id).with_for_update(key_share=True))
    world = db.session.scalars(
        sa.select(World).where(World.id == world_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if world is None or (world.due_at is not None and world.due_at > clock.now() and not anyway):
        return  # somebody else has just done it
    wanted = [moment for duty in _duties if (moment := _done(duty)) is not None]
    wanted += [clock.in_world(moment) for duty in _on_the_wall if (moment := _done(duty)) is not None]
    world.due_at = min(wanted, default=clock.now() + FAR)


def step() -> datetime | None:
    """While the hands of the world one is in are moved: do what is due at this hour; says when the next thing is.

    The caller holds the workshop, and looks at the world in the end.
    """
    return min((moment for duty in _duties if (moment := _done(duty)) is not None), default=None)


def _done(duty: Duty) -> datetime | None:
    """A duty that breaks undoes its own work alone and is tried again later: it keeps nobody out of the workshop."""
    try:
        with db.session.begin_nested():
            return duty()
    except Exception:
        log.exception("a duty of world %s broke: %s.%s", tenancy.bound(), duty.__module__, duty.__name__)
        return (clock.real_now() if duty in _on_the_wall else clock.now()) + AGAIN


def expect(moment: datetime) -> None:
    """Something falls due at that moment in the world one is in: it must be looked at then."""
    where = tenancy.bound()
    if where:  # asked of the store itself: another request may be settling this world, and then we wait for what it says
        is_settling = sa.or_(World.due_at.is_(None), World.due_at <= clock.now())
        db.session.execute(sa.select(World.id).where(World.id == where.world_id, is_settling).with_for_update(key_share=True))
        sooner = sa.update(World).where(World.id == where.world_id, World.due_at > moment)
        db.session.execute(sooner.values(due_at=moment))
