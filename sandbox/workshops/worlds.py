"""Rows of a world in and out of a snapshot's terms. The only place that goes around the wall, and past the ORM."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox.db import Model, db, is_sqlite
from sandbox.distances import read_moment
from sandbox.tenancy import WorldScoped
from sandbox.workshops import codec
from sandbox.workshops.models import World

Part = dict[str, dict[str, Any]]  # table → {"columns": […], "rows": [[…], …]}
Ids = dict[tuple[str, str], int]  # (table, ref) → id
SHARED = 0


@lru_cache(maxsize=1)
def scoped_tables() -> list[sa.Table]:
    """Every table of the wall, parents before children."""
    mine = _tables_of(WorldScoped)
    return [table for table in Model.metadata.sorted_tables if table in mine]


def _tables_of(kind: type[WorldScoped]) -> set[Any]:
    return {m.local_table for m in Model.registry.mappers if issubclass(m.class_, kind)}


@lru_cache(maxsize=1)
def kept_tables() -> dict[str, sa.Table]:
    """Those that a snapshot keeps, by name, parents before children."""
    left_out = {
        m.local_table
        for m in Model.registry.mappers
        if issubclass(m.class_, WorldScoped) and not m.class_.kept_in_snapshots
    }
    return {table.name: table for table in scoped_tables() if table not in left_out}


@lru_cache(maxsize=1)
def _pointed_at() -> list[str]:
    """The tables that a kept row may point to."""
    return sorted({goal for table in kept_tables().values() for c in codec.columns(table) if (goal := codec.target(c))})


def pack(part: Mapping[str, Any]) -> bytes:
    return zlib.compress(canonical(part), 6)


def unpack(body: bytes) -> Part:
    part: Part = json.loads(zlib.decompress(body))
    return part


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


# --- out ---------------------------------------------------------------------------------------------

def freeze(world: World, seat: int, *, secrets: bool = False) -> Part:
    """The rows of one seat (0: the shared ones) in the snapshot's terms; secrets only for an undo."""
    refs = _refs(world.id, {SHARED, seat})
    return {
        name: told
        for name, table in kept_tables().items()
        if (told := _freeze_table(world, seat, table, refs, secrets))["rows"]
    }


def _freeze_table(
    world: World, seat: int, table: sa.Table, refs: Mapping[tuple[str, int], str], secrets: bool
) -> dict[str, Any]:
    columns = codec.columns(table)
    found = db.session.connection().execute(_selection(table), {"world": world.id, "seat": seat})
    rows = [list(row) for row in found]
    for at, column in enumerate(columns if rows else ()):
        if tell := _teller(column, refs, secrets):
            for row in rows:
                if row[at] is not None:
                    row[at] = tell(row[at], world.day)
    return {"columns": [column.name for column in columns], "rows": rows}


@lru_cache(maxsize=100)
def _selection(table: sa.Table) -> sa.Select[Any]:
    """The kept columns of one seat's rows, in the order they were written."""
    here = table.c.world_id == sa.bindparam("world"), table.c.seat == sa.bindparam("seat")
    return sa.select(*codec.columns(table)).where(*here).order_by(table.c.id)


def _teller(column: sa.Column[Any], refs: Mapping[tuple[str, int], str], secrets: bool) -> codec.Teller | None:
    if goal := codec.target(column):
        return lambda value, day: refs[goal, value]
    if column.info.get("snapshot") == "secret" and not secrets:
        return lambda value, day: None
    return codec.teller(column)


def _refs(world_id: int, seats: set[int]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    connection = db.session.connection()
    for name in _pointed_at():
        query = _order(connection.dialect, f'SELECT id, ref FROM "{name}" WHERE world_id = ? AND seat = ?')  # noqa: S608
        for seat in seats:
            found |= {(name, id_): ref for id_, ref in connection.exec_driver_sql(query, (world_id, seat))}
    return found


def _order(dialect: sa.Dialect, query: str) -> str:
    """The query with the driver's own marks."""
    return query if dialect.name == "sqlite" else query.replace("?", "%s")


def digest(world: World, seats: Iterable[int]) -> str:
    """SHA-256 of the world's content: refs and distances from the day, files by hash, no secret."""
    total = hashlib.sha256()
    for seat in seats:
        total.update(canonical([seat, freeze(world, seat)]))
    return total.hexdigest()


# --- in ----------------------------------------------------------------------------------------------

@dataclass
class Writer:
    """Writes parts into one world; remembers what all its seats share."""

    world: World
    secrets: Mapping[str, str]
    shared: Ids = field(default_factory=dict)
    reader: codec.Reader | None = None

    def write(self, seat: int, part: Part) -> None:
        """One seat's rows from a snapshot's part. The caller commits."""
        connection = db.session.connection()
        self.reader = self.reader or codec.Reader(self.world.day, connection.dialect)
        names = [name for name in kept_tables() if name in part]
        new_ids = _allocate(connection, {name: len(part[name]["rows"]) for name in names})
        ids = self._named(part, new_ids)
        cursor = connection.connection.cursor()
        for name in names:
            rows = zip(new_ids[name], self._rows(part[name], kept_tables()[name], ids), strict=True)
            stamped = [(id_, self.world.id, seat, *row) for id_, row in rows]
            cursor.executemany(_insertion(connection.dialect, name, tuple(part[name]["columns"])), stamped)
        cursor.close()
        self.shared = ids if seat == SHARED else self.shared

    def _named(self, part: Part, new_ids: Mapping[str, list[int]]) -> Ids:
        """The id of each ref: the shared ones and those of this part."""
        ids = dict(self.shared)
        for name, told in part.items():
            if "ref" in told["columns"]:
                at = told["columns"].index("ref")
                ids |= {(name, row[at]): new for row, new in zip(told["rows"], new_ids[name], strict=True)}
        return ids

    def _rows(self, told: dict[str, Any], table: sa.Table, ids: Ids) -> list[list[Any]]:
        """The told rows with their keys, secrets and dates put in."""
        rows = [list(row) for row in told["rows"]]
        for at, goal, kind, ref in _plan(table, tuple(told["columns"])):
            for row in rows:
                value = row[at]
                if kind == "secret":
                    row[at] = self.secrets.get(row[ref], "") if value is None else value
                elif value is not None and goal:
                    row[at] = ids[goal, value]
                elif value is not None and self.reader:
                    row[at] = self.reader.read(value, kind)
        return rows


@lru_cache(maxsize=200)
def _plan(table: sa.Table, names: tuple[str, ...]) -> list[tuple[int, str | None, str, int]]:
    """The places that are not stored as told: which, the table pointed to, the kind of value, where the ref is."""
    ref = names.index("ref") if "ref" in names else -1
    plan = []
    for at, name in enumerate(names):
        column = table.c[name]
        goal = codec.target(column)
        kind = "secret" if column.info.get("snapshot") == "secret" else codec.kind(column) or ""
        if goal or kind:
            plan.append((at, goal, kind, ref))
    return plan


@lru_cache(maxsize=200)
def _insertion(dialect: sa.Dialect, name: str, columns: tuple[str, ...]) -> str:
    mark = "?" if dialect.name == "sqlite" else "%s"
    quote = dialect.identifier_preparer.quote
    listed = ", ".join(map(quote, ("id", "world_id", "seat", *columns)))
    return f"INSERT INTO {quote(name)} ({listed}) VALUES ({', '.join([mark] * (len(columns) + 3))})"  # noqa: S608


def _allocate(connection: sa.Connection, counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Ids that nobody else will be given. On SQLite the write lock is held, so counting on is enough."""
    if not is_sqlite(connection):
        query = sa.text("SELECT nextval(pg_get_serial_sequence(:t, 'id')) FROM generate_series(1, :n)")
        ask = {name: {"t": f'"{name}"', "n": n} for name, n in counts.items()}
        return {name: list(connection.execute(query, told).scalars()) for name, told in ask.items()}
    tops = connection.exec_driver_sql(_tops(tuple(counts))).one()
    return {name: list(range(top + 1, top + 1 + n)) for (name, n), top in zip(counts.items(), tops, strict=True)}


@lru_cache(maxsize=20)
def _tops(names: tuple[str, ...]) -> str:
    return "SELECT " + ", ".join(f'(SELECT coalesce(max(id), 0) FROM "{name}")' for name in names)  # noqa: S608


def shared_ids(world: World) -> Ids:
    """The ids of the rows that all seats share."""
    return {(name, ref): id_ for (name, id_), ref in _refs(world.id, {SHARED}).items()}


def erase(world_id: int, seat: int) -> None:
    """Delete one seat's rows, children first. The caller commits."""
    connection = db.session.connection()
    for table in reversed(scoped_tables()):
        order = _order(connection.dialect, f'DELETE FROM "{table.name}" WHERE world_id = ? AND seat = ?')  # noqa: S608
        connection.exec_driver_sql(order, (world_id, seat))


def release_taken_slots(world: World, part: Part) -> None:
    """A booking put back after somebody else took its hour comes back as cancelled: an hour is never held twice."""
    told = part.get("appointment", {"columns": ["held"], "rows": []})
    at = {name: number for number, name in enumerate(told["columns"])}
    held = _held_in(world) if any(row[at["held"]] for row in told["rows"]) else {}
    for row in (row for row in told["rows"] if row[at["held"]]):
        begins, lasts = read_moment(row[at["starts_at"]], world.day), timedelta(minutes=row[at["minutes"]])
        if any(starts < begins + lasts and begins < ends for starts, ends in held.get(row[at["professional_id"]], [])):
            row[at["held"]], row[at["status"]] = False, "cancelled"


def _held_in(world: World) -> Mapping[str, list[tuple[datetime, datetime]]]:
    table, refs, held = Model.metadata.tables["appointment"], _refs(world.id, {SHARED}), defaultdict(list)
    query = sa.select(table.c.professional_id, table.c.starts_at, table.c.minutes).where(table.c.world_id == world.id, table.c.held)
    for who, starts, minutes in db.session.execute(query):
        held[refs["user", who]].append((starts, starts + timedelta(minutes=minutes)))
    return held
