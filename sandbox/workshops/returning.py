"""Hours of the day at which a workshop goes back to its start by itself: found at its next request, done once.

The moment is the machine's and stands in the workshop's row (`returns_at`): no timer is trusted. One that was missed is done
once, however many were. This service commits, as filling a world does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock, live
from sandbox.db import Model, db, writing
from sandbox.errors import Refused
from sandbox.workshops import resets, spares
from sandbox.workshops.models import StepKind, Workshop

MOST = 10
TOLD = ("weekdays", "minute", "is_on")
WARNING, BEFOREHAND = timedelta(minutes=5), timedelta(hours=12)  # open pages tell it; they know of it
AGAIN = timedelta(minutes=5)  # until what broke is tried again
TOO_MANY = f"Un atelier garde {MOST} heures au plus. Supprimez-en une, puis recommencez."
log = logging.getLogger(__name__)


class ReturnHour(Model):
    """On these days of the week (« 135 »: Monday, Wednesday, Friday), at that minute of the day in Paris."""

    __tablename__ = "return_hour"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    weekdays: Mapped[str] = mapped_column(sa.String(7))
    minute: Mapped[int]
    is_on: Mapped[bool] = mapped_column(default=True)

    def on(self, day: datetime) -> datetime | None:
        """Its moment on that day, if it is one of its days."""
        if str(day.isoweekday()) not in self.weekdays:
            return None
        return clock.later(clock.at(day.date(), *divmod(self.minute, 60)), timedelta())


def hours_of(workshop_id: int) -> list[ReturnHour]:
    """In the order of the day."""
    mine = sa.select(ReturnHour).where(ReturnHour.workshop_id == workshop_id)
    return list(db.session.scalars(mine.order_by(ReturnHour.minute, ReturnHour.id)))


def next_of(hours: Iterable[ReturnHour], after: datetime) -> datetime | None:
    """The first moment after that one; an hour that comes twice in a night counts once. Moments that pass are compared,
    not what clocks show.
    """
    days = [clock.at(after.date() + timedelta(days=number), 12) for number in range(8)]
    found = (moment for hour in hours if hour.is_on for day in days if (moment := hour.on(day)))
    return min((one for one in found if one.timestamp() > after.timestamp()), key=datetime.timestamp, default=None)


def add(workshop: Workshop, weekdays: Iterable[int], minute: int) -> ReturnHour:
    """Raises Refused."""
    workshop = spares.lock(workshop.id)
    if len(hours_of(workshop.id)) >= MOST:
        raise Refused(TOO_MANY)
    hour = ReturnHour(workshop_id=workshop.id, weekdays="".join(map(str, sorted(set(weekdays)))), minute=minute)
    db.session.add(hour)
    _plan(workshop)
    return hour


def told(workshop: Workshop) -> list[dict[str, Any]]:
    """Its hours, for another machine."""
    return [{name: getattr(hour, name) for name in TOLD} for hour in hours_of(workshop.id)]


def bring(workshop: Workshop, told: Iterable[Mapping[str, Any]]) -> None:
    """The hours that it had on another machine, as told there."""
    db.session.add_all(ReturnHour(workshop_id=workshop.id, **{name: hour[name] for name in TOLD}) for hour in told)
    _plan(workshop)


def turn(workshop: Workshop, hour: ReturnHour, *, on: bool) -> None:
    hour.is_on = on
    _plan(spares.lock(workshop.id))


def remove(workshop: Workshop, hour: ReturnHour) -> None:
    db.session.delete(hour)
    _plan(spares.lock(workshop.id))


def _plan(workshop: Workshop) -> None:
    db.session.flush()
    workshop.returns_at = next_of(hours_of(workshop.id), clock.real_now())
    live.tell(live.audience_of_room(workshop.id), "board")


def is_due(at: datetime | None) -> bool:
    return at is not None and at.timestamp() <= clock.real_now().timestamp()


def is_near(at: datetime | None) -> bool:
    """Whether whoever is at work should be told."""
    return at is not None and at.timestamp() <= clock.later(clock.real_now(), WARNING).timestamp()


def is_known(at: datetime | None) -> bool:
    """Whether a page that stays open may see it come."""
    return at is not None and at.timestamp() <= clock.later(clock.real_now(), BEFOREHAND).timestamp()


def settle(workshop_id: int) -> None:
    """The hour has come: back to the start, once, whoever finds it first. Commits."""
    db.session.commit()
    with writing():
        try:
            for _ in range(resets.TRIES):
                if _done(workshop_id):
                    return
                spares.make_ready(workshop_id)
        except Exception:
            db.session.rollback()
            log.exception("workshop %s could not go back to its start by itself", workshop_id)
        _try_again_later(workshop_id)


def _done(workshop_id: int) -> bool:
    """Whether nothing is due any more; under the workshop's lock, so that it is done once."""
    workshop = spares.lock(workshop_id)
    if not is_due(workshop.returns_at) or workshop.is_closed or workshop.world_id is None:
        db.session.commit()
        return True
    if is_ready := spares.ready(workshop) is not None:
        resets.reset_workshop(workshop, StepKind.SCHEDULED)
        _plan(workshop)
    db.session.commit()
    return is_ready


def _try_again_later(workshop_id: int) -> None:
    """It keeps nobody out of the workshop."""
    workshop = spares.lock(workshop_id)
    if is_due(workshop.returns_at):
        workshop.returns_at = clock.later(clock.real_now(), AGAIN)
    db.session.commit()


def settle_code(code: str) -> None:
    """The same for the workshop with this code, if its hour has come. Commits."""
    asked = sa.select(Workshop.id, Workshop.returns_at).where(Workshop.code == code, Workshop.closed_at.is_(None))
    known = db.session.execute(asked).first()
    if known and is_due(known.returns_at):
        settle(known.id)
