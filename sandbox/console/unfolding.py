"""The pack's timeline, played once: started, paused, taken up again, stopped. Verbs of the trainer; none of them commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.console import planning
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import planned, spares, worlds
from sandbox.workshops.models import Snapshot, Trainer, Workshop
from sandbox.workshops.packs import Item
from sandbox.workshops.planned import Happening, Stage, Unfolding, Wish
from sandbox.workshops.timeline import EVERYONE

STARTED = "Le déroulé est déjà lancé : le voici."
NONE = "L’histoire de cet atelier n’a pas de déroulé."
OVER = "Le déroulé n’est plus en cours."


@dataclass(frozen=True)
class Moment:
    """One of the pack's: so many minutes after the start, what happens, at which seats."""

    after: int
    wish: Wish
    note: str


def moments(workshop: Workshop) -> list[Moment]:
    """What the pack's author foresaw, in order; nothing for seats that this workshop does not have."""
    head: Item = worlds.unpack(db.session.get_one(Snapshot, workshop.start_id).head)
    prepared = {trigger["slug"]: trigger for trigger in head["triggers"]}
    told = [
        Moment(item["after"], Wish(deed["title"], deed, _seats(item, workshop)), item.get("note", ""))
        for item in head.get("timeline", []) if (deed := prepared.get(item["trigger"]))
    ]
    return [moment for moment in told if moment.wish.seats]


def _seats(item: Item, workshop: Workshop) -> list[int]:
    every = range(1, workshop.seats + 1)
    asked = item.get("seats", EVERYONE)
    return list(every) if asked == EVERYONE else [seat for seat in every if seat in asked]


def present(workshop: Workshop) -> Unfolding | None:
    """The one being played, or the last that was; None before the first."""
    query = sa.select(Unfolding).where(Unfolding.workshop_id == workshop.id).order_by(Unfolding.id.desc()).limit(1)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def is_on(unfolding: Unfolding | None) -> bool:
    """Whether something of it is still to come."""
    return unfolding is not None and unfolding.stopped_at is None and any(one.stage.is_to_come for one in of(unfolding))


def of(unfolding: Unfolding) -> list[Happening]:
    """Its moments, in their order."""
    query = sa.select(Happening).where(Happening.unfolding_id == unfolding.id).order_by(Happening.wanted_at, Happening.id)
    return list(db.session.scalars(query))


def start(trainer: Trainer, workshop: Workshop) -> None:
    """From now on, its moments are planned. Raises Refused when it is on already, whoever started it."""
    workshop = spares.lock(workshop.id)
    if is_on(present(workshop)):
        raise Refused(STARTED)
    told = moments(workshop)
    if not told:
        raise Refused(NONE)
    now = clock.real_now()
    unfolding = Unfolding(workshop_id=workshop.id, started_at=now)
    db.session.add(unfolding)
    db.session.flush()
    for moment in told:
        at = clock.later(now, timedelta(minutes=moment.after))
        planned.add(
            workshop.id, moment.wish, at, trainer_id=trainer.id, unfolding_id=unfolding.id, note=moment.note[:300]
        )
    planning.expect(workshop, clock.later(now, timedelta(minutes=told[0].after)))


def pause(workshop: Workshop) -> None:
    """Nothing of it happens until it is taken up again. Raises Refused when it is not on."""
    unfolding = _on(workshop)
    if unfolding.paused_at is None:
        unfolding.paused_at = clock.real_now()
        _move(unfolding, Stage.PLANNED, Stage.PAUSED)


def resume(workshop: Workshop) -> None:
    """What was left to wait for each moment is waited for from now on. Raises Refused when it is not on."""
    unfolding = _on(workshop)
    if unfolding.paused_at is None:
        return
    waited = timedelta(seconds=clock.real_now().timestamp() - unfolding.paused_at.timestamp())
    held = {one.id: clock.later(one.wanted_at, waited) for one in of(unfolding) if one.stage is Stage.PAUSED}
    for number, at in held.items():  # written as such: an hour later, on one night of the year, Python says it is the same
        db.session.execute(sa.update(Happening).where(Happening.id == number).values(wanted_at=at, stage=Stage.PLANNED))
    unfolding.paused_at = None
    planned.tell(workshop.id)
    if held:
        planning.expect(workshop, min(held.values(), key=datetime.timestamp))


def stop(workshop: Workshop) -> None:
    """What was to come will not. Raises Refused when it is not on."""
    unfolding = _on(workshop)
    unfolding.stopped_at = clock.real_now()
    for stage in (Stage.PLANNED, Stage.PAUSED):
        _move(unfolding, stage, Stage.STOPPED)


def _on(workshop: Workshop) -> Unfolding:
    """The one being played, which nobody else changes meanwhile. Raises Refused."""
    unfolding = present(spares.lock(workshop.id))
    if unfolding is None or not is_on(unfolding):
        raise Refused(OVER)
    return unfolding


def _move(unfolding: Unfolding, stage: Stage, to: Stage) -> None:
    over = {"done_at": clock.real_now()} if to is Stage.STOPPED else {}
    mine = sa.update(Happening).where(Happening.unfolding_id == unfolding.id, Happening.stage == stage)
    db.session.execute(mine.values(stage=to, **over))
    planned.tell(unfolding.workshop_id)
