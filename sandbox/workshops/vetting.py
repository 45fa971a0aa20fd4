"""What a workshop's file says, value by value: nothing is written that our own tables, columns and words could not have said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox import clock, texts
from sandbox.blobs import TEMPLATE
from sandbox.distances import read_moment
from sandbox.workshops import codec, situations, worlds
from sandbox.workshops.checks import ACTS
from sandbox.workshops.timeline import EVERYONE, MOST_MINUTES, NOTE

REF = re.compile(r"[A-Za-z0-9_-]{1,16}")
PATH = re.compile(r"|/(?![/\\])[!-\[\]-~]*")
MEDIA = {TEMPLATE, "text/markdown", "text/plain", "text/rtf", "application/rtf", "application/pdf", "image/jpeg", "image/png"}
MOST_NUMBER, MOST_SIZE = 10_000, 100_000_000
MOST_DAYS = 5 * 366
YEARS = range(1850, 2200)
Refs = set[tuple[str, str]]  # (table, ref)
Check = Callable[[Any], bool]
Head = dict[str, Any]
HeadCheck = Callable[[Head], None]
_heads: list[HeadCheck] = []


class Wrong(ValueError):
    """The file says what ours never say."""


def vets(function: HeadCheck) -> HeadCheck:
    """Subscribe: it reads the head of a starting point that came from outside, and raises ValueError when it cannot."""
    _heads.append(function)
    return function


def need(condition: object) -> None:
    if not condition:
        raise Wrong


def text(value: Any, most: int, least: int = 0) -> str:
    """A text that any page and any store can hold. Raises Wrong."""
    need(isinstance(value, str) and least <= len(value) <= most and "\0" not in value)
    value.encode()
    return str(value)


def number(value: Any, most: int, least: int = 0) -> int:
    """Raises Wrong."""
    need(type(value) is int and least <= value <= most)
    return int(value)


def moment(value: Any) -> str:
    """When it was frozen, told from its day; empty for what a pack tells. Raises Wrong."""
    if value != "":
        day = clock.real_now().date()
        need(isinstance(value, str) and len(value) <= 40 and 0 <= (read_moment(value, day).date() - day).days <= MOST_DAYS)
    return str(value)


# --- the head of a starting point --------------------------------------------------------------------

def head(told: Any) -> Head:
    """Raises ValueError."""
    need(isinstance(told, dict) and isinstance(told.get("pack"), dict))
    text(told["pack"].get("title"), 200, 1)
    for kind in ("exercises", "triggers"):
        need(isinstance(told.get(kind), list) and all(isinstance(item, dict) for item in told[kind]))
    need(not list(situations.problems(told["exercises"])))
    for planned in told.get("timeline", []):
        _moment(planned)
    for slug, seats in told.get("done", {}).items():
        need(text(slug, 80, 1) and all(number(seat, 1000, 1) for seat in seats))
    for trigger in told["triggers"]:
        _trigger(trigger)
    for check in _heads:
        check(told)
    return dict(told)


def _trigger(told: Mapping[str, Any]) -> None:
    text(told.get("slug"), 80, 1)
    text(told.get("title"), 200, 1)
    need(told.get("act") in ACTS and (not ACTS[told["act"]] or ACTS[told["act"]] in told))
    for words in _words(told):
        texts.check_plain(words)


def _moment(told: Mapping[str, Any]) -> None:
    number(told["after"], MOST_MINUTES)
    text(told["trigger"], 80, 1)
    text(told.get("note", ""), NOTE)
    seats = told.get("seats", EVERYONE)
    need(seats == EVERYONE or (isinstance(seats, list) and all(number(seat, 1000, 1) for seat in seats)))


def _words(told: Any) -> Iterable[str]:
    """Every text in it, however deep."""
    if isinstance(told, str):
        yield told
    for one in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from _words(one)


# --- the rows of one seat ----------------------------------------------------------------------------

def part(told: Any, shared: Refs, files: set[str]) -> Refs:
    """The names of its rows, which other rows may point to. Raises ValueError when a table, a column or a value is not ours."""
    need(isinstance(told, dict))
    tables = worlds.kept_tables()
    for name, rows in told.items():
        need(name in tables and isinstance(rows, dict) and set(rows) == {"columns", "rows"})
        _columns(tables[name], rows)
    refs = {(name, row[rows["columns"].index("ref")]) for name, rows in told.items() if "ref" in rows["columns"] for row in rows["rows"]}
    known = refs | shared
    for name, rows in told.items():
        _values(tables[name], rows, known, files)
    return refs


def _columns(table: sa.Table, told: Mapping[str, Any]) -> None:
    names = told["columns"]
    need(isinstance(names, list) and isinstance(told["rows"], list) and len(set(names)) == len(names))
    need(set(names) <= {column.name for column in codec.columns(table)})
    need(all(isinstance(row, list) and len(row) == len(names) for row in told["rows"]))
    if "ref" in names:
        at = names.index("ref")
        refs = [row[at] for row in told["rows"]]
        need(all(isinstance(ref, str) and REF.fullmatch(ref) for ref in refs) and len(set(refs)) == len(refs))


def _values(table: sa.Table, told: Mapping[str, Any], known: Refs, files: set[str]) -> None:
    for at, name in enumerate(told["columns"]):
        column, values = table.c[name], [row[at] for row in told["rows"]]
        if goal := codec.target(column):
            need(all((goal, value) in known if isinstance(value, str) else value is None and column.nullable for value in values))
        elif name == "blob_hash":
            need(all(value in files for value in values))
        else:
            need(all(map(_check_of(column), values)))


@lru_cache(maxsize=1000)
def _check_of(column: sa.Column[Any]) -> Check:
    if column.info.get("snapshot") == "secret":
        return lambda value: value is None
    check = _check_filled(column)
    return lambda value: bool(column.nullable) if value is None else check(value)


def _check_filled(column: sa.Column[Any]) -> Check:
    if kind := codec.kind(column):
        return lambda value: isinstance(value, str) and _is_a_date(kind, value)
    if isinstance(column.type, sa.Boolean):
        return lambda value: type(value) is bool
    if isinstance(column.type, sa.Enum):
        return set(column.type.enums).__contains__
    if isinstance(column.type, sa.Integer):
        most = MOST_SIZE if column.name == "size" else MOST_NUMBER
        return lambda value: type(value) is int and 0 <= value <= most
    return _check_text(column)


def _check_text(column: sa.Column[Any]) -> Check:
    most = getattr(column.type, "length", None) or 200_000
    if column.name == "media_type":
        return MEDIA.__contains__
    if column.name == "link":
        return lambda value: isinstance(value, str) and len(value) <= most and PATH.fullmatch(value) is not None
    return lambda value: isinstance(value, str) and len(value) <= most and "\0" not in value and _is_written(value)


def _is_written(value: str) -> bool:
    value.encode()  # (half of a sign is a ValueError)
    return True


@lru_cache(maxsize=50_000)
def _is_a_date(kind: str, told: str) -> bool:
    """Whether it is told as we tell dates, and is near enough to be of somebody's life."""
    if kind == "partial" and not told:
        return True
    day = clock.real_now().date()
    try:
        value = codec.STORED[kind][0](told, day)
    except OverflowError:
        return False
    year = value.year if isinstance(value, date) else int(str(value)[:4])
    return len(told) <= 40 and year in YEARS


# --- its files ---------------------------------------------------------------------------------------

def templates(told: worlds.Part) -> set[str]:
    """The files of this part that are texts with variables."""
    found: set[str] = set()
    for rows in told.values():
        if {"media_type", "blob_hash"} <= set(rows["columns"]):
            kind, name = rows["columns"].index("media_type"), rows["columns"].index("blob_hash")
            found |= {row[name] for row in rows["rows"] if row[kind] == TEMPLATE}
    return found
