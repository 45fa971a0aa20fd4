"""A snapshot's terms: labels instead of ids, distances from the day instead of dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox.db import Moment
from sandbox.distances import (
    read_birth,
    read_date,
    read_moment,
    read_partial,
    tell_birth,
    tell_date,
    tell_delay,
    tell_moment,
    tell_partial,
)

BOOKKEEPING = {"id", "world_id", "seat"}
Teller = Callable[[Any, date], Any]
SPECIAL: dict[str, tuple[Teller, Teller]] = {
    "birth": (tell_birth, read_birth),
    "partial": (tell_partial, read_partial),
    "delay": (tell_delay, read_moment),
}


def columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that a snapshot keeps, in the table's order."""
    return [c for c in table.columns if c.name not in BOOKKEEPING and c.info.get("snapshot") != "skip"]


@lru_cache(maxsize=1000)
def target(column: sa.Column[Any]) -> str | None:
    """The table a foreign key points to."""
    return next((key.column.table.name for key in column.foreign_keys), None)


def teller(column: sa.Column[Any]) -> Teller | None:
    """How a value of this column is told in a snapshot; None for what is told as it is."""
    if column.info.get("snapshot") in SPECIAL:
        return SPECIAL[column.info["snapshot"]][0]
    if isinstance(column.type, Moment):
        return tell_moment
    if isinstance(column.type, sa.Date):
        return tell_date
    return (lambda value, day: value.value) if isinstance(column.type, sa.Enum) else None


def kind(column: sa.Column[Any]) -> str | None:
    """The kind of date a column holds, None for what is stored as told."""
    special: str | None = column.info.get("snapshot")
    if special in SPECIAL:
        return special
    if isinstance(column.type, Moment):
        return "moment"
    return "date" if isinstance(column.type, sa.Date) else None


STORED: dict[str, tuple[Teller, sa.types.TypeEngine[Any]]] = {
    "birth": (read_birth, sa.Date()),
    "partial": (read_partial, sa.String()),
    "moment": (read_moment, Moment()),
    "delay": (read_moment, Moment()),
    "date": (read_date, sa.Date()),
}


class Reader:
    """Reads told dates as the driver stores them, each distinct one once."""

    def __init__(self, day: date, dialect: sa.Dialect) -> None:
        self.day = day
        self.known: dict[str, dict[str, Any]] = {name: {} for name in STORED}
        self.bind = {name: store.dialect_impl(dialect).bind_processor(dialect) for name, (_, store) in STORED.items()}

    def read(self, told: str, kind: str) -> Any:
        known = self.known[kind]
        if told not in known:
            value, bind = STORED[kind][0](told, self.day), self.bind[kind]
            known[told] = bind(value) if bind else value
        return known[told]
