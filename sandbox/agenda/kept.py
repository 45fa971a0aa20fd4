"""What was just deleted from the agenda, small enough for a browser to carry, to be put back as it was."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime
from typing import Any, TypeVar

from sandbox import tenancy
from sandbox.account.models import Record
from sandbox.agenda.models import Appointment, Reminder
from sandbox.errors import Refused

Kept = dict[str, Any]
Thing = TypeVar("Thing", Appointment, Reminder)
SAID: dict[str, tuple[str, ...]] = {  # by table: what a person may have written of it
    "appointment": ("ref", "slug", "title", "with_name", "at_establishment", "place", "starts_at", "minutes", "note"),
    "reminder": ("ref", "title", "due_on", "note", "eve"),
}
READ = {"starts_at": datetime.fromisoformat, "due_on": date.fromisoformat}
MOST = 2200  # bytes: a browser throws away what is longer, and what it carried before with it
TOO_LATE = "Ce qui était supprimé ne peut plus être remis : notez-le de nouveau."


def of(thing: Appointment | Reminder) -> Kept:
    """What it says, to put it back."""
    said = {name: getattr(thing, name) for name in SAID[thing.__tablename__]}
    plain = {name: value.isoformat() if name in READ else value for name, value in said.items()}
    return {"kind": thing.__tablename__, "world": _world(), "record": thing.record.ref, **plain}


def fits(kept: Kept) -> bool:
    """Whether a browser can carry it."""
    return len(zlib.compress(json.dumps(kept).encode())) <= MOST


def is_of(kept: Kept | None, record: Record) -> bool:
    """Whether it was deleted from this record, in the world one is in."""
    return kept is not None and kept["record"] == record.ref and kept["world"] == _world()


def again(kept: Kept, record: Record, kind: type[Thing]) -> Thing:
    """The thing as it was, not yet written. Raises Refused when it is not of this record any more."""
    if not is_of(kept, record):
        raise Refused(TOO_LATE)
    said = {name: READ[name](kept[name]) if name in READ else kept[name] for name in SAID[kept["kind"]]}
    return kind(record=record, **said)


def _world() -> int:
    where = tenancy.bound()
    return where.world_id if where else 0
