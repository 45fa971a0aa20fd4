"""What a trainer wants to happen, now or later: done once, written down, with whom it reached and whom it did not."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from sandbox import clock, tenancy
from sandbox.account.place import find_by_code
from sandbox.console import triggers
from sandbox.console.overview import bound_of
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import due, planned, spares
from sandbox.workshops.models import Trainer, Workshop
from sandbox.workshops.packs import Item
from sandbox.workshops.planned import Happening, Stage, Wish

BROKE = "Quelque chose n’a pas marché à cette place. Essayez de nouveau."
log = logging.getLogger(__name__)


def do_now(trainer: Trainer, workshop: Workshop, wish: Wish) -> Happening:
    """At every seat at once, and written down. Raises Refused, and then nothing happens at any of them."""
    workshop_id = spares.lock(workshop.id).id
    outcome = triggers.happen(workshop, wish.deed, wish.seats)
    now = clock.real_now()
    return planned.add(
        workshop_id, wish, now, trainer_id=trainer.id, done_at=now, stage=Stage.DONE if outcome.done else Stage.FAILED,
        reached=sorted(outcome.done), missed=sorted(outcome.missed.items()),
    )


def plan(trainer: Trainer | None, workshop: Workshop, wish: Wish, at: datetime, **about: Any) -> Happening:
    """Later, in whatever world the workshop is in then."""
    workshop = spares.lock(workshop.id)
    happening = planned.add(workshop.id, wish, at, trainer_id=trainer.id if trainer else None, **about)
    expect(workshop, at)
    return happening


def expect(workshop: Workshop, at: datetime) -> None:
    """The present world is looked at then; another one would be looked at as soon as it is entered."""
    with tenancy.world(bound_of(workshop)):
        due.expect(clock.in_world(at))


def hasten(workshop: Workshop, ref: str) -> None:
    """What was planned for later is due now: whoever looks next does it. Raises Refused."""
    mine = Happening.workshop_id == workshop.id, Happening.ref == ref, Happening.stage.in_([Stage.PLANNED, Stage.PAUSED])
    due_now = sa.update(Happening).where(*mine).values(stage=Stage.PLANNED, wanted_at=clock.real_now())
    if not db.session.execute(due_now).rowcount:  # type: ignore[attr-defined]
        raise Refused(planned.NOT_PLANNED)


def settle(code: str) -> None:
    """What is late in this workshop happens now, with all that is due in its world. Commits."""
    if not planned.is_late(code) or (place := find_by_code(code)) is None:
        return
    db.session.commit()
    with writing(), tenancy.world(place):
        due.look(place.world_id, anyway=True)
        db.session.commit()


@due.on_the_wall
def on_time() -> datetime | None:
    """Do what is late, in order; says when the next thing comes."""
    where = tenancy.bound()
    if where is None or not _is_present(where):
        return None
    for happening in planned.late(where.workshop_id):
        _do(happening)
    return planned.next_at(where.workshop_id)


def _is_present(where: tenancy.Bound) -> bool:
    """A request may still be in a world that was left a moment ago: what is planned is not for it."""
    present = sa.select(Workshop.id).where(Workshop.id == where.workshop_id, Workshop.world_id == where.world_id)
    return db.session.scalar(present) is not None


def _do(happening: Happening) -> None:
    """Seat by seat: a refusal at one loses nothing for the others."""
    workshop_id, reached, missed = happening.workshop_id, [], []
    for seat in happening.seats:
        if why := _refused(happening.deed, seat):
            missed.append((seat, why))
        else:
            reached.append(seat)
    happening.reached, happening.missed = reached, missed
    happening.stage = Stage.DONE if reached else Stage.FAILED
    happening.done_at = clock.real_now()
    planned.tell(workshop_id)


def _refused(deed: Item, seat: int) -> str:
    """Do it at one seat; in a sentence, why it was not done. What the store itself refuses is tried again later."""
    try:
        with db.session.begin_nested():
            return triggers.do(deed, [seat]).missed.get(seat, "")
    except Refused as refused:
        return refused.phrase
    except sa.exc.OperationalError:
        raise
    except Exception:
        log.exception("what was planned for seat %s broke", seat)
        return BROKE
