"""Rows of a snapshot's part under way, and how an author's days are told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sandbox.db import Model
from sandbox.distances import working_days
from sandbox.workshops import codec
from sandbox.workshops.packs import Item
from sandbox.workshops.worlds import Part, kept_tables


def told_date(days: int) -> str:
    return f"w{working_days(days):+d}"


def told_moment(days: int, at: str) -> str:
    return f"{told_date(days)}T{at}:00"


@dataclass
class Rows:
    """Rows of one part under way: dictionaries first, columns when asked."""

    tables: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **values: Any) -> str:
        self.tables[table].append(values)
        return str(values.get("ref", ""))

    def part(self) -> Part:
        return {name: self._told(name) for name in kept_tables() if name in self.tables}

    def _told(self, name: str) -> Item:
        columns = codec.columns(Model.metadata.tables[name])
        defaults = {column.name: _default(column) for column in columns}
        names = [column.name for column in columns]
        return {"columns": names, "rows": [[(defaults | row)[n] for n in names] for row in self.tables[name]]}


def _default(column: Any) -> Any:
    if column.info.get("snapshot") == "secret":
        return None
    value = column.default.arg if column.default is not None and column.default.is_scalar else None
    return getattr(value, "value", value)
