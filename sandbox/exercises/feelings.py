"""How at ease people feel, before and after: five words, tied to a seat and to nobody."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock
from sandbox.db import Model, choice, db
from sandbox.errors import Refused
from sandbox.tenancy import Bound

LEVELS = {1: "Pas du tout à l’aise", 2: "Peu à l’aise", 3: "Moyennement à l’aise", 4: "Plutôt à l’aise", 5: "Tout à fait à l’aise"}


class When(StrEnum):
    BEFORE = "avant"
    AFTER = "apres"


class Feeling(Model):
    """One answer. It belongs to the workshop, so that it outlives resets; the world tells one group from the next."""

    __tablename__ = "feeling"
    __table_args__ = (sa.UniqueConstraint("world_id", "seat", "moment"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    world_id: Mapped[int]
    seat: Mapped[int]
    moment: Mapped[When] = mapped_column(choice(When))
    level: Mapped[int]  # 1 to 5, in the words of LEVELS
    at: Mapped[datetime] = mapped_column(default=clock.real_now)


def of_seat(where: Bound, seat: int) -> dict[When, int]:
    """What the seat answered."""
    mine = sa.select(Feeling.moment, Feeling.level).where(Feeling.world_id == where.world_id, Feeling.seat == seat)
    return {moment: level for moment, level in db.session.execute(mine)}


def say(where: Bound, seat: int, moment: When, level: int) -> None:
    """Answer, or answer otherwise. Raises Refused when there is no such answer."""
    if level not in LEVELS:
        raise Refused("Choisissez une des cinq réponses.")
    mine = sa.select(Feeling).where(Feeling.world_id == where.world_id, Feeling.seat == seat, Feeling.moment == moment)
    if found := db.session.scalars(mine.with_for_update()).first():
        found.level, found.at = level, clock.real_now()
    else:
        db.session.add(Feeling(workshop_id=where.workshop_id, world_id=where.world_id, seat=seat, moment=moment, level=level))
