"""Sessions that were ended stay so when records are put back: a snapshot keeps nothing of them.

Goes around the wall, as `worlds` does: a trainer's reset is in no world.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from sandbox.db import db
from sandbox.workshops import worlds


def ended(world_id: int) -> dict[str, datetime]:
    """When the sessions of each person of this world were last ended, by ref; those who never were are left out."""
    user = worlds.kept_tables()["user"].c
    query = sa.select(user.ref, user.expired_at).where(user.world_id == world_id, user.expired_at.is_not(None))
    return {ref: at for ref, at in db.session.connection().execute(query)}


def end_again(world_id: int, moments: dict[str, datetime]) -> None:
    """The same people, in a world or a seat that was put back: what was ended does not begin again."""
    table = worlds.kept_tables()["user"]
    for ref, at in moments.items():
        earlier = sa.or_(table.c.expired_at.is_(None), table.c.expired_at < at)
        mine = sa.update(table).where(table.c.world_id == world_id, table.c.ref == ref, earlier)
        db.session.connection().execute(mine.values(expired_at=at))
