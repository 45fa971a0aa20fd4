"""A snapshot's terms: labels instead of ids, distances from the day instead of dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
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
    tell_moment,
    tell_partial,
)

BOOKKEEPING = {"id", "world_id", "seat"}
Teller = Callable[[Any, date], Any]
SPECIAL: dict[str, tuple[Teller, Teller]] = {
    "birth": (tell_birth, read_birth),
    "partial": (tell_partial, read_partial),
}


def columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that a snapshot keeps, in the table's order."""
    return [c for c in table.columns if c.name not in BOOKKEEPING and c.info.get("snapshot") != "skip"]


def target(column: sa.Column[Any]) -> str | None:
    """The table a foreign key points to."""
    return next((key.column.table.name for key in column.foreign_keys), None)


def teller(column: sa.Column[Any]) -> Teller:
    """How a value of this column is told in a snapshot."""
    if column.info.get("snapshot") in SPECIAL:
        return SPECIAL[column.info["snapshot"]][0]
    if isinstance(column.type, Moment):
        return tell_moment
    if isinstance(column.type, sa.Date):
        return tell_date
    return lambda value, day: value.value if isinstance(value, Enum) else value


@lru_cache(maxsize=1000)
def reader(column: sa.Column[Any], dialect: sa.Dialect) -> Teller | None:
    """How a told value becomes what the driver stores; None when it is stored as told."""
    kind = column.info.get("snapshot")
    if kind in SPECIAL:
        read = SPECIAL[kind][1]
    elif isinstance(column.type, Moment):
        read = read_moment
    elif isinstance(column.type, sa.Date):
        read = read_date
    else:
        return None
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return (lambda told, day: bind(read(told, day))) if bind else read
