"""Workshops' files under test: opened again, changed by hand, spoilt."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from sandbox.db import Model, db
from sandbox.workshops import contents, unpacking
from sandbox.workshops.models import Trainer, Workshop

Change = Callable[[Any], None]


def again(packed: bytes, trainer: Trainer | None = None, *, anew: bool = False) -> Workshop:
    """The workshop of this file, kept."""
    arrival = unpacking.unpack(contents.read(io.BytesIO(packed)), trainer, anew=anew)
    db.session.commit()
    return arrival.workshop


def rewritten(packed: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The same file, each of its files changed; and more of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
        for name, content in more.items():
            after.writestr(name, content)
    return buffer.getvalue()


def told(packed: bytes, name: str, change: Change) -> bytes:
    """One of its JSON files, changed by hand."""

    def put(other: str, content: bytes) -> bytes:
        if other != name:
            return content
        value = json.loads(content)
        change(value)
        return json.dumps(value).encode()

    return rewritten(packed, put)


def cell(table: str, column: str, value: Any) -> Change:
    """The first row of a table says something else."""

    def change(part: Any) -> None:
        part[table]["rows"][0][part[table]["columns"].index(column)] = value

    return change


def version_one(packed: bytes) -> bytes:
    """As the software wrote it before it knew several starting points."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                shift = manifest.pop("now")["shift"]
                for key in ("points", "start", "kind"):
                    del manifest[key]
                content = json.dumps(manifest | {"version": 1, "shift": shift}).encode()
            after.writestr(name.replace("points/0/", "start/"), content)
    return buffer.getvalue()


def counts() -> dict[str, int]:
    """Every row there is."""
    tables = Model.metadata.sorted_tables
    return {table.name: db.session.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables}
